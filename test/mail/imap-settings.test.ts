import { type AddressInfo, createServer, type Server } from 'node:net';
import { createImapInbox } from '../../adapters/inbox/imap.ts';
import { imapOptions } from '../../adapters/inbox/imap-server.ts';
import { readConfig } from '../../config/index.ts';

/** Loopback by a name that is not known as such: whatever stands there counts as far away. */
const FAR_AWAY = '127.1';

describe('The connection to a mail server', () => {
  let server: Server;
  let heard: string[] = [];
  afterEach(() => new Promise((resolve) => server.close(resolve)));

  /** A server without TLS, or somebody on the way who has taken it away. */
  async function listen(greeting: string): Promise<number> {
    heard = [];
    server = createServer((socket) => {
      socket.on('error', () => {});
      socket.write(`* ${greeting}\r\n`);
      socket.on('data', (bytes) => {
        heard.push(String(bytes));
        const [tag = '', command = ''] = String(bytes).split(/[ \r]/);
        if (command === 'CAPABILITY') socket.write('* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\n');
        socket.write(command === 'CAPABILITY' ? `${tag} OK done\r\n` : `${tag} NO not here\r\n`);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return (server.address() as AddressInfo).port;
  }
  async function faultAt(host: string, port: number): Promise<string> {
    const inbox = createImapInbox({ url: `imap://isu:secret@${host}:${port}`, tokenFile: null });
    return inbox.fetchAfter(async () => 0).then(String, (error: Error) => error.message);
  }

  it.each(['OK ready', 'PREAUTH welcome, isu'])('gives no password to one without TLS (%s)', async (greeting) => {
    const port = await listen(greeting);
    expect(await faultAt(FAR_AWAY, port)).toBe('The mailbox cannot be read: it offers no safe connection');
    expect(heard.join('')).not.toMatch(/LOGIN|AUTHENTICATE|secret|SELECT|EXAMINE/);
  });

  it('needs no TLS on loopback, where there is no wire', async () => {
    const port = await listen('OK ready');
    await faultAt('127.0.0.1', port);
    expect(heard.join('')).toMatch(/LOGIN|AUTHENTICATE/);
  });

  it.each(['imaps://isu:x@mail.example', 'imap://isu:x@mail.example'])('of %s is TLS 1.2 or later', async (url) => {
    server = createServer().listen(0);
    const { tls, secure, doSTARTTLS } = await imapOptions({ url, tokenFile: null });
    expect(tls).toEqual({ minVersion: 'TLSv1.2', rejectUnauthorized: true });
    expect(secure || doSTARTTLS).toBe(true);
  });

  it('says when the token that signs in is not there', async () => {
    const port = await listen('OK ready');
    const inbox = createImapInbox({ url: `imap://isu@127.0.0.1:${port}`, tokenFile: '/nowhere/token' });
    await expect(inbox.fetchAfter(async () => 0)).rejects.toThrow('the file of its token is not there');
    expect(heard).toEqual([]);
  });
});

describe('The settings of incoming mail', () => {
  const read = (env: NodeJS.ProcessEnv) =>
    readConfig({
      DATABASE_URL: 'postgresql://a@b.example/c',
      TEMPORAL_ADDRESS: 'b.example:7233',
      SMTP_URL: 'smtp://b.example',
      BASE_URL: 'https://b.example',
      FOCALPOINT_DATA: '/data',
      ...env,
    });

  it('name the mailbox, and a password or the file of a token', () => {
    const url = 'imaps://isu:x@mail.example/Answers';
    expect(read({ IMAP_URL: url }).imap).toEqual({ url, tokenFile: null });
    expect(read({ IMAP_URL: url, MAIL_TOKEN_FILE: '/run/token' }).imap).toEqual({ url, tokenFile: '/run/token' });
    expect(read({}).imap).toBeNull();
  });

  it.each([
    ['imaps://mail.example', 'IMAP_URL is wrong: must name a user'],
    ['https://isu:hidden@mail.example', 'IMAP_URL is wrong: must look like imaps://user:password@host/INBOX'],
  ])('%s is told in a sentence that holds no secret', (url, sentence) => {
    expect(() => read({ IMAP_URL: url })).toThrow(sentence);
    expect(() => read({ IMAP_URL: url })).not.toThrow('hidden');
  });

  it('hold a secret of at least 32 characters, or none', () => {
    expect(read({ SECRET_KEY: 'x'.repeat(32) }).secretKey).toBe('x'.repeat(32));
    expect(read({}).secretKey).toBeNull();
    expect(() => read({ SECRET_KEY: 'short' })).toThrow('SECRET_KEY is wrong: must have at least 32 characters');
  });
});
