import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import SMTPConnection, { type SMTPError } from 'nodemailer/lib/smtp-connection';
import { createPost, type Delivery } from '../../adapters/post.ts';
import { type Mailbox, startMailbox } from '../../embedded/mailbox.ts';

let folder: string;
let mailbox: Mailbox;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mailbox-'));
});
afterEach(async () => {
  await mailbox?.stop();
  rmSync(folder, { recursive: true });
});

const MEMORY = { smtpPort: 0, webPort: 0 };
const durable = () => ({ ...MEMORY, folder: join(folder, 'mail') });

type Sent = { to: string; subject?: string; mime?: string; smtpUrl?: string };

function send({ to, subject = 'Request', mime, smtpUrl = mailbox.smtpUrl }: Sent): Promise<Delivery> {
  return createPost({ smtpUrl, journalFile: join(folder, 'journal') }).deliver({
    key: 'L1',
    attempt: 1,
    envelopeFrom: 'isu@isu.example',
    envelopeTo: to,
    mime: Buffer.from(mime ?? `From: ISU <isu@isu.example>\r\nSubject: ${subject}\r\n\r\nDear colleague,\r\n`),
    beforeDot: async () => true,
  });
}

describe('A letter that arrives', () => {
  it('is kept byte for byte, under the address of its envelope', async () => {
    mailbox = await startMailbox(MEMORY);
    const mime =
      'From: =?utf-8?Q?Unit=C3=A9?= <isu@isu.example>\r\nTo: all@x.example\r\n\r\n.dot\r\n..dots\r\n\tend\r\n';
    await send({ to: 'Mission@Laos.example', mime });
    const [message] = mailbox.messages({ to: 'mission@laos.example' });
    expect(message).toMatchObject({
      uid: 1,
      envelopeFrom: 'isu@isu.example',
      envelopeTo: ['Mission@Laos.example'],
      from: { name: 'Unité', address: 'isu@isu.example' },
      size: mime.length,
    });
    expect((await mailbox.raw(1))?.toString()).toBe(mime);
    expect(mailbox.messages({ to: 'all@x.example' })).toEqual([]);
  });

  it('is dated by the clock of the mailbox and told to whoever listens', async () => {
    mailbox = await startMailbox({ ...MEMORY, now: async () => new Date('2027-03-01T08:00:00Z') });
    const heard = new Promise((resolve) => mailbox.onMessage(resolve));
    await send({ to: 'a@x.example' });
    expect(await heard).toMatchObject({ uid: 1, subject: 'Request', receivedAt: new Date('2027-03-01T08:00:00Z') });
  });

  it('is listed after the uid one has already seen', async () => {
    mailbox = await startMailbox(MEMORY);
    for (const to of ['a@x.example', 'b@x.example', 'a@x.example']) await send({ to });
    expect(mailbox.messages({ after: 1 }).map(({ uid }) => uid)).toEqual([2, 3]);
    expect(mailbox.messages({ to: 'a@x.example', after: 1 }).map(({ uid }) => uid)).toEqual([3]);
    expect(mailbox.messages({ after: 3 })).toEqual([]);
  });

  it('is greeted at once, and once', async () => {
    mailbox = await startMailbox(MEMORY);
    const waits: number[] = [];
    for (let visit = 0; visit < 5; visit++) {
      const began = performance.now();
      const socket = connect(Number(new URL(mailbox.smtpUrl).port), '127.0.0.1');
      const [greeting] = await once(socket, 'data');
      waits.push(performance.now() - began);
      const more: unknown[] = [];
      socket.on('data', (chunk) => more.push(chunk));
      await new Promise((resolve) => setTimeout(resolve, 150));
      socket.destroy();
      expect([String(greeting), more]).toEqual([expect.stringMatching(/^220 /), []]);
    }
    expect(Math.min(...waits)).toBeLessThan(90);
  });

  it('is kept even when its headers make no sense', async () => {
    mailbox = await startMailbox(MEMORY);
    const mime = `${'\u0000\u0001 nonsense'.repeat(50)}\r\nno colon here\r\n\r\n\u0000`;
    expect(await send({ to: 'a@x.example', mime })).toMatchObject({ kind: 'accepted' });
    expect((await mailbox.raw(1))?.toString()).toBe(`${mime}\r\n`);
  });
});

describe('A letter that is not taken', () => {
  it('goes to an address that the mailbox rejects', async () => {
    mailbox = await startMailbox({ ...MEMORY, rejects: (address) => address.startsWith('gone@') });
    const delivery = await send({ to: 'gone@laos.example' });
    expect(delivery).toEqual({ kind: 'refused', response: '550 No such mailbox here' });
    expect(mailbox.messages()).toEqual([]);
  });

  it('announces more than 50 MB', async () => {
    mailbox = await startMailbox(MEMORY);
    const tooLarge = { to: 'a@x.example', mime: `\r\n\r\n${'x'.repeat(52_428_801)}` };
    expect(await send(tooLarge)).toMatchObject({ kind: 'refused' });
    expect(mailbox.messages()).toEqual([]);
  });

  it('turns out to have more than 50 MB', async () => {
    mailbox = await startMailbox(MEMORY);
    const connection = new SMTPConnection({ host: '127.0.0.1', port: Number(new URL(mailbox.smtpUrl).port) });
    await new Promise<void>((resolve) => connection.connect(() => resolve()));
    const lines = Readable.from(Array(52).fill(Buffer.from(`${'x'.repeat(1022)}\r\n`.repeat(1024))));
    const error = await new Promise<SMTPError | null>((resolve) =>
      connection.send({ from: 'a@x.example', to: 'b@x.example' }, lines, resolve),
    );
    connection.close();
    expect(error?.responseCode).toBe(552);
    expect(mailbox.messages()).toEqual([]);
  });

  it('breaks off before its end', async () => {
    mailbox = await startMailbox(MEMORY);
    const socket = connect(Number(new URL(mailbox.smtpUrl).port), '127.0.0.1');
    for (const line of ['', 'EHLO x', 'MAIL FROM:<a@x.example>', 'RCPT TO:<b@x.example>', 'DATA', 'Subject: half']) {
      if (line) socket.write(`${line}\r\n`);
      if (line !== 'Subject: half') await once(socket, 'data');
    }
    socket.destroy();
    await once(socket, 'close');
    await send({ to: 'c@x.example' });
    expect(mailbox.messages().map(({ envelopeTo }) => envelopeTo)).toEqual([['c@x.example']]);
  });
});

describe('With a folder', () => {
  it('letters and their numbers survive a restart', async () => {
    mailbox = await startMailbox(durable());
    await send({ to: 'a@x.example', subject: '=?utf-8?Q?R=C3=A9ponse?=' });
    const before = mailbox.messages();
    await mailbox.stop();
    mailbox = await startMailbox(durable());
    expect(mailbox.messages()).toEqual(before);
    expect(before[0]?.subject).toBe('Réponse');
    await send({ to: 'b@x.example' });
    expect(mailbox.messages().map(({ uid }) => uid)).toEqual([1, 2]);
  });

  it('a letter that was accepted survives kill -9 at any moment', async () => {
    const accepted: string[] = [];
    for (let round = 0; round < 3; round++) {
      const { child, smtpUrl } = await mailboxInItsOwnProcess();
      const senders = Array.from({ length: 8 }, async (_, sender) => {
        for (let number = 0; ; number++) {
          const subject = `round-${round}-sender-${sender}-letter-${number}`;
          const delivery = await send({ to: 'a@x.example', subject, smtpUrl });
          if (delivery.kind !== 'accepted') return;
          accepted.push(subject);
        }
      });
      setTimeout(() => child.kill('SIGKILL'), 700 + 150 * round);
      await Promise.all(senders);
    }
    mailbox = await startMailbox(durable());
    const kept = mailbox.messages().map(({ subject }) => subject);
    expect(accepted.length).toBeGreaterThan(20);
    expect(kept).toEqual(expect.arrayContaining(accepted));
    expect(new Set(kept).size).toBe(kept.length);
    expect(readdirSync(durable().folder).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  it('a file of somebody else is named', async () => {
    mailbox = await startMailbox(durable());
    await mailbox.stop();
    writeFileSync(join(durable().folder, '00000007.eml'), 'Subject: not ours\r\n\r\n');
    await expect(startMailbox(durable())).rejects.toThrow(/00000007\.eml is not a letter of this mailbox/);
  });

  async function mailboxInItsOwnProcess(): Promise<{ child: ChildProcess; smtpUrl: string }> {
    const program = join(import.meta.dirname, 'mailbox-child.ts');
    const child = spawn(process.execPath, ['--import', 'tsx', program, durable().folder], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = await once(child.stdout as Readable, 'data');
    return { child, smtpUrl: String(line).trim() };
  }
});

describe('A port that is taken', () => {
  it('is an error, and nothing stays open', async () => {
    mailbox = await startMailbox(MEMORY);
    const webPort = Number(new URL(mailbox.webUrl).port);
    await expect(startMailbox({ smtpPort: 0, webPort })).rejects.toThrow('EADDRINUSE');
  });
});
