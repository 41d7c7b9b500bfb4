import { readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { addDays } from '../domain/calendar.ts';
import type { SeedPerson, StateParty, Treaty } from '../domain/treaty.ts';
import { readJson } from './treaty-files.ts';
import { FILES, type FileName, type TreatyFiles } from './treaty-schema.ts';
import { entryOf, ruleFor, sentencesFor, twins } from './treaty-sentences.ts';

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
  problems.push(...nameProblems(files), ...dateProblems(files), ...peopleProblems(files));
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
  return found
    .filter((file) => !file.startsWith('.') && !Object.hasOwn(FILES, file))
    .map((file) => `${file} is not a file of a treaty; its files are ${known}`);
}

function readFile({ folder, file }: { folder: string; file: FileName }): { value: unknown; problems: string[] } {
  const { value, problems } = readJson(`${folder}/${file}`);
  if (value === undefined) return { value, problems: problems.map((problem) => `${file} ${problem}`) };
  const read = FILES[file].schema.safeParse(value, { error: ruleFor, reportInput: true });
  const issues = read.success ? [] : read.error.issues;
  const sentences = issues.flatMap((issue) => sentencesFor({ file, value, issue }));
  const written = problems.map((problem) => `${file} ${problem}`);
  return { value: read.data, problems: [...written, ...sentences, ...twins({ file, value })] };
}

function nameProblems(files: Partial<TreatyFiles>): string[] {
  const states = files['states-parties.json']?.states;
  const names = files['state-names.json']?.names;
  if (!states || !names) return [];
  return [
    ...without({
      file: 'states-parties.json',
      entries: states,
      known: names,
      problem: 'has no names in state-names.json',
    }),
    ...without({ file: 'state-names.json', entries: names, known: states, problem: 'is not in states-parties.json' }),
  ];
}

type Without = { file: FileName; entries: { iso3: string }[]; known: { iso3: string }[]; problem: string };

function without({ file, entries, known, problem }: Without): string[] {
  const codes = new Set(known.map((each) => each.iso3));
  return entries.flatMap((entry, at) => (codes.has(entry.iso3) ? [] : `${entryOf({ file, entry, at })} ${problem}`));
}

function dateProblems(files: Partial<TreatyFiles>): string[] {
  const days = files['policy.json']?.report.initialReportDays;
  const states = files['states-parties.json']?.states ?? [];
  const late = states.flatMap((entry, at) => {
    const due = days === undefined ? entry.initialReportDueOn : addDays(entry.inForceOn, days);
    if (due === entry.initialReportDueOn) return [];
    const where = entryOf({ file: 'states-parties.json', entry, at });
    const rule = `${days} days after inForceOn, which is ${due}`;
    return `${where}: field initialReportDueOn must be ${rule}, but is '${entry.initialReportDueOn}'`;
  });
  return [...late, ...holidayProblems(files['holidays.json'])];
}

function holidayProblems(file: TreatyFiles['holidays.json'] | undefined): string[] {
  if (!file) return [];
  const { first, last } = file.years;
  const years = Array.from({ length: Math.max(0, last - first + 1) }, (_, after) => String(first + after));
  const empty = years.filter((year) => !file.holidays.some((holiday) => holiday.on.startsWith(year)));
  const outside = file.holidays.flatMap((entry, at) => {
    if (years.includes(entry.on.slice(0, 4))) return [];
    return `${entryOf({ file: 'holidays.json', entry, at })}: field on must lie in the years ${first} to ${last}`;
  });
  return [...empty.map((year) => `holidays.json: has no holiday in ${year}, which field years covers`), ...outside];
}

function peopleProblems(files: Partial<TreatyFiles>): string[] {
  const people: SeedPerson[] = files['people.json']?.people ?? [];
  const states = files['states-parties.json']?.states;
  if (!files['people.json'] || !states) return [];
  const codes = new Set(states.map((state) => state.iso3));
  const faults = people.flatMap((entry, at) => {
    const where = entryOf({ file: 'people.json', entry, at });
    if (entry.role !== 'coordinator') return entry.actsFor ? `${where}: field actsFor must be null for this role` : [];
    const found = entry.actsFor === null ? 'null' : `'${entry.actsFor}'`;
    return codes.has(entry.actsFor ?? '') ? [] : `${where}: field actsFor must be a State Party, but is ${found}`;
  });
  const roles = (['coordinator', 'admin'] as const).filter((role) => !people.some((person) => person.role === role));
  return [...faults, ...roles.map((role) => `people.json: has nobody with the role ${role}; nothing could be decided`)];
}
