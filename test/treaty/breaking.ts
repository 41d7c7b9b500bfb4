import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BrokenTreaty, loadTreaty } from '../../adapters/treaty.ts';

export const STATES = 'states-parties.json';
export const NAMES = 'state-names.json';
export const HOLIDAYS = 'holidays.json';
export const POLICY = 'policy.json';
export const PEOPLE = 'people.json';

/** Text of a file and what stands there instead. */
type Edit = { file: string; from: string | RegExp; to: string };
export type Case = [what: string, edit: Edit, sentences: string[]];

/** A copy of the treaty that a test may break. */
export function copyOfTreaty() {
  const folder = mkdtempSync(join(tmpdir(), 'treaty-'));
  cpSync('treaties/ccm', folder, { recursive: true });
  return {
    folder,
    problems: () => problemsOf(folder),
    /** An edit that changes nothing would make a test that cannot fail. */
    edit: ({ file, from, to }: Edit) => {
      const before = readFileSync(join(folder, file), 'utf8');
      const after = before.replace(from, () => to);
      expect(after).not.toBe(before);
      writeFileSync(join(folder, file), after);
    },
    write: (file: string, text: string) => writeFileSync(join(folder, file), text),
    remove: (file = '') => rmSync(join(folder, file), { recursive: true }),
  };
}

function problemsOf(folder: string): readonly string[] {
  try {
    loadTreaty({ folder });
    return [];
  } catch (error) {
    if (error instanceof BrokenTreaty) return error.problems;
    throw error;
  }
}
