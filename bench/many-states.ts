import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './programs.ts';

type Entry = { iso3: string };

const LETTERS = Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZ');

/**
 * A treaty folder with so many States Parties: ours, those the Coordinators act for first, then the same again under
 * invented codes. All else is our treaty's but the letters a minute, which would measure the patience of mail servers.
 */
export function treatyOfMany({ states, folder }: { states: number; folder: string }): string {
  const made = join(folder, 'many');
  cpSync(join(ROOT, 'treaties/ccm'), made, { recursive: true });
  const { people } = read(join(made, 'people.json'));
  const first = new Set(people.map(({ actsFor }: { actsFor: string | null }) => actsFor));
  for (const [file, list] of [
    ['states-parties.json', 'states'],
    ['state-names.json', 'names'],
  ] as const) {
    const content = read(join(made, file));
    const own: Entry[] = content[list].toSorted(
      (one: Entry, other: Entry) => +first.has(other.iso3) - +first.has(one.iso3),
    );
    const codes = [...new Set([...own.map(({ iso3 }) => iso3), ...inventedCodes()])];
    const many = codes.slice(0, states).map((iso3, at) => ({ ...own[at % own.length], iso3 }));
    write(join(made, file), { ...content, [list]: many });
  }
  write(join(made, 'policy.json'), { ...read(join(made, 'policy.json')), mail: { perMinute: 1_000 } });
  return made;
}

function inventedCodes(): string[] {
  return LETTERS.flatMap((a) => LETTERS.flatMap((b) => LETTERS.map((c) => a + b + c)));
}

function read(file: string) {
  return JSON.parse(readFileSync(file, 'utf8'));
}

function write(file: string, content: object): void {
  writeFileSync(file, JSON.stringify(content));
}
