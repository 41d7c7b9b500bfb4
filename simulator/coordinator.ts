import type { StoredMessage } from '../embedded/mailbox.ts';
import { linkIn } from './letter-reader.ts';
import type { Doors, Robot } from './robots.ts';
import { createVisitor } from './visitor.ts';

/** Coordinators: each reads the request and decides by its link some days later, the slow one after a reminder. */
export function coordinatorRobot(doors: Doors): Robot[] {
  const addresses = doors.treaty.people.filter((person) => person.role === 'coordinator').map((person) => person.email);
  return addresses.map((address, index) => {
    const chance = doors.chance.of(address);
    return {
      reads: (to) => to === address,
      async read(message) {
        if (!message.subject.includes('plan/') || !isFirst(message)) return;
        const link = await linkIn({ mailbox: doors.mailbox, message, part: '/a/' });
        const inDays = index === 0 ? chance.between(1, 4) : chance.between(5, 9);
        if (link) doors.diary.note({ inDays, act: () => decide(doors, link) });
      },
    };
  });
}

/** A reminder of what the diary holds already needs no second entry. */
function isFirst({ subject }: StoredMessage): boolean {
  return !/Reminder|Rappel|Recordatorio/.test(subject);
}

/** Opens the link, reads, chooses, confirms: the four pages a Coordinator sees. */
async function decide(doors: Doors, link: string): Promise<void> {
  const visitor = createVisitor(doors);
  const review = await visitor.get(link);
  const check = await visitor.submit(review, { has: 'choice', fields: { choice: 'approve', comment: '' } });
  const result = await visitor.submit(check, { has: 'choice' });
  if (result.status !== 200)
    throw new Error(`The decision was not taken (${result.status}): ${result.text.slice(0, 500)}`);
}
