import { randomUUID } from 'node:crypto';
import { readContacts, readPeople } from '../adapters/contact-file.ts';
import { openRecords, type Records, type Transaction, writeTimeline } from '../adapters/records.ts';
import { loadTreaty } from '../adapters/treaty.ts';
import { treatyFolder } from '../config/index.ts';
import type { Contact } from '../domain/contacts.ts';
import type { SeedPerson } from '../domain/treaty.ts';
import { withDatabase } from './with-database.ts';

/**
 * Reads contacts or people from a file and says what is wrong, row by row. Writes only when asked to and when every row
 * is right. Returns the exit code.
 */
export async function importRegister({
  what,
  file,
  write,
}: {
  what: 'contacts' | 'people';
  file: string;
  write: boolean;
}): Promise<number> {
  const treaty = loadTreaty({ folder: treatyFolder(process.env) });
  const { rows, problems } =
    what === 'contacts' ? await readContacts({ file, treaty }) : await readPeople({ file, treaty });
  for (const { row, sentence } of problems) say(row > 0 ? `Row ${row}: ${sentence}` : sentence);
  if (problems.length > 0) {
    const inRows = problems.filter(({ row }) => row > 0).length;
    say(`Nothing was imported${inRows > 0 ? `: ${inRows} of the rows above must be put right first` : ''}.`);
    return 1;
  }
  if (!write) {
    say(`${rows.length} ${what} are right. Nothing was written; add --write to import them.`);
    return 0;
  }
  await withDatabase(process.env, async (url) => {
    const records = openRecords({ url });
    if (what === 'contacts') await writeContacts(records, rows as Contact[]);
    else await writePeople(records, rows as SeedPerson[]);
    await records.$disconnect();
  });
  say(`${rows.length} ${what} imported.`);
  if (what === 'contacts')
    say('Letters already approved keep their recipients; move the plan to a new version to use the new ones.');
  return 0;
}

/** The contacts of each State in the file replace those it had; the old rows are ended, not removed. */
async function writeContacts(records: Records, contacts: Contact[]): Promise<void> {
  const now = new Date();
  await records.$transaction(async (tx) => {
    const states = [...new Set(contacts.map((contact) => contact.stateParty))];
    await tx.contact.updateMany({ where: { stateParty: { in: states }, endedAt: null }, data: { endedAt: now } });
    await tx.contact.createMany({ data: contacts.map((contact) => ({ id: randomUUID(), ...contact, since: now })) });
    const detail = { contacts: contacts.length, states: states.length };
    await writeTimeline(tx, {
      caseId: null,
      at: now,
      actor: 'engine',
      door: 'command line',
      act: 'importedContacts',
      detail,
    });
  });
}

/** People are known by their address; whoever is not in the file has left. */
async function writePeople(records: Records, people: SeedPerson[]): Promise<void> {
  const now = new Date();
  await records.$transaction(async (tx) => {
    await tx.person.updateMany({
      where: { email: { notIn: people.map(({ email }) => email) }, leftAt: null },
      data: { leftAt: now },
    });
    for (const person of people) {
      const known = { ...person, leftAt: null };
      await tx.person.upsert({ where: { email: person.email }, create: { id: randomUUID(), ...known }, update: known });
    }
    await assertStaffed(tx);
    const detail = { people: people.length };
    await writeTimeline(tx, {
      caseId: null,
      at: now,
      actor: 'engine',
      door: 'command line',
      act: 'importedPeople',
      detail,
    });
  });
}

/** Without a Coordinator nothing could be approved, without an admin nothing opened. */
async function assertStaffed(tx: Transaction): Promise<void> {
  for (const role of ['coordinator', 'admin']) {
    if ((await tx.person.count({ where: { role, leftAt: null } })) === 0)
      throw new Error(
        `Nothing was imported: the file leaves nobody with the role ${role}. It must name everyone in office.`,
      );
  }
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
