import { choice, EMAIL, isTimeZone, LANGUAGE, NAME, repeated, stateIn } from './cells.ts';
import type { Read } from './contacts.ts';
import { stateIndex } from './state-names.ts';
import { type Column, type Columns, type Row, type RowProblem, rowsOf, type Table } from './table.ts';
import type { Language, SeedPerson, StateParty, Treaty } from './treaty.ts';

type Role = SeedPerson['role'];

type PersonRow = {
  name: string;
  email: string;
  role: Role;
  actsFor: StateParty | null;
  language: Language | null;
  timeZone: string | null;
};

const ROLE: Column<Role> = {
  titles: ['role', 'rôle', 'fonction', 'función', 'cargo'],
  read: choice<Role>({
    coordinator: ['coordonnateur', 'coordonnatrice', 'coordinador', 'coordinadora'],
    officer: ['isu officer', 'fonctionnaire', 'oficial'],
    admin: ['isu admin', 'administrateur', 'administratrice', 'administrador', 'administradora'],
    auditor: ['auditeur', 'auditrice', 'auditor', 'auditora'],
  }),
};

const TIME_ZONE: Column<string | null> = {
  titles: ['time zone', 'fuseau horaire', 'zona horaria', 'huso horario'],
  read: (text) =>
    isTimeZone(text) ? { value: text } : { problem: `"${text}" is not a time zone like Europe/Zurich.` },
  whenBlank: null,
};

/**
 * The Coordinators and the secretariat's own people in a list. A blank language is that of the State the person acts
 * for, otherwise English; a blank time zone is the treaty's.
 */
export function peopleFrom({ table, treaty }: { table: Table; treaty: Treaty }): Read<SeedPerson> {
  const states = stateIndex(treaty);
  const columns: Columns<PersonRow> = {
    name: NAME,
    email: EMAIL,
    role: ROLE,
    actsFor: {
      titles: ['acts for', 'agit pour', 'représente', 'actúa por', 'representa a'],
      read: stateIn(states),
      whenBlank: null,
    },
    language: LANGUAGE,
    timeZone: TIME_ZONE,
  };
  const { rows, problems } = rowsOf({ table, columns });
  const twice = repeated({ rows, key: ({ email }) => email.toLowerCase(), what: 'This email' });
  const all = [...problems, ...rows.flatMap(mandateProblems), ...twice];
  return {
    rows: rows.map(({ values }) => personFrom({ ...values, treaty })),
    problems: all.toSorted((one, other) => one.row - other.row),
  };
}

function mandateProblems({ row, values: { role, actsFor } }: Row<PersonRow>): RowProblem[] {
  if (role === 'coordinator' && !actsFor) return [{ row, sentence: 'A coordinator needs a State in column acts for.' }];
  if (role !== 'coordinator' && actsFor) return [{ row, sentence: 'Only a coordinator acts for a State.' }];
  return [];
}

function personFrom({ actsFor, language, timeZone, treaty, ...given }: PersonRow & { treaty: Treaty }): SeedPerson {
  return {
    ...given,
    actsFor: actsFor?.iso3 ?? null,
    language: language ?? actsFor?.language ?? 'en',
    timeZone: timeZone ?? treaty.policy.treatyTimeZone,
    certainty: 'sourced',
  };
}
