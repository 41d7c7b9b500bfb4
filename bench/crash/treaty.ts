import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadTreaty } from '../../adapters/treaty.ts';
import type { Treaty } from '../../domain/treaty.ts';
import { treatyOfMany } from '../many-states.ts';

type Person = { role: string; actsFor: string | null; email: string; name: string };

/**
 * A treaty with so many States Parties and Coordinators, whose letters leave as soon as they are approved. What leaves
 * at once on any day of the week is the receipt of a report; invitations and reminders have working days of their own.
 */
export function benchTreaty({
  folder,
  states,
  coordinators,
}: {
  folder: string;
  states: number;
  coordinators: number;
}): { treatyFolder: string; treaty: Treaty } {
  const treatyFolder = treatyOfMany({ states, folder });
  change<{ people: Person[] }>(join(treatyFolder, 'people.json'), ({ people, ...rest }) => {
    const [one] = people.filter(({ role }) => role === 'coordinator');
    const many = Array.from({ length: coordinators }, (_, at) => ({
      ...one,
      name: `Coordinator ${at + 1}`,
      email: `coordinator-${at + 1}@coordinators.example`,
    }));
    return { ...rest, people: [...many, ...people.filter(({ role }) => role !== 'coordinator')] };
  });
  change<{ approval: object }>(join(treatyFolder, 'policy.json'), (policy) => ({
    ...policy,
    approval: { ...policy.approval, holdMinutes: 0 },
  }));
  return { treatyFolder, treaty: loadTreaty({ folder: treatyFolder }) };
}

function change<Content>(file: string, changed: (content: Content) => object): void {
  writeFileSync(file, JSON.stringify(changed(JSON.parse(readFileSync(file, 'utf8')) as Content)));
}
