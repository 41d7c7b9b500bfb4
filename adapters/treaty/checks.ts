import { addDays, dateOf } from '../../domain/calendar.ts';
import { endsCycle } from '../../domain/cycle.ts';
import type { SeedPerson } from '../../domain/treaty.ts';
import type { FileName, TreatyFiles } from './schema.ts';
import { entryOf } from './sentences.ts';

/** What no file shows alone: that they contradict each other. A file that could not be read is left out. */
export function contradictionsIn(files: Partial<TreatyFiles>): string[] {
  return [
    ...nameProblems(files),
    ...initialReportProblems(files),
    ...meetingProblems(files),
    ...holidayProblems(files),
    ...peopleProblems(files),
  ];
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

/** The data of a year is frozen some weeks before its meeting: on a day before the deadline there would be none. */
function meetingProblems(files: Partial<TreatyFiles>): string[] {
  const policy = files['policy.json'];
  if (!policy) return [];
  const { deadline, cutOffWeeksBeforeMeeting: weeks } = policy.report;
  const isTooEarly = (on: string) => addDays(on, -7 * weeks) <= dateOf(Number(on.slice(0, 4)), deadline);
  const rule = `must lie more than ${weeks} weeks after the deadline of ${deadline}`;
  const meetings = (files['calendar.json']?.meetings ?? []).flatMap((entry, at) =>
    endsCycle(entry) && isTooEarly(entry.startsOn)
      ? [`${entryOf({ file: 'calendar.json', entry, at })}: field startsOn ${rule}, but is '${entry.startsOn}'`]
      : [],
  );
  const { startsOn } = policy.assumedMeeting;
  if (!isTooEarly(dateOf(ANY_YEAR, startsOn))) return meetings;
  return [`policy.json: field assumedMeeting.startsOn ${rule}, but is '${startsOn}'`, ...meetings];
}

/** Days and months of the policy hold for each year. */
const ANY_YEAR = 2027;

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
