import { emailAddress } from './address.ts';
import { fold, nearestState, type StateIndex, stateNamed } from './state-names.ts';
import type { Column, Reading, Row, RowProblem } from './table.ts';
import type { Language, StateParty } from './treaty.ts';

/** The columns that lists of contacts and lists of people share. */
export const NAME: Column<string> = { titles: ['name', 'nom', 'nombre'], read: (value) => ({ value }) };

const SPANISH_EMAIL = ['correo', 'correo electrónico', 'dirección electrónica'];

export const EMAIL: Column<string> = {
  titles: ['email', 'e-mail', 'email address', 'e-mail address', 'courriel', 'adresse électronique', ...SPANISH_EMAIL],
  read: readEmail,
};

/** Blank where the language of the State or of the secretariat shall be taken. */
export const LANGUAGE: Column<Language | null> = {
  titles: ['language', 'langue', 'idioma'],
  read: choice<Language>({
    en: ['english', 'anglais', 'inglés'],
    fr: ['french', 'français', 'francés'],
    es: ['spanish', 'espagnol', 'español'],
  }),
  whenBlank: null,
};

function readEmail(text: string): Reading<string> {
  const read = emailAddress(text);
  return 'address' in read ? { value: read.address } : { problem: `${read.problem.slice(0, -1)}: "${text}".` };
}

/** One of a few words, each with the other words that mean the same. */
export function choice<Value extends string>(words: Record<Value, string[]>): (text: string) => Reading<Value> {
  const values = Object.keys(words) as Value[];
  const known = new Map(
    values.flatMap((value) => [value, ...words[value]].map((word) => [fold(word), value] as const)),
  );
  return (text) => {
    const value = known.get(fold(text));
    return value ? { value } : { problem: `"${text}" is not one of ${values.join(', ')}.` };
  };
}

/** A State Party by its code or any of its names; when there is none, the problem suggests the nearest. */
export function stateIn(states: StateIndex): (text: string) => Reading<StateParty> {
  return (text) => {
    const value = stateNamed(text, states);
    if (value) return { value };
    const nearest = nearestState(text, states);
    const suggestion = nearest ? `; did you mean ${nearest.names.en} (${nearest.iso3})?` : '.';
    return { problem: `"${text}" is not the name or the code of a State Party${suggestion}` };
  };
}

/** Rows that say again what an earlier row said. */
export function repeated<Values>({ rows, key, what }: Repeated<Values>): RowProblem[] {
  const first = new Map<string, number>();
  return rows.flatMap(({ row, values }) => {
    const earlier = first.get(key(values));
    if (earlier === undefined) first.set(key(values), row);
    return earlier === undefined ? [] : [{ row, sentence: `${what} already stands in row ${earlier}.` }];
  });
}

type Repeated<Values> = { rows: Row<Values>[]; key: (values: Values) => string; what: string };

/** Is it a zone of the time zone database, "Europe/Zurich"? */
export function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone.length > 0;
  } catch {
    return false;
  }
}
