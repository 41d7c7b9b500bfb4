import { type Contact, contactsFrom, type Read } from '../domain/contacts.ts';
import { peopleFrom } from '../domain/people.ts';
import type { Table } from '../domain/table.ts';
import type { SeedPerson, Treaty } from '../domain/treaty.ts';
import { readTable } from './sheet.ts';

type Source = { file: string; treaty: Treaty };

/**
 * The contacts in a CSV file or Excel workbook with the columns state, kind, name, email and, if wanted, language, in
 * any order and titled in English, French or Spanish. Never throws for what is in the file: `problems` says it by row.
 */
export function readContacts({ file, treaty }: Source): Promise<Read<Contact>> {
  return readWith({ file, from: (table) => contactsFrom({ table, treaty }) });
}

/** The people in such a file with the columns name, email, role, acts for, language, time zone. As `readContacts`. */
export function readPeople({ file, treaty }: Source): Promise<Read<SeedPerson>> {
  return readWith({ file, from: (table) => peopleFrom({ table, treaty }) });
}

type With<Values> = { file: string; from: (table: Table) => Read<Values> };

async function readWith<Values>({ file, from }: With<Values>): Promise<Read<Values>> {
  const read = await readTable(file);
  return 'table' in read ? from(read.table) : { rows: [], problems: read.problems };
}
