import { z } from 'zod';
import { emailAddress } from '../domain/address.ts';
import { LANGUAGES } from '../domain/treaty.ts';

// A rule's message begins with "must": treaty-sentences.ts puts the field before it and what stands there after it.

const text = z.string().trim().min(1, 'must not be empty');
const date = z.iso.date('must be a date that exists, like 2027-04-30').regex(/^20/, 'must be a date of this century');
const monthDay = z
  .string()
  .refine((day) => z.iso.date().safeParse(`2027-${day}`).success, 'must be a day of every year, like 04-30');
const time = z.iso.time({ precision: -1, error: 'must be a time like 09:00' });
const count = z.int().min(1).max(1000);
const timeZone = z.string().refine(isTimeZone, 'must be a time zone like Europe/Zurich');
const iso3 = z.string().regex(/^[A-Z]{3}$/, 'must be three capital letters (ISO 3166), like LAO');
const language = z.enum(LANGUAGES);
const certainty = z.enum(['sourced', 'derived', 'recalled', 'inferred', 'assumed', 'invented']);
const inThreeLanguages = z.strictObject({ en: text, fr: text, es: text });

const state = z
  .strictObject({
    iso3,
    language,
    languageCertainty: certainty,
    otherLanguages: z.array(z.string().regex(/^[a-z]{2}$/, 'must be a code of two letters, like ar')),
    region: text,
    regionalGroup: text.nullable(),
    depositedOn: date,
    inForceOn: date,
    initialReportDueOn: date,
    dateCertainty: certainty,
    hasClearanceDuty: z.boolean().nullable(),
    hasVictims: z.boolean().nullable(),
    source: text,
    notes: z.array(text),
  })
  .refine(({ depositedOn, inForceOn }) => depositedOn < inForceOn, {
    path: ['inForceOn'],
    error: 'must lie after depositedOn',
  });

const stateNames = z.strictObject({
  iso3,
  names: z.strictObject({ en: text, fr: text, es: text, ru: text, zh: text, ar: text }),
  formal: inThreeLanguages,
  ofFormal: inThreeLanguages,
  formalCertainty: z.strictObject({ en: certainty, fr: certainty, es: certainty }),
  otherNames: z.array(text),
});

const meeting = z
  .strictObject({ id: text, name: text, startsOn: date, endsOn: date, place: text, certainty, source: text })
  .refine(({ startsOn, endsOn }) => startsOn <= endsOn, { path: ['endsOn'], error: 'must not lie before startsOn' });

const policy = z
  .strictObject({
    treatyTimeZone: timeZone,
    report: z.strictObject({
      opens: monthDay,
      invitation: monthDay,
      deadline: monthDay,
      closes: monthDay,
      remindersBefore: z.array(count).refine(isFalling, 'must go from the largest number to the smallest'),
      remindersAfter: z.array(count).refine(isRising, 'must go from the smallest number to the largest'),
      cutOffWeeksBeforeMeeting: count,
      sendAt: time,
      initialReportDays: count,
    }),
    assumedMeeting: z.strictObject({ startsOn: monthDay, days: count }),
    approval: z.strictObject({
      decideWithinWorkingDays: count,
      remindersBefore: z.array(z.int().min(0)).refine(isFalling, 'must go from the largest number to the smallest'),
      lapsesAfterWorkingDays: count,
      holdMinutes: z.int().min(0),
    }),
    mail: z.strictObject({ perMinute: count }),
    upload: z.strictObject({ maxBytes: z.int().min(1), maxFiles: count }),
    certainty,
    source: text,
  })
  .refine(({ report }) => report.opens <= report.invitation, {
    path: ['report', 'invitation'],
    error: 'must not lie before opens',
  })
  .refine(({ report }) => report.deadline < report.closes, {
    path: ['report', 'closes'],
    error: 'must lie after deadline',
  });

const person = z.strictObject({
  name: text,
  email: z.string().check((given) => {
    const read = emailAddress(given.value);
    if ('address' in read) return;
    given.issues.push({ code: 'custom', message: `cannot be used: ${read.problem}`, input: given.value });
  }),
  role: z.enum(['coordinator', 'officer', 'admin', 'auditor']),
  actsFor: iso3.nullable(),
  language,
  timeZone,
  certainty,
});

const states = z.strictObject({ source: text, states: z.array(state).min(1) });
const names = z.strictObject({ source: text, names: z.array(stateNames) });
const meetings = z.strictObject({ source: text, meetings: z.array(meeting) });
const people = z.strictObject({ source: text, people: z.array(person) });

const holidays = z.strictObject({
  source: text,
  /** Each of these years has its holidays in the list. */
  years: z.strictObject({ first: z.int().min(2000), last: z.int().max(2099) }),
  holidays: z.array(z.strictObject({ on: date, name: text, certainty })),
});

const forms = z.strictObject({
  source: text,
  notes: z.array(text),
  forms: z.array(z.strictObject({ form: text, title: text, article: text, genderEntryPoint: text })).min(1),
});

const office = z.strictObject({
  name: inThreeLanguages,
  shortName: text,
  convention: inThreeLanguages,
  conventionShort: text,
});

/** The files of a treaty's folder; where one is a list, the field of the list and the field that names an entry. */
export const FILES = {
  'states-parties.json': { schema: states, list: 'states', key: 'iso3' },
  'state-names.json': { schema: names, list: 'names', key: 'iso3' },
  'calendar.json': { schema: meetings, list: 'meetings', key: 'id' },
  'holidays.json': { schema: holidays, list: 'holidays', key: 'on' },
  'forms.json': { schema: forms, list: 'forms', key: 'form' },
  'policy.json': { schema: policy, list: '', key: '' },
  'office.json': { schema: office, list: '', key: '' },
  'people.json': { schema: people, list: 'people', key: 'email' },
} as const;

export type FileName = keyof typeof FILES;
export type TreatyFiles = { [F in FileName]: z.output<(typeof FILES)[F]['schema']> };

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

function isRising(numbers: number[]): boolean {
  return numbers.every((each, at) => at === 0 || each > (numbers[at - 1] ?? each));
}

function isFalling(numbers: number[]): boolean {
  return isRising(numbers.toReversed());
}
