import { execFile } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import {
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { withConnection } from './connection.ts';
import { freePort } from './ports.ts';
import { databaseOwner, databasePrograms } from './postgres-programs.ts';
import { endOrphans, type Owner, type Server, startServer } from './processes.ts';

const run = promisify(execFile);

const DATABASE = 'focalpoint';
const ROLE = 'focalpoint';
const PASSWORD_FILE = 'postgres-password';
const NOT_YET = new Set(['ECONNREFUSED', 'ECONNRESET', '57P03']);
/** A simulation's rows may be lost when the power fails. */
const FORGETFUL = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };

export type Postgres = Server & { url: string; port: number };

/**
 * PostgreSQL on 127.0.0.1 with its files in `folder`, made on the first start, and an empty database `focalpoint`.
 * Ends what an earlier run left there, so nobody else may hold the folder. The port moves up when it is taken.
 */
export async function startPostgres(start: { folder: string; port?: number; durable?: boolean }): Promise<Postgres> {
  const folder = realpathSync(start.folder);
  const owner = databaseOwner();
  const programs = await databasePrograms(owner);
  const cluster = join(folder, 'postgres');
  const passwordFile = join(folder, PASSWORD_FILE);
  const durable = start.durable ?? true;
  const mark = `focalpoint-${createHash('sha256').update(cluster).digest('hex').slice(0, 12)}`;

  await endOrphans({ mark, leader: `cluster_name=${mark}`, signal: 'SIGINT', patience: 10_000 });
  // What could mistake a number used again for a living server; nobody uses these files any more.
  rmSync(join(cluster, 'postmaster.pid'), { force: true });
  if (!existsSync(cluster)) await createCluster({ cluster, initdb: programs.initdb, passwordFile, owner, durable });

  const port = await freePort(start.port);
  const urlOf = (database: string) => addressOf({ folder, port, database });
  const server = await startServer({
    name: 'PostgreSQL',
    command: programs.postgres,
    args: serverArguments({ cluster, port, mark, durable }),
    folder: cluster,
    log: join(folder, 'postgres.log'),
    owner,
    // "Fast shutdown": rolls back what is open, writes everything, ends.
    stopSignal: 'SIGINT',
    isReady: () => answers(urlOf('postgres')),
    patience: 120_000,
  });
  await createDatabase({ url: urlOf('postgres'), name: DATABASE });
  return { ...server, port, url: urlOf(DATABASE) };
}

/** The address of the database that now runs in this folder, for a program beside the one that started it; else null. */
export function runningPostgres(folder: string): string | null {
  const file = join(folder, 'postgres/postmaster.pid');
  if (!existsSync(file)) return null;
  // PostgreSQL's own note: process, folder, time of start, port, …
  const port = Number(readFileSync(file, 'utf8').split('\n')[3]);
  return addressOf({ folder, port, database: DATABASE });
}

/** Makes a database unless it is there, from a template if one is named. Returns its address. */
export async function createDatabase(wish: { url: string; name: string; template?: string }): Promise<string> {
  await withConnection({
    url: wish.url,
    run: async (client) => {
      const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [wish.name]);
      if (rowCount) return;
      const template = wish.template ? ` template ${pg.escapeIdentifier(wish.template)}` : '';
      await client.query(`create database ${pg.escapeIdentifier(wish.name)}${template}`);
    },
  });
  const address = new URL(wish.url);
  address.pathname = `/${encodeURIComponent(wish.name)}`;
  return address.href;
}

/** Made beside its place and moved there when complete: a start that was killed half-way leaves nothing half made. */
async function createCluster(make: {
  cluster: string;
  initdb: string;
  passwordFile: string;
  owner: Owner | undefined;
  durable: boolean;
}): Promise<void> {
  const unfinished = `${make.cluster}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { mode: 0o700 });
  writeFileSync(make.passwordFile, `${randomBytes(24).toString('hex')}\n`, { mode: 0o600 });
  if (make.owner) for (const path of [unfinished, make.passwordFile]) chownSync(path, make.owner.uid, make.owner.gid);
  const options = {
    pgdata: unfinished,
    username: ROLE,
    pwfile: make.passwordFile,
    auth: 'scram-sha-256',
    encoding: 'UTF8',
    // Orders text by code point and knows every script's letters, on any machine and after any upgrade of it.
    locale: 'C',
    'locale-provider': 'builtin',
    'builtin-locale': 'C.UTF-8',
  };
  const args = Object.entries(options).map(([name, value]) => `--${name}=${value}`);
  await run(make.initdb, [...args, '--data-checksums', ...(make.durable ? [] : ['--no-sync'])], {
    ...make.owner,
    cwd: unfinished,
    env: { PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC' },
  });
  renameSync(unfinished, make.cluster);
}

function addressOf({ folder, port, database }: { folder: string; port: number; database: string }): string {
  const password = readFileSync(join(folder, PASSWORD_FILE), 'utf8').trim();
  return `postgresql://${ROLE}:${password}@127.0.0.1:${port}/${database}`;
}

function serverArguments(server: { cluster: string; port: number; mark: string; durable: boolean }): string[] {
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    cluster_name: server.mark,
    timezone: 'UTC',
    log_timezone: 'UTC',
    ...(server.durable ? {} : FORGETFUL),
  };
  const options = Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`]);
  return ['-D', server.cluster, '-p', String(server.port), ...options];
}

async function answers(url: string): Promise<boolean> {
  try {
    await withConnection({ url, run: (client) => client.query('select 1') });
    return true;
  } catch (error) {
    // Without a code it took too long: a machine with much to do.
    const { code } = error as { code?: string };
    if (code === undefined || NOT_YET.has(code)) return false;
    throw error;
  }
}
