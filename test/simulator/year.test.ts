import { setTimeout as pause } from 'node:timers/promises';
import { jest } from '@jest/globals';
import { createChance } from '../../simulator/chance.ts';
import { createDirector } from '../../simulator/director.ts';
import { playYear } from '../../simulator/play.ts';
import { yearPlayed } from '../../simulator/progress.ts';
import { createRobots } from '../../simulator/robots.ts';
import type { Progress } from '../../web/deps.ts';
import { openDoors, reportOf } from '../support/doors.ts';
import { missionOf, openSecretariat, reportCase, type Secretariat, treatyOf, YEAR } from '../support/secretariat.ts';

/** On an idle machine it takes a moment, and two months a few seconds; what counts is the date on which it happens. */
const PATIENCE_MS = 100_000;
jest.setTimeout(2 * PATIENCE_MS);

/** A winter is enough. */
const END = '2031-02-15';
const director = createDirector({ waitsForPeople: true });
const days: { day: string; progress: Progress }[] = [];
const APPROVES = { choice: 'approve', comment: '' } as const;
let secretariat: Secretariat;
let doors: ReturnType<typeof openDoors>;
let year: Promise<void>;

beforeAll(async () => {
  secretariat = await openSecretariat({ treaty: treatyOf(['LAO', 'NOR']), simulation: director });
  doors = openDoors(secretariat);
  const robots = createRobots({ doors: { ...secretariat, chance: createChance(1) }, decides: false });
  const played = { ...yearPlayed({ world: secretariat, year: YEAR }), last: END };
  year = playYear({ world: secretariat, robots, director, played, onDay: (seen) => days.push(seen) });
});
afterAll(() => secretariat.close());

/** The demonstration's own loop carries what people bring; nobody but it moves anything. */
async function soon(holds: () => Promise<boolean> | boolean): Promise<void> {
  const until = Date.now() + PATIENCE_MS;
  while (!(await holds()) && Date.now() < until) await pause(50);
  expect(await holds()).toBe(true);
}

describe('a demonstration in which a person decides', () => {
  it('stands still while the Coordinators are asked', async () => {
    await director.standsStill();
    expect(secretariat.today()).toBe('2030-10-01');
    expect(director.state().progress?.picture).toContain('the Coordinators are asked');
  });

  it('answers a decision with its receipt within a moment, on the same day', async () => {
    const [first] = secretariat.coordinators;
    const mails = secretariat.mailbox.messages({ to: first!.email }).length;
    await doors.decide(first!, APPROVES);
    await soon(() => secretariat.mailbox.messages({ to: first!.email }).length > mails);
    expect(director.state().mode).toBe('waiting');
    expect(secretariat.today()).toBe('2030-10-01');
  });

  it('goes on once the last one has decided, and stands still when it is paused', async () => {
    await doors.decide(secretariat.coordinators[1]!, APPROVES);
    await soon(() => secretariat.mailbox.messages({ to: missionOf('LAO') }).length > 0);
    director.pause();
    await director.standsStill();
    const stoodOn = secretariat.today();
    await pause(500);
    expect(secretariat.today()).toBe(stoodOn);
  });

  it('sends the receipt of a report that comes while the clock stands still', async () => {
    const receipts = async () => (await secretariat.sentTo('LAO')).filter((letter) => letter.endsWith('receipt'));
    const before = (await receipts()).length;
    const stoodOn = secretariat.today();
    const file = await reportOf('LAO', 1);
    await doors.reportByLink({ mission: missionOf('LAO'), caseId: reportCase('LAO'), file });
    await soon(async () => (await receipts()).length > before);
    expect(secretariat.today()).toBe(stoodOn);
    await soon(() => director.state().progress?.reportsIn === 1);
  });

  it('goes on to the end when asked, and tells on the way what is waited for', async () => {
    director.goOn();
    await year;
    expect(director.state().mode).toBe('over');
    expect([...new Set(days.map(({ progress }) => progress.picture))]).toEqual([
      'Plan of letters for the 2031 cycle, version 1: the Coordinators are asked',
      'States Parties are invited from 1 December 2030',
      'States Parties report, until 30 April 2031',
    ]);
    expect(days.at(-1)).toMatchObject({
      day: END,
      progress: { dayNumber: days.length, of: days.length, reportsDue: 2 },
    });
  });

  it('dates what arrives by the minute in which it was written', async () => {
    const messages = secretariat.mailbox.messages();
    const apart = messages.map(({ date, receivedAt }) => Math.abs(date!.getTime() - receivedAt.getTime()));
    expect(messages.length).toBeGreaterThan(8);
    expect(Math.max(...apart)).toBeLessThan(60_000);
  });
});
