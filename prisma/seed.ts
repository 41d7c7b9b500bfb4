import { randomUUID } from 'node:crypto';
import type { Records } from '../adapters/records.ts';
import type { Treaty } from '../domain/treaty.ts';

/**
 * Fills an empty register: invented `.example` people and one invented address for each State Party, marked so, until
 * the ISU imports its own. A register with anyone in it is left alone.
 */
export async function seedRegister({
  records,
  treaty,
  now,
}: {
  records: Records;
  treaty: Treaty;
  now: Date;
}): Promise<void> {
  await records.$transaction(async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(7002)`;
    if ((await tx.person.count()) === 0)
      await tx.person.createMany({ data: treaty.people.map((person) => ({ id: randomUUID(), ...person })) });
    if ((await tx.contact.count()) > 0) return;
    await tx.contact.createMany({
      data: treaty.states.map(({ iso3, language }) => ({
        id: randomUUID(),
        stateParty: iso3,
        kind: 'mission',
        name: 'Permanent Mission, Geneva',
        email: `mission@${iso3.toLowerCase()}.example`,
        language,
        certainty: 'invented',
        since: now,
      })),
    });
  });
}
