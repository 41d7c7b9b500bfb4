import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const BYTES = 32;

/**
 * The secret our own mail addresses are signed with: the one configured (SECRET_KEY, the same on every machine), else the
 * file `secret.key` of the data folder, made on first use and readable by its owner alone. Without the old secret, answers
 * to older letters are still found by the Message-ID they name. Throws an Error when the file is not what it was made as.
 */
export function secretKey({ configured, folder }: { configured: string | null; folder: string }): Buffer {
  if (configured) return Buffer.from(configured);
  const file = join(folder, 'secret.key');
  const key = readKey(file) ?? makeKey({ folder, file });
  if (key.length !== BYTES) throw new Error(`The secret in ${file} is damaged; put it back from a backup.`);
  return key;
}

function readKey(file: string): Buffer | null {
  try {
    return Buffer.from(readFileSync(file, 'utf8').trim(), 'base64url');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** Worker and web may start at the same moment: the file gets its name whole, and the first one stays. */
function makeKey({ folder, file }: { folder: string; file: string }): Buffer {
  mkdirSync(folder, { recursive: true });
  const draft = `${file}.${randomBytes(8).toString('hex')}`;
  writeFileSync(draft, `${randomBytes(BYTES).toString('base64url')}\n`, { mode: 0o600, flag: 'wx', flush: true });
  try {
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft);
  }
  return readKey(file)!;
}
