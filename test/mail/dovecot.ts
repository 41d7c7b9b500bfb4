import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import { userInfo } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ImapFlow } from 'imapflow';
import { temporaryFolder } from '../../embedded/folder.ts';
import { freePort } from '../../embedded/ports.ts';

const PROGRAM = ['/usr/sbin', ...(process.env['PATH'] ?? '').split(delimiter)]
  .map((folder) => join(folder, 'dovecot'))
  .find((path) => existsSync(path));

/** Debian's dovecot-imapd. In CI it must be there: a skipped test would be a lost one. */
export const isDovecotWanted = PROGRAM !== undefined || Boolean(process.env['CI']);

const PASSWORD = 'fish&chips@7';
const TOKEN_SECRET = 'a secret for tokens of this test';
/** Dovecot gives no mail to the user 0. */
const MAIL_USER = 65_534;

type Place = { host?: string; user: string; folder?: string; tls?: boolean; password?: string };

export type Dovecot = {
  folder: string;
  /** Where the mails of somebody lie that nobody has looked at. */
  mailOf(user: string): string;
  /** `tls`: the port that speaks TLS from the start; the other one offers STARTTLS. */
  url(place: Place): string;
  token(user: string, given?: { isExpired: boolean }): string;
  /** Another program at the same mailbox, such as Outlook. */
  connect(user: string): Promise<ImapFlow>;
  kill(): Promise<void>;
  start(): Promise<void>;
  stop(): Promise<void>;
};

/** A real IMAP server on loopback, with a folder of its own, run by whoever runs the tests. Any user may sign in. */
export async function startDovecot(): Promise<Dovecot> {
  if (!PROGRAM) throw new Error('dovecot is not installed: apt-get install dovecot-imapd');
  const folder = temporaryFolder('dovecot');
  const ports = { plain: await freePort(), tls: await freePort() };
  layOut({ folder, ports });
  let child: ChildProcess | null = null;
  const start = async () => {
    // A group of its own: who has signed in is served by a process that may outlive the first one.
    const program = spawn(PROGRAM, ['-F', '-c', join(folder, 'dovecot.conf')], { stdio: 'ignore', detached: true });
    process.once('exit', () => endGroup(program));
    child = program;
    await untilAnswers({ port: ports.plain, child: program, log: join(folder, 'log') });
  };
  const kill = async () => {
    if (!child || child.exitCode !== null) return;
    const ended = new Promise((resolve) => child?.once('exit', resolve));
    endGroup(child);
    await ended;
  };
  await start();
  return {
    folder,
    mailOf: (user) => join(folder, 'mail', user, 'new'),
    url({ host = '127.0.0.1', user, folder: name = '', tls = false, password = PASSWORD }) {
      const login = `${user}:${encodeURIComponent(password)}`;
      return `${tls ? 'imaps' : 'imap'}://${login}@${host}:${tls ? ports.tls : ports.plain}/${name}`;
    },
    token: (user, { isExpired } = { isExpired: false }) => jsonWebToken({ user, seconds: isExpired ? -60 : 600 }),
    async connect(user) {
      const place = { host: '127.0.0.1', port: ports.plain, secure: false, tls: { rejectUnauthorized: false } };
      const client = new ImapFlow({ ...place, auth: { user, pass: PASSWORD }, logger: false });
      client.on('error', () => {});
      await client.connect();
      return client;
    },
    kill,
    start,
    async stop() {
      await kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function endGroup({ pid, exitCode }: ChildProcess): void {
  if (pid !== undefined && exitCode === null) process.kill(-pid, 'SIGTERM');
}

type Made = { folder: string; ports: { plain: number; tls: number } };

function layOut({ folder, ports }: Made): void {
  const mail = join(folder, 'mail');
  const keys = join(folder, 'keys/default/HS256');
  mkdirSync(mail);
  mkdirSync(keys, { recursive: true });
  chmodSync(folder, 0o755);
  if (userInfo().uid === 0) chownSync(mail, MAIL_USER, MAIL_USER);
  const files = ['-keyout', join(folder, 'key.pem'), '-out', join(folder, 'cert.pem')];
  const kind = ['-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=localhost'];
  execFileSync('openssl', ['req', ...kind, ...files], { stdio: 'ignore' });
  writeFileSync(join(keys, 'default'), Buffer.from(TOKEN_SECRET).toString('base64'));
  writeFileSync(join(folder, 'oauth2.conf'), oauth2(folder));
  writeFileSync(join(folder, 'dovecot.conf'), configuration({ folder, ports }));
}

function configuration({ folder, ports }: Made): string {
  const { username, uid, gid } = userInfo();
  const owner = uid === 0 ? { uid: MAIL_USER, gid: MAIL_USER } : { uid, gid };
  const own =
    uid === 0
      ? ''
      : `default_internal_user = ${username}\ndefault_login_user = ${username}\ndefault_internal_group = ${groupName()}\n`;
  return `${own}base_dir = ${folder}/run
state_dir = ${folder}/state
log_path = ${folder}/log
protocols = imap
listen = 127.0.0.1, 127.0.0.2
mail_location = maildir:${folder}/mail/%u
mailbox_list_index = no
first_valid_uid = 1
disable_plaintext_auth = no
auth_mechanisms = plain login xoauth2 oauthbearer
ssl = yes
ssl_cert = <${folder}/cert.pem
ssl_key = <${folder}/key.pem
passdb {
  driver = oauth2
  mechanisms = xoauth2 oauthbearer
  args = ${folder}/oauth2.conf
}
passdb {
  driver = static
  mechanisms = plain login
  args = password=${PASSWORD}
}
userdb {
  driver = static
  args = uid=${owner.uid} gid=${owner.gid} home=${folder}/mail/%u
}
auth_failure_delay = 0
service anvil {
  chroot =
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
service stats {
  chroot =
}
service imap-login {
  chroot =
  inet_listener imap {
    port = ${ports.plain}
  }
  inet_listener imaps {
    port = ${ports.tls}
    ssl = yes
  }
}
`;
}

function groupName(): string {
  return execFileSync('id', ['-gn'], { encoding: 'utf8' }).trim();
}

function oauth2(folder: string): string {
  return `introspection_mode = local
local_validation_key_dict = fs:posix:prefix=${folder}/keys/
username_attribute = email
`;
}

function jsonWebToken({ user, seconds }: { user: string; seconds: number }): string {
  const now = Math.floor(Date.now() / 1000);
  const claims = { sub: user, email: user, iat: now - 600, exp: now + seconds };
  const parts = [{ alg: 'HS256', typ: 'JWT' }, claims].map((part) =>
    Buffer.from(JSON.stringify(part)).toString('base64url'),
  );
  const signature = createHmac('sha256', TOKEN_SECRET).update(parts.join('.')).digest('base64url');
  return [...parts, signature].join('.');
}

async function untilAnswers({ port, child, log }: { port: number; child: ChildProcess; log: string }): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    if (child.exitCode !== null) break;
    const isGreeted = await new Promise<boolean>((resolve) => {
      const socket = createConnection({ port, host: '127.0.0.1' });
      socket.once('data', () => resolve(true)).once('error', () => resolve(false));
      socket.once('data', () => socket.destroy());
    });
    if (isGreeted) return;
    await pause(50);
  }
  throw new Error(`dovecot did not start: ${existsSync(log) ? readFileSync(log, 'utf8') : 'no log'}`);
}
