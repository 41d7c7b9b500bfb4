import { setTimeout as pause } from 'node:timers/promises';
import { addDays } from '../domain/calendar.ts';
import { referenceOf } from '../domain/case.ts';
import type { IsoDate } from '../domain/treaty.ts';
import type { Progress } from '../web/deps.ts';
import type { Director } from './director.ts';
import { standingOf, type YearPlayed } from './progress.ts';
import type { Robots } from './robots.ts';
import type { World } from './world.ts';

/** A day that takes longer than this says what it waits for. */
const SLOW_DAY_MS = 10_000;
/** How often the world looks around while the clock stands still. */
const LOOK_MS = 300;

type Playing = { world: World; director: Director; played: YearPlayed };
/** A decision somebody must take, and where the year stands; after each day. */
export type OnDay = (seen: { day: IsoDate; progress: Progress; undecided: string | null }) => void;

/** Plays a reporting year day by day: the clock jumps, the engine does what is due, robots answer. */
export async function playYear({
  robots,
  onDay,
  ...playing
}: Playing & { robots: Robots; onDay: OnDay }): Promise<void> {
  const { world, director, played } = playing;
  await robots.openCycle(played.year);
  await world.settle();
  for (let day = played.first; day <= played.last; day = addDays(day, 1)) {
    await standStill({ ...playing, day: addDays(day, -1) });
    await watched(world, () => playDay({ world, robots, day }));
    onDay({ day, ...(await look({ ...playing, day })) });
  }
  director.over();
}

async function playDay({ world, robots, day }: { world: World; robots: Robots; day: IsoDate }): Promise<void> {
  await world.passTo(day);
  while ((await robots.act()) > 0) await world.settle();
}

/** After the year: pages and mail stay alive, days pass when the console asks for them. Never returns. */
export async function stayOpen({ world, director, played }: Playing): Promise<never> {
  for (let day = played.last; ; day = addDays(day, 1)) {
    await look({ world, director, played, day });
    await standStill({ world, director, played, day });
    await world.passTo(addDays(day, 1));
  }
}

/**
 * Until the next day may pass: what people bring meanwhile, a decision or a report, takes effect within a moment and
 * not only with the next day.
 */
async function standStill({ world, director, played, day }: Playing & { day: IsoDate }): Promise<void> {
  const turn = director.turn().then(() => true);
  while (!(await Promise.race([turn, pause(LOOK_MS, false)]))) {
    await world.settle();
    await look({ world, director, played, day });
  }
}

async function look({ world, director, played, day }: Playing & { day: IsoDate }) {
  const standing = await standingOf({ world, played, day });
  director.show(standing.progress);
  director.decisionIsOpen(standing.undecided !== null);
  return standing;
}

/** Says what holds the clock when a day takes long: letters under way and facts not yet carried. */
async function watched<Result>(world: World, step: () => Promise<Result>): Promise<Result> {
  const timer = setInterval(async () => {
    const letters = await world.records.letter.findMany({
      where: { state: { in: ['queued', 'sending', 'committing'] } },
      select: { caseId: true, state: true },
      take: 5,
    });
    const facts = await world.records.outbox.findMany({
      where: { deliveredAt: null },
      select: { workflowId: true, name: true },
      take: 5,
    });
    const held = [
      ...letters.map(({ caseId, state }) => `a letter of ${referenceOf(caseId)} (${state})`),
      ...facts.map(({ workflowId, name }) => `${referenceOf(workflowId)}, to be told of ${name}`),
    ];
    console.error(`  This day takes long. Waited for: ${held.join('; ') || 'the engine'}.`);
  }, SLOW_DAY_MS);
  try {
    return await step();
  } finally {
    clearInterval(timer);
  }
}
