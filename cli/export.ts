import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createLetters } from '../adapters/letters.ts';
import { gatherProof, letterBytes, writeProof } from '../adapters/proof.ts';
import { openRecords } from '../adapters/records.ts';
import type { Proof } from '../domain/proof.ts';
import { withDatabase } from './with-database.ts';

/**
 * Writes what proves a letter, an approval or everything into a folder: `proof.json` and the bytes of the letters. A
 * file that is there already is never written over. Returns the exit code.
 */
export async function exportProof({ about, to }: { about: Proof['about']; to: string }): Promise<number> {
  let exitCode = 0;
  await withDatabase(process.env, async (url) => {
    const records = openRecords({ url });
    const letters = createLetters({ folder: join(import.meta.dirname, '../templates') });
    const proof = await gatherProof({ records, letters, about, now: new Date() });
    if (!proof) {
      process.stderr.write(`There is no ${about.kind} ${about.id}. Its page in the console shows its number.\n`);
      exitCode = 1;
    } else {
      mkdirSync(join(to, 'letters'), { recursive: true });
      for (const { id, file } of proof.letters)
        writeFileSync(join(to, file), await letterBytes({ records, letterId: id }), { flag: 'wx' });
      writeFileSync(join(to, 'proof.json'), writeProof(proof), { flag: 'wx' });
      process.stdout.write(
        `${proof.letters.length} letters and proof.json are in ${to}. Check: focalpoint verify ${to}\n`,
      );
    }
    await records.$disconnect();
  });
  return exitCode;
}
