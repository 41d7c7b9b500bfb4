import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import { createPost, type PostedLetter } from '../../adapters/post.ts';
import { type Fault, type FaultySmtp, startFaultySmtp } from '../support/faulty-smtp.ts';

const MIME = 'Subject: Request\r\n\r\nDear colleague,\r\n.a line that begins with a dot\r\n';

let folder: string;
let peer: FaultySmtp;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'post-'));
  peer = await startFaultySmtp();
});
afterEach(async () => {
  await peer.stop();
  rmSync(folder, { recursive: true });
});

const journalFile = () => join(folder, 'mail', 'journal');
const journal = () => (existsSync(journalFile()) ? readFileSync(journalFile(), 'utf8') : '');
const post = (smtpUrl = peer.url, more: { socketTimeoutMs?: number } = {}) =>
  createPost({ smtpUrl, journalFile: journalFile(), ...more });

function letter(differently: Partial<PostedLetter> = {}): PostedLetter {
  return {
    key: 'L1',
    attempt: 1,
    envelopeFrom: 'isu@isu.example',
    envelopeTo: 'mission@laos.example',
    mime: Buffer.from(MIME),
    beforeDot: async () => true,
    ...differently,
  };
}

describe('A letter the server takes', () => {
  it('is accepted with the very bytes that were stored', async () => {
    expect(await post().deliver(letter())).toEqual({ kind: 'accepted', response: '250 Kept' });
    expect(peer.accepted).toEqual([{ from: 'isu@isu.example', to: ['mission@laos.example'], mime: MIME }]);
  });

  it('leaves the dot and the acceptance in the journal', async () => {
    await post().deliver(letter({ attempt: 3 }));
    expect(journal()).toBe('L1 3 dot\nL1 3 accepted\n');
  });

  it('commits its marker when the server has the bytes but not the dot', async () => {
    const mime = Buffer.from(`Subject: Enclosure\r\n\r\n${'x'.repeat(70)}\r\n`.repeat(80_000));
    let bytesAtMarker = 0;
    const beforeDot = async () => {
      bytesAtMarker = peer.bytesHeard();
      return peer.accepted.length === 0;
    };
    expect(await post().deliver(letter({ mime, beforeDot }))).toMatchObject({ kind: 'accepted' });
    expect(bytesAtMarker / mime.length).toBeGreaterThan(0.5);
    expect(peer.accepted[0]?.mime).toHaveLength(mime.length);
  });

  it('says good-bye to the server', async () => {
    await post().deliver(letter());
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(peer.heard.at(-1)).toBe('QUIT');
  });

  it('shows that it is alive while the server thinks', async () => {
    peer.fails({ at: 'dot', answer: '250 At last', accepts: true, afterMs: 2300 });
    let beats = 0;
    const heartbeat = () => {
      beats++;
    };
    expect(await post().deliver(letter({ heartbeat }))).toEqual({ kind: 'accepted', response: '250 At last' });
    expect(beats).toBe(2);
  });
});

describe('A failure before the dot delivers nothing', () => {
  it.each<[string, Fault, string]>([
    ['a greeting of 421', { at: 'greeting', answer: '421 Busy' }, 'deferred'],
    ['a dropped greeting', { at: 'greeting', drops: true }, 'deferred'],
    ['a sender put off', { at: 'mail', answer: '451 Later' }, 'deferred'],
    ['a recipient put off', { at: 'rcpt', answer: '450 Greylisted' }, 'deferred'],
    ['a recipient refused', { at: 'rcpt', answer: '550 No such mailbox' }, 'refused'],
    ['a connection dropped at the recipient', { at: 'rcpt', drops: true }, 'deferred'],
    ['DATA put off', { at: 'data', answer: '421 Closing' }, 'deferred'],
    ['DATA refused', { at: 'data', answer: '554 No' }, 'refused'],
  ])('%s', async (_, fault, kind) => {
    peer.fails(fault);
    let markers = 0;
    const beforeDot = async () => ++markers > 0;
    expect(await post().deliver(letter({ beforeDot }))).toMatchObject({ kind });
    expect(markers).toBe(0);
    expect(peer.accepted).toEqual([]);
    expect(journal()).toBe('');
  });

  it.each<[string, Fault, string]>([
    ['a connection dropped in the body', { at: 'body', drops: true }, 'deferred'],
    ['a 451 in the middle of the body', { at: 'body', answer: '451 Disk full' }, 'deferred'],
    ['a 552 in the middle of the body', { at: 'body', answer: '552 Too big' }, 'refused'],
    ['a 250 in the middle of the body', { at: 'body', answer: '250 Nonsense' }, 'deferred'],
  ])('%s, also when the marker is being committed', async (_, fault, kind) => {
    peer.fails(fault);
    const beforeDot = async () => new Promise<boolean>((resolve) => setTimeout(() => resolve(true), 200));
    expect(await post().deliver(letter({ beforeDot }))).toMatchObject({ kind });
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(peer.accepted).toEqual([]);
  });

  it('a marker that cannot be committed', async () => {
    const beforeDot = async () => Promise.reject(new Error('The database is away'));
    const delivery = await post().deliver(letter({ beforeDot }));
    expect(delivery).toEqual({ kind: 'deferred', response: 'The database is away' });
    expect(peer.accepted).toEqual([]);
    expect(journal()).toBe('');
  });

  it('a journal that cannot be written', async () => {
    const unwritable = createPost({ smtpUrl: peer.url, journalFile: folder });
    expect(await unwritable.deliver(letter())).toMatchObject({ kind: 'deferred' });
    expect(peer.accepted).toEqual([]);
  });

  it('a server that is not there', async () => {
    await peer.stop();
    expect(await post().deliver(letter())).toMatchObject({ kind: 'deferred' });
    peer = await startFaultySmtp();
  });
});

describe('A letter that a later attempt owns', () => {
  it('is fenced: no dot, nothing delivered, nothing in the journal', async () => {
    expect(await post().deliver(letter({ beforeDot: async () => false }))).toEqual({ kind: 'fenced' });
    expect(peer.accepted).toEqual([]);
    expect(journal()).toBe('');
  });
});

describe('After the dot', () => {
  it.each<[string, Fault, string, number]>([
    ['an explicit 4xx defers the letter', { at: 'dot', answer: '451 Try again' }, 'deferred', 0],
    ['an explicit 5xx refuses the letter', { at: 'dot', answer: '554 Spam' }, 'refused', 0],
    ['a dropped connection is unknown, though nothing was delivered', { at: 'dot', drops: true }, 'unknown', 0],
    [
      'a dropped connection is unknown, though it was delivered',
      { at: 'dot', drops: true, accepts: true },
      'unknown',
      1,
    ],
    ['an answer that is none is unknown', { at: 'dot', answer: 'hello', accepts: true }, 'unknown', 1],
  ])('%s', async (_, fault, kind, delivered) => {
    peer.fails(fault);
    expect(await post().deliver(letter())).toMatchObject({ kind });
    expect(peer.accepted).toHaveLength(delivered);
    expect(journal()).toBe('L1 1 dot\n');
  });

  it('silence is unknown once the time is up', async () => {
    peer.fails({ at: 'dot', answer: '250 Too late', accepts: true, afterMs: 1500 });
    expect(await post(peer.url, { socketTimeoutMs: 400 }).deliver(letter())).toEqual({
      kind: 'unknown',
      reason: 'Timeout',
    });
    expect(peer.accepted).toHaveLength(1);
  });
});

describe('An address that could end the command', () => {
  it.each([
    'a@y.example\r\nRCPT TO:<z@z.example>',
    'a@y.example>',
    'a b@y.example',
    'a@y.example,b@y.example',
    'a',
    '',
  ])('%j never reaches the server', async (envelopeTo) => {
    expect(await post().deliver(letter({ envelopeTo }))).toMatchObject({ kind: 'refused' });
    expect(peer.heard).toEqual([]);
  });
});

describe('nodemailer, pinned', () => {
  it.each([false, true])('writes recipients refused at RCPT into our envelope (pipelining: %s)', async (pipelining) => {
    await peer.stop();
    peer = await startFaultySmtp({ pipelining });
    peer.fails({ at: 'rcpt', answer: '550 No such mailbox' });
    const envelope = { from: 'isu@isu.example', to: ['nobody@laos.example'], rejected: [] };
    const connection = new SMTPConnection({ host: '127.0.0.1', port: Number(new URL(peer.url).port) });
    await new Promise<void>((resolve) => connection.connect(() => resolve()));
    await new Promise((resolve) => connection.send(envelope, MIME, resolve));
    connection.close();
    expect(envelope.rejected).toEqual(['nobody@laos.example']);
    expect(await post().deliver(letter())).toEqual({ kind: 'refused', response: '550 No such mailbox' });
  });
});
