import type { Records } from '../records.ts';

export type Register = Awaited<ReturnType<typeof register>>;

/** The contacts in force and our own people. */
export async function register({ records }: { records: Records }) {
  const [contacts, people] = await Promise.all([
    records.contact.findMany({
      where: { endedAt: null },
      orderBy: [{ stateParty: 'asc' }, { kind: 'desc' }, { name: 'asc' }],
    }),
    records.person.findMany({ where: { leftAt: null }, orderBy: [{ role: 'asc' }, { name: 'asc' }] }),
  ]);
  return { contacts, people };
}
