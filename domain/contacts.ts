import { choice, EMAIL, LANGUAGE, NAME, repeated, stateIn } from './cells.ts';
import { type StateIndex, stateIndex } from './state-names.ts';
import { type Columns, type RowProblem, rowsOf, type Table } from './table.ts';
import type { Certainty, Language, StateParty, Treaty } from './treaty.ts';

/** Whom at a State Party the secretariat writes to: its mission in Geneva or its ministry in the capital. */
export type ContactKind = 'mission' | 'capital';

export type Contact = {
  /** ISO 3166 alpha-3. */
  stateParty: string;
  kind: ContactKind;
  name: string;
  email: string;
  /** Of the row, or where it is blank the State's. */
  language: Language;
  certainty: Certainty;
};

/** What a list holds: `rows` are those without a problem. Nothing of a list that has a problem may be written. */
export type Read<Values> = { rows: Values[]; problems: RowProblem[] };

export function contactsFrom({ table, treaty }: { table: Table; treaty: Treaty }): Read<Contact> {
  const { rows, problems } = rowsOf({ table, columns: columnsFor(stateIndex(treaty)) });
  const twice = repeated({
    rows,
    key: ({ state, email }) => `${state.iso3} ${email.toLowerCase()}`,
    what: 'This email of this State',
  });
  return {
    rows: rows.map(({ values }) => contactFrom(values)),
    problems: [...problems, ...twice].toSorted((one, other) => one.row - other.row),
  };
}

type ContactRow = { state: StateParty; kind: ContactKind; name: string; email: string; language: Language | null };

function columnsFor(states: StateIndex): Columns<ContactRow> {
  return {
    state: {
      titles: ['state', 'state party', 'iso3', 'état', 'état partie', 'estado', 'estado parte'],
      read: stateIn(states),
    },
    kind: {
      titles: ['kind', 'type', 'tipo'],
      read: choice<ContactKind>({
        mission: ['permanent mission', 'mission permanente', 'misión', 'misión permanente'],
        capital: ['ministry', 'capitale', 'ministère', 'ministerio'],
      }),
    },
    name: NAME,
    email: EMAIL,
    language: LANGUAGE,
  };
}

function contactFrom({ state, kind, name, email, language }: ContactRow): Contact {
  return { stateParty: state.iso3, kind, name, email, language: language ?? state.language, certainty: 'sourced' };
}
