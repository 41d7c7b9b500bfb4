import { readdirSync } from 'node:fs';
import { basename } from 'node:path';
import type { StateParty, Treaty } from '../domain/treaty.ts';
import { contradictionsIn } from './treaty/checks.ts';
import { readJson } from './treaty/json.ts';
import { FILES, type FileName, type TreatyFiles } from './treaty/schema.ts';
import { ruleFor, sentencesFor, twins } from './treaty/sentences.ts';

/** The folder of a treaty cannot be used. `problems` names for each fault the file, the entry and the reason. */
export class BrokenTreaty extends Error {
  readonly problems: readonly string[];

  constructor({ folder, problems }: { folder: string; problems: readonly string[] }) {
    super(`The treaty in ${folder} cannot be used:\n${problems.map((problem) => `- ${problem}`).join('\n')}`);
    this.name = 'BrokenTreaty';
    this.problems = problems;
  }
}

/**
 * The treaty in this folder, for example `treaties/ccm`; the folder's name is its id. Reads and checks all files at
 * once. Throws BrokenTreaty with every problem found.
 */
export function loadTreaty({ folder }: { folder: string }): Treaty {
  const problems = strangersIn(folder);
  const files: Partial<TreatyFiles> = {};
  for (const file of Object.keys(FILES) as FileName[]) {
    const read = readFile({ folder, file });
    problems.push(...read.problems);
    if (read.problems.length === 0) Object.assign(files, { [file]: read.value });
  }
  problems.push(...contradictionsIn(files));
  if (problems.length > 0) throw new BrokenTreaty({ folder, problems });
  return treatyFrom({ id: basename(folder), files: files as TreatyFiles });
}

function treatyFrom({ id, files }: { id: string; files: TreatyFiles }): Treaty {
  const names = new Map(files['state-names.json'].names.map((entry) => [entry.iso3, entry]));
  const { source, holidays } = files['holidays.json'];
  return {
    id,
    office: files['office.json'],
    states: files['states-parties.json'].states.map((state) => ({ ...names.get(state.iso3), ...state }) as StateParty),
    meetings: files['calendar.json'].meetings,
    holidays: holidays.map((holiday) => ({ ...holiday, source })),
    forms: files['forms.json'].forms,
    policy: files['policy.json'],
    people: files['people.json'].people,
  };
}

function strangersIn(folder: string): string[] {
  let found: string[];
  try {
    found = readdirSync(folder);
  } catch {
    return [`the folder ${folder} does not exist or cannot be read`];
  }
  const known = Object.keys(FILES).join(', ');
  // Some other folder: what all is wrong with it would fill pages.
  if (!found.some((file) => Object.hasOwn(FILES, file))) return [`it holds none of the files of a treaty: ${known}`];
  return found
    .filter((file) => !file.startsWith('.') && !Object.hasOwn(FILES, file))
    .map((file) => `${file} is not a file of a treaty; its files are ${known}`);
}

function readFile({ folder, file }: { folder: string; file: FileName }): { value: unknown; problems: string[] } {
  const { value, problems } = readJson(`${folder}/${file}`);
  if (value === undefined) return { value, problems: problems.map((problem) => `${file} ${problem}`) };
  const read = FILES[file].schema.safeParse(value, { error: ruleFor });
  const issues = read.success ? [] : read.error.issues;
  const sentences = issues.flatMap((issue) => sentencesFor({ file, value, issue }));
  const written = problems.map((problem) => `${file} ${problem}`);
  return { value: read.data, problems: [...written, ...sentences, ...twins({ file, value })] };
}
