import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadTreaty } from '../../adapters/treaty.ts';

export const treaty = loadTreaty({ folder: 'treaties/ccm' });

export const TITLES = 'state,kind,name,email,language';
export const MALTA = 'Malta,mission,Permanent Mission of Malta,geneva@mission-malta.example,en';

/** Lets a test read this content as if it lay in a file. */
export async function withFile<Read>(content: string | Buffer, read: (file: string) => Promise<Read>): Promise<Read> {
  const folder = mkdtempSync(join(tmpdir(), 'contacts-'));
  const file = join(folder, 'contacts');
  writeFileSync(file, content);
  try {
    return await read(file);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
