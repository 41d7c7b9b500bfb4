import { z } from 'zod';
import { emailAddress } from '../../domain/address.ts';
import { certainty, date, inThreeLanguages, iso3, language, text, timeZone } from './fields.ts';
import { policy } from './policy.ts';

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
    observerMission: z.boolean().optional(),
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
  .strictObject({
    id: text,
    name: inThreeLanguages,
    startsOn: date,
    endsOn: date,
    place: text,
    certainty,
    source: text,
  })
  .refine(({ startsOn, endsOn }) => startsOn <= endsOn, { path: ['endsOn'], error: 'must not lie before startsOn' });

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
  mission: inThreeLanguages,
  observerMission: inThreeLanguages,
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
