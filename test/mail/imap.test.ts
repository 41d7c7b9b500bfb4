import { chmodSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { jest } from '@jest/globals';
import type { ImapFlow } from 'imapflow';
import { createImapInbox } from '../../adapters/inbox/imap.ts';
import { type InboundMail, readMail } from '../../adapters/inbox.ts';
import { type Dovecot, isDovecotWanted, startDovecot } from './dovecot.ts';

type ImapInbox = ReturnType<typeof createImapInbox>;
const TEN_MINUTES = 600_000;

(isDovecotWanted ? describe : describe.skip)('A mailbox on a mail server', () => {
  let server: Dovecot;
  let outlook: ImapFlow;
  let opened: ImapInbox[] = [];
  let user: string;
  let people = 0;
  beforeAll(async () => {
    server = await startDovecot();
  });
  beforeEach(async () => {
    user = `isu${++people}`;
    outlook = await server.connect(user);
  });
  afterEach(async () => {
    jest.useRealTimers();
    for (const inbox of opened) await inbox.close().catch(() => {});
    opened = [];
    await outlook.logout().catch(() => {});
  });
  afterAll(() => server.stop());

  function open(given: { folder?: string; host?: string; tls?: boolean; token?: string } = {}): ImapInbox {
    const { token, ...place } = given;
    const tokenFile = token ? join(server.folder, `${user}.token`) : null;
    if (token && tokenFile) writeFileSync(tokenFile, `${token}\n`);
    const inbox = createImapInbox({ url: server.url({ user, ...place }), tokenFile });
    opened.push(inbox);
    return inbox;
  }
  const letter = (subject: string, size = 0) =>
    `From: m@laos.example\r\nSubject: ${subject}\r\n\r\n${'x'.repeat(78)}\r\n`.concat(
      `${'x'.repeat(78)}\r\n`.repeat(Math.ceil(size / 80)),
    );
  const arrive = (
    subject: string,
    { size = 0, folder = 'INBOX', at }: { size?: number; folder?: string; at?: Date } = {},
  ) => outlook.append(folder, letter(subject, size), [], at);
  const subjectOf = ({ raw }: InboundMail) => /Subject: (.*)\r/.exec(raw.toString('latin1', 0, 200))?.[1];
  /** All there is, as the caller reads it: until nothing more comes. */
  async function readAll(inbox: ImapInbox, after = 0): Promise<InboundMail[]> {
    const mails = await inbox.fetchAfter(async () => after);
    const last = mails.at(-1);
    return last ? [...mails, ...(await readAll(inbox, last.uid))] : mails;
  }
  /** Only the date: the connection needs its timers. */
  const timePasses = (ms: number) =>
    jest.useFakeTimers({
      now: Date.now() + ms,
      doNotFake: [
        'hrtime',
        'nextTick',
        'performance',
        'queueMicrotask',
        'setImmediate',
        'setInterval',
        'setTimeout',
      ].concat(['clearImmediate', 'clearInterval', 'clearTimeout']) as never,
    });

  /** As the worker does: a mailbox that is away now may be back later. */
  async function askAgain(inbox: ImapInbox, readUpTo: (mailbox: string) => Promise<number>): Promise<InboundMail[]> {
    for (let tries = 0; tries < 5; tries++) {
      const mails = await inbox.fetchAfter(readUpTo).catch(() => []);
      if (mails.length > 0) return mails;
      timePasses(TEN_MINUTES);
    }
    return [];
  }

  it('gives what came, byte for byte, dated by its arrival, in the order of arrival', async () => {
    await arrive('one', { at: new Date('2026-03-01T08:00:00Z') });
    await arrive('two', { at: new Date('2026-02-01T08:00:00Z') });
    const mails = await open().fetchAfter(async () => 0);
    expect(mails).toMatchObject([
      { uid: 1, receivedAt: new Date('2026-03-01T08:00:00Z'), raw: Buffer.from(letter('one')) },
      { uid: 2, receivedAt: new Date('2026-02-01T08:00:00Z') },
    ]);
    expect(mails[0]?.size).toBe(mails[0]?.raw.length);
  });

  it('gives only what lies after the last mail that was read, and nothing again', async () => {
    for (const subject of ['one', 'two', 'three']) await arrive(subject);
    const inbox = open();
    expect((await inbox.fetchAfter(async () => 2)).map(subjectOf)).toEqual(['three']);
    expect(await inbox.fetchAfter(async () => 3)).toEqual([]);
    expect(await open().fetchAfter(async () => 3)).toEqual([]);
  });

  it('gives many mails a few at a time and loses none', async () => {
    const subjects = Array.from({ length: 60 }, (_, number) => `mail ${number}`);
    for (const subject of subjects) await arrive(subject);
    const inbox = open();
    expect(await inbox.fetchAfter(async () => 0)).toHaveLength(50);
    expect((await readAll(inbox)).map(subjectOf)).toEqual(subjects);
  });

  it('tells of a new mail at once, without being asked each time', async () => {
    const inbox = open();
    expect(await inbox.fetchAfter(async () => 0)).toEqual([]);
    const asked = jest.fn(async () => 0);
    expect(await inbox.fetchAfter(asked)).toEqual([]);
    expect(asked).not.toHaveBeenCalled();
    await arrive('new');
    let mails: InboundMail[] = [];
    for (let tries = 0; mails.length === 0 && tries < 100; tries++) {
      await pause(50);
      mails = await inbox.fetchAfter(asked);
    }
    expect(mails.map(subjectOf)).toEqual(['new']);
  });

  it('is looked into once a minute even when the server says nothing', async () => {
    const inbox = open();
    await inbox.fetchAfter(async () => 0);
    const asked = jest.fn(async () => 0);
    timePasses(61_000);
    await inbox.fetchAfter(asked);
    expect(asked).toHaveBeenCalledTimes(1);
  });

  it('stays as it is: nothing is deleted, moved or marked as seen', async () => {
    await arrive('one');
    expect(await open().fetchAfter(async () => 0)).toHaveLength(1);
    const status = await outlook.status('INBOX', { messages: true, unseen: true, recent: true });
    expect(status).toMatchObject({ messages: 1, unseen: 1, recent: 1 });
  });

  it('skips what somebody deletes before it is read', async () => {
    for (const subject of ['one', 'two', 'three']) await arrive(subject);
    await outlook.mailboxOpen('INBOX');
    await outlook.messageDelete('2', { uid: true });
    expect((await open().fetchAfter(async () => 0)).map(subjectOf)).toEqual(['one', 'three']);
  });

  it('may be a folder of its own; made anew it is another mailbox, whose mails are all new', async () => {
    await outlook.mailboxCreate('Answers');
    await arrive('old', { folder: 'Answers' });
    const inbox = open({ folder: 'Answers' });
    const [old] = await inbox.fetchAfter(async () => 0);
    await outlook.mailboxDelete('Answers');
    await outlook.mailboxCreate('Answers');
    await arrive('new', { folder: 'Answers' });
    const readUpTo = new Map([[old!.mailbox, 1]]);
    const mails = await askAgain(inbox, async (mailbox) => readUpTo.get(mailbox) ?? 0);
    expect(mails).toMatchObject([{ uid: 1 }]);
    expect(mails.map(subjectOf)).toEqual(['new']);
  });

  it('is not taken for another account that has a folder of that name', async () => {
    await arrive('one');
    const [ours] = await open().fetchAfter(async () => 0);
    user = 'colleague';
    const other = createImapInbox({ url: server.url({ user }), tokenFile: null });
    opened.push(other);
    let theirs = '';
    await other.fetchAfter(async (mailbox) => {
      theirs = mailbox;
      return 0;
    });
    expect(theirs.split(' ')[2]).not.toBe(ours?.mailbox.split(' ')[2]);
    expect(ours?.mailbox).not.toContain('isu');
  });

  it('gives a mail of 50 MB whole, for the tray, and of a larger one the beginning', async () => {
    const inbox = open();
    await inbox.fetchAfter(async () => 0);
    // Straight into its folder: handing 120 MB over takes longer than reading them.
    for (const [place, megabytes] of [50, 70, 0].entries()) {
      const subject = ['fifty', 'seventy', 'small'][place]!;
      writeFileSync(join(server.mailOf(user), `${place + 1}.arrival`), letter(subject, megabytes * 1_000_000));
    }
    timePasses(61_000);
    const mails = await readAll(inbox);
    expect(mails.map(subjectOf)).toEqual(['fifty', 'seventy', 'small']);
    const [fifty, seventy] = mails;
    expect(fifty!.raw.length).toBe(fifty!.size);
    await expect(readMail(fifty!.raw, fifty!.size)).rejects.toThrow('The mail is 51 MB; up to 40 MB can be read.');
    expect(seventy!.raw.length).toBe(1_000_000);
    await expect(readMail(seventy!.raw, seventy!.size)).rejects.toThrow(
      'Only the beginning of this mail of 71 MB is kept; it lies whole in the mailbox.',
    );
  });

  it('does not stop at a mail that the server cannot give: after eight tries it is named, and the others come', async () => {
    for (const subject of ['one', 'two', 'three']) await arrive(subject);
    const [, second] = readdirSync(server.mailOf(user)).sort();
    chmodSync(join(server.mailOf(user), second!), 0);
    const inbox = open();
    expect((await inbox.fetchAfter(async () => 0)).map(subjectOf)).toEqual(['one']);
    for (let tries = 1; tries < 8; tries++) {
      await expect(inbox.fetchAfter(async () => 1)).rejects.toThrow('The mailbox cannot be read');
      timePasses(TEN_MINUTES);
    }
    const mails = await inbox.fetchAfter(async () => 1);
    expect(mails.map(({ uid }) => uid)).toEqual([2, 3]);
    await expect(readMail(mails[0]!.raw, mails[0]!.size)).rejects.toThrow('it lies whole in the mailbox');
  });

  it('is read with a token instead of a password, over TLS from the start', async () => {
    await arrive('one');
    const inbox = open({ tls: true, token: server.token(user) });
    expect(await inbox.fetchAfter(async () => 0)).toHaveLength(1);
  });

  it('reads the token anew for each connection', async () => {
    const inbox = open({ token: server.token(user, { isExpired: true }) });
    await expect(inbox.fetchAfter(async () => 0)).rejects.toThrow('it refuses the sign-in');
    writeFileSync(join(server.folder, `${user}.token`), server.token(user));
    timePasses(TEN_MINUTES);
    expect(await inbox.fetchAfter(async () => 0)).toEqual([]);
  });

  it('that refuses the sign-in is not asked again for five minutes, and says so without a name', async () => {
    const inbox = createImapInbox({ url: server.url({ user, password: 'wrong' }), tokenFile: null });
    const fault = await inbox.fetchAfter(async () => 0).catch((error) => error);
    expect(fault).toMatchObject({ name: 'InboxAway', message: 'The mailbox cannot be read: it refuses the sign-in' });
    timePasses(4 * 60_000);
    expect(await inbox.fetchAfter(async () => 0)).toEqual([]);
    timePasses(2 * 60_000);
    await expect(inbox.fetchAfter(async () => 0)).rejects.toThrow('it refuses the sign-in');
  });

  it('without the folder says so', async () => {
    await expect(open({ folder: 'Nowhere' }).fetchAfter(async () => 0)).rejects.toThrow(
      'it has no folder of that name',
    );
  });

  it('is not read over a connection whose certificate nobody vouches for', async () => {
    const reading = open({ host: '127.0.0.2', tls: true }).fetchAfter(async () => 0);
    await expect(reading).rejects.toThrow('The mailbox cannot be read: DEPTH_ZERO_SELF_SIGNED_CERT');
  });

  it('is found again when the server was away, and nothing is lost', async () => {
    const inbox = open();
    await arrive('before');
    expect(await inbox.fetchAfter(async () => 0)).toHaveLength(1);
    await server.kill();
    timePasses(61_000);
    await expect(inbox.fetchAfter(async () => 1)).rejects.toThrow('The mailbox cannot be read');
    expect(await inbox.fetchAfter(async () => 1)).toEqual([]);
    await server.start();
    outlook = await server.connect(user);
    await arrive('after');
    timePasses(5_000);
    expect((await inbox.fetchAfter(async () => 1)).map(subjectOf)).toEqual(['after']);
  });

  it('leaves a fault of the caller to the caller', async () => {
    const inbox = open();
    const fault = new Error('the database is away');
    await expect(inbox.fetchAfter(() => Promise.reject(fault))).rejects.toBe(fault);
    expect(await inbox.fetchAfter(async () => 0)).toEqual([]);
  });
});
