import { accessSync, chmodSync, constants, existsSync, mkdirSync, mkdtempSync, realpathSync, statSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { takeLock } from './lock.mjs';

const ROOT_FOLDER = '/var/lib/focalpoint';

/** Where the data lies: FOCALPOINT_DATA, else /var/lib/focalpoint for root and the user's data folder for anyone else. */
export function defaultFolder(env: NodeJS.ProcessEnv): string {
  if (env['FOCALPOINT_DATA']) return resolve(env['FOCALPOINT_DATA']);
  if (isRoot()) return ROOT_FOLDER;
  return join(env['XDG_DATA_HOME'] || join(homedir(), '.local/share'), 'focalpoint');
}

/** Makes the folder when it is not there and returns its real path. Throws a sentence when it cannot be used. */
export function openFolder(path: string): string {
  try {
    if (!existsSync(path)) {
      mkdirSync(path, { recursive: true });
      chmodSync(path, folderMode());
    }
    accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new Error(
      `The data folder ${path} cannot be used: ${(error as Error).message}. Make it writable, or set FOCALPOINT_DATA to another folder.`,
    );
  }
  const folder = realpathSync(path);
  const closed = isRoot() ? closedFolder(folder) : undefined;
  if (closed === undefined) return folder;
  throw new Error(
    `PostgreSQL runs as the user postgres, who may not pass through ${closed}. ` +
      `Set FOCALPOINT_DATA to another folder such as ${ROOT_FOLDER}, or run: chmod o+x ${closed}`,
  );
}

/** A new folder for a test or a simulation, one that PostgreSQL can reach. Whoever asked for it removes it. */
export function temporaryFolder(name: string): string {
  const parent = isRoot() && closedFolder(realpathSync(tmpdir())) ? '/tmp' : tmpdir();
  const folder = mkdtempSync(join(realpathSync(parent), `focalpoint-${name}-`));
  chmodSync(folder, folderMode());
  return folder;
}

/** Keeps a second copy off the folder, until it is released or this process ends. A dead copy's lock counts for nothing. */
export async function lockFolder(folder: string): Promise<{ release: () => void }> {
  const lock = await takeLock(folder);
  if (lock.heldBy !== undefined) {
    throw new Error(
      `Focalpoint is already running on ${folder} (process ${lock.heldBy}). ` +
        'Stop it first, or start this copy with FOCALPOINT_DATA set to another folder.',
    );
  }
  process.once('exit', lock.release);
  return { release: lock.release };
}

/** The folder of a path that other users cannot pass through, if there is one. */
function closedFolder(path: string): string | undefined {
  if ((statSync(path).mode & 0o001) === 0) return path;
  return dirname(path) === path ? undefined : closedFolder(dirname(path));
}

/** Others may pass through but not look around when the postgres user has to reach its files inside. */
function folderMode(): number {
  return isRoot() ? 0o711 : 0o700;
}

function isRoot(): boolean {
  return process.getuid?.() === 0;
}
