import { setTimeout as pause } from 'node:timers/promises';
import { addDays, daysBetween } from '../domain/calendar.ts';
import { cycleDates } from '../domain/cycle.ts';
import type { IsoDate } from '../domain/treaty.ts';
import type { Director } from './director.ts';
import type { Robots } from './robots.ts';
import type { World } from './world.ts';

/** A step that takes longer than this says which cases it waits for. */
const SLOW_STEP_MS = 10_000;
/** How often the world looks around while a person thinks. */
const LOOK_MS = 300;

export type Progress = {
  day: IsoDate;
  dayNumber: number;
  of: number;
  received: number;
  sent: number;
  note: string | null;
};

/**
 * Plays a reporting year day by day: the clock jumps, the engine does what is due, robots answer. Returns how many days
 * passed. `waitsForPeople`: stands still while a Coordinator has something to decide.
 */
export async function playYear({
  world,
  robots,
  director,
  year,
  waitsForPeople,
  onProgress,
}: {
  world: World;
  robots: Robots;
  director: Director;
  year: number;
  waitsForPeople: boolean;
  onProgress: (progress: Progress) => void;
}): Promise<number> {
  const dates = cycleDates({ treaty: world.treaty, year });
  const first = world.today();
  const last = addDays(dates.closesOn, 2);
  const of = daysBetween(first, last) + 1;
  await robots.openCycle(year);
  await world.settle();
  for (let day = first; day <= last; day = addDays(day, 1)) {
    await director.turn(day);
    await watched(world, () => playDay({ world, robots, day }));
    const note = await undecided(world);
    if (note) director.decisionNeeded();
    onProgress({ day, dayNumber: daysBetween(first, day) + 1, of, ...(await counted(world)), note });
    if (note && waitsForPeople) await untilDecided(world);
  }
  director.over();
  return of;
}

async function playDay({ world, robots, day }: { world: World; robots: Robots; day: IsoDate }): Promise<void> {
  await world.passTo(day);
  while ((await robots.act()) > 0) await world.settle();
}

/** After the year: pages and mail stay alive, days pass when the console asks for them. Never returns. */
export async function stayOpen({ world, director }: { world: World; director: Director }): Promise<never> {
  let day = world.today();
  const passing = async () => {
    for (;;) {
      await director.turn(day);
      day = addDays(day, 1);
      await world.passTo(day);
    }
  };
  const living = async () => {
    for (;;) {
      await world.settle();
      await pause(LOOK_MS);
    }
  };
  return (await Promise.race([passing(), living()])) as never;
}

async function undecided({ records }: World): Promise<string | null> {
  const open = await records.approval.findFirst({ where: { state: 'open' }, select: { title: true, version: true } });
  return open ? `${open.title}, version ${open.version}, waits for the Coordinators` : null;
}

async function untilDecided(world: World): Promise<void> {
  while (await undecided(world)) {
    await pause(LOOK_MS);
    await world.settle();
  }
}

async function counted({ records }: World): Promise<{ sent: number; received: number }> {
  const [counts] = await records.$queryRaw<{ sent: number; received: number }[]>`
    SELECT (SELECT count(*)::int FROM "Letter" WHERE state = 'sent' AND class <> 'internal') AS sent,
      (SELECT count(DISTINCT "caseId")::int FROM "Submission") AS received`;
  return counts!;
}

/** Says what holds the clock when a day takes long: letters under way and facts not yet carried. */
async function watched<Result>(world: World, step: () => Promise<Result>): Promise<Result> {
  const timer = setInterval(async () => {
    const letters = await world.records.letter.findMany({
      where: { state: { in: ['queued', 'sending', 'committing'] } },
      select: { caseId: true, state: true, attempt: true },
      take: 5,
    });
    const facts = await world.records.outbox.findMany({
      where: { deliveredAt: null },
      select: { workflowId: true, name: true, lastError: true },
      take: 5,
    });
    console.error('This day takes long. Under way:', JSON.stringify({ letters, facts }));
  }, SLOW_STEP_MS);
  try {
    return await step();
  } finally {
    clearInterval(timer);
  }
}
