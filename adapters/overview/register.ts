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

/** How many addresses each State Party is written to at: its missions, or without one whoever there is. */
export function addressesByState(contacts: { stateParty: string; kind: string }[]): Map<string, number> {
  const counts = new Map<string, { missions: number; all: number }>();
  for (const { stateParty, kind } of contacts) {
    const count = counts.get(stateParty) ?? { missions: 0, all: 0 };
    counts.set(stateParty, { missions: count.missions + (kind === 'mission' ? 1 : 0), all: count.all + 1 });
  }
  return new Map([...counts].map(([iso3, { missions, all }]) => [iso3, missions || all]));
}
