import { addDays } from '../../domain/calendar.ts';
import type { SeedPerson } from '../../domain/treaty.ts';
import type { FileName, TreatyFiles } from './schema.ts';
import { entryOf } from './sentences.ts';

/** What no file shows alone: that they contradict each other. A file that could not be read is left out. */
export function contradictionsIn(files: Partial<TreatyFiles>): string[] {
  return [...nameProblems(files), ...initialReportProblems(files), ...holidayProblems(files), ...peopleProblems(files)];
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

function initialReportProblems(files: Partial<TreatyFiles>): string[] {
  const days = files['policy.json']?.report.initialReportDays;
  const states = files['states-parties.json']?.states ?? [];
  if (days === undefined) return [];
  return states.flatMap((entry, at) => {
    const due = addDays(entry.inForceOn, days);
    if (due === entry.initialReportDueOn) return [];
    const where = entryOf({ file: 'states-parties.json', entry, at });
    const rule = `${days} days after inForceOn, which is ${due}`;
    return `${where}: field initialReportDueOn must be ${rule}, but is '${entry.initialReportDueOn}'`;
  });
}

function holidayProblems(files: Partial<TreatyFiles>): string[] {
  const { years: covered, holidays } = files['holidays.json'] ?? { years: { first: 1, last: 0 }, holidays: [] };
  const { first, last } = covered;
  const years = Array.from({ length: Math.max(0, last - first + 1) }, (_, after) => String(first + after));
  const empty = years.filter((year) => !holidays.some((holiday) => holiday.on.startsWith(year)));
  const outside = holidays.flatMap((entry, at) => {
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
