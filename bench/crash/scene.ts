import { join } from 'node:path';
import { cycleYear } from '../../domain/cycle.ts';
import type { Treaty } from '../../domain/treaty.ts';
import { until } from '../pace.ts';
import type { Place } from '../place.ts';
import { type AnswerLine, type BlowLine, openLog, type Unwritten } from './log.ts';
import { type MailServer, startMailServer } from './mail-server.ts';
import { type People, peopleAt } from './people.ts';
import { type Stack, startStack } from './stack.ts';
import { benchTreaty } from './treaty.ts';

/** Seconds until the plan must have been drafted. */
const PATIENCE = 600;

export type Scene = {
  place: Place;
  treaty: Treaty;
  year: number;
  mailServer: MailServer;
  stack: Stack;
  people: People;
  /** Notes what somebody was told, and what was done to the product. */
  answered: (line: Unwritten<AnswerLine>) => void;
  struck: (line: Unwritten<BlowLine>) => void;
};

/** The product is up, and each Coordinator has the mail that asks. */
export async function setScene({
  place,
  seed,
  states,
  coordinators,
}: {
  place: Place;
  seed: number;
  states: number;
  coordinators: number;
}): Promise<Scene> {
  const { folder } = place;
  const { treaty, treatyFolder } = benchTreaty({ folder, states, coordinators });
  const mailServer = await startMailServer({ place, seed });
  const stack = await startStack({ place, treatyFolder, smtpUrls: mailServer.urls });
  const people = peopleAt({ baseUrl: stack.baseUrl, treaty, mailServer });
  const year = cycleYear({ policy: treaty.policy, on: new Date().toISOString().slice(0, 10), upcoming: true });
  await people.openCycle(year);
  const isAsked = (address: string) => mailServer.mail.messages({ to: address }).length > 0;
  const look = async () => coordinatorsOf(treaty).every(isAsked);
  await until({ what: 'the Coordinators are asked', seconds: PATIENCE, look });
  const answered = openLog<AnswerLine>(join(folder, 'answers.log'));
  const struck = openLog<BlowLine>(join(folder, 'blows.log'));
  return { place, treaty, year, mailServer, stack, people, answered, struck };
}

export function coordinatorsOf({ people }: Treaty): string[] {
  return people.filter(({ role }) => role === 'coordinator').map(({ email }) => email);
}
