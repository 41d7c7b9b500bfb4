import { loadTreaty } from '../adapters/treaty.ts';
import { treatyFolder } from '../config/index.ts';
import { dateOf, longDate, plainDate } from '../domain/calendar.ts';
import { cycleYear } from '../domain/cycle.ts';
import { freePort } from '../embedded/ports.ts';
import { createChance } from '../simulator/chance.ts';
import { createDirector, type Director } from '../simulator/director.ts';
import { judge, type Verdict } from '../simulator/judge.ts';
import { type OnDay, playYear, stayOpen } from '../simulator/play.ts';
import { type YearPlayed, yearPlayed } from '../simulator/progress.ts';
import { createRobots } from '../simulator/robots.ts';
import { openWorld, type World } from '../simulator/world.ts';

export type DemoOptions = { seed: number; headless: boolean; json: boolean; pauseAt?: 'decision' };

/**
 * Plays the next reporting cycle that opens in the future, on the real workflows, with real mail and links. Returns the
 * exit code: 0 only if every promise held. Without `headless` it then stays open until Ctrl-C.
 */
export async function demo({ seed, headless, json, pauseAt }: DemoOptions): Promise<number> {
  const treaty = loadTreaty({ folder: treatyFolder(process.env) });
  const today = new Date().toISOString().slice(0, 10);
  const year = cycleYear({ policy: treaty.policy, on: today, upcoming: true });
  const startsOn = dateOf(year - 1, treaty.policy.report.opens);
  const director = createDirector({ waitsForPeople: pauseAt === 'decision' });
  say(
    `Playing the ${year} cycle of ${treaty.states.length} States Parties: from ${longDate(startsOn, 'en')}, seed ${seed}.`,
  );
  say('Starting a database, a clock that jumps, a mailbox and the console …');
  const ports = { web: await freePort(3100), mailbox: await freePort(3101) };
  const world = await openWorld({ treaty, startsOn, ports, simulation: director });
  const stop = stopOnSignal(world);
  sayLinks(world);
  const stage: Stage = { world, director, played: yearPlayed({ world, year }) };
  try {
    const verdict = await playAndJudge({ ...stage, seed, robotsDecide: pauseAt !== 'decision', json });
    if (!headless) {
      say('\nThe year is over. Console and mailbox stay open, and more days can pass; Ctrl-C ends.');
      sayLinks(world);
      await Promise.race([stayOpen(stage), stop.told]);
    }
    return verdict.broken.length === 0 ? 0 : 1;
  } finally {
    await stop.close();
  }
}

type Stage = { world: World; director: Director; played: YearPlayed };

async function playAndJudge({
  seed,
  robotsDecide,
  json,
  ...stage
}: Stage & { seed: number; robotsDecide: boolean; json: boolean }): Promise<Verdict> {
  const { world } = stage;
  const robots = createRobots({ doors: { ...world, chance: createChance(seed) }, decides: robotsDecide });
  let simulatedDays = 0;
  const tell = storyteller({ world, robotsDecide });
  await playYear({ ...stage, robots, onDay: (seen) => (tell(seen), (simulatedDays = seen.progress.dayNumber)) });
  const verdict = await judge(world);
  const wallSeconds = Math.round(process.uptime() * 10) / 10;
  report({ verdict, json, figures: { wallSeconds, simulatedDays, seed } });
  return verdict;
}

function sayLinks({ baseUrl, mailbox, treaty }: World): void {
  const admin = treaty.people.find((person) => person.role === 'admin');
  say(`  Console  ${baseUrl}   (sign in as ${admin?.email}; the link arrives in the mailbox)`);
  say(`  Mailbox  ${mailbox.webUrl}\n`);
}

/** A line a month, and whenever something else is waited for. */
function storyteller({ world, robotsDecide }: { world: World; robotsDecide: boolean }): OnDay {
  let month = '';
  let told = '';
  return ({ day, progress, undecided }) => {
    const { dayNumber, of, lettersSent, reportsIn, reportsDue, picture } = progress;
    if (day.slice(0, 7) === month && picture === told) return;
    month = day.slice(0, 7);
    const when = `${plainDate(day, 'en').padEnd(17)} day ${String(dayNumber).padStart(3)} of ${of}`;
    const reports = reportsDue > 0 ? `${reportsIn} of ${reportsDue} reports in` : 'none due yet';
    const counts = `${String(lettersSent).padStart(4)} letters sent  ${reports.padStart(21)}`;
    say(`  ${when}  ${counts}  ${picture}`);
    if (undecided && !robotsDecide && picture !== told)
      say(`  The clock stands still until you have decided: read the letters at ${world.mailbox.webUrl}`);
    told = picture;
  };
}

function report({
  verdict,
  json,
  figures,
}: {
  verdict: Verdict;
  json: boolean;
  figures: { wallSeconds: number; simulatedDays: number; seed: number };
}): void {
  const { broken, ...counts } = verdict;
  for (const sentence of broken) say(`  Broken: ${sentence}`);
  if (json) return say(JSON.stringify({ ...counts, ...figures }));
  say(
    `\n${counts.states} States Parties, ${counts.lettersSent} letters, ${counts.duplicates} of them twice. ` +
      `Reports: ${counts.reportsOnTime} on time, ${counts.reportsLate} late, ${counts.notReceived} not received by the cut-off. ` +
      `${figures.simulatedDays} days in ${figures.wallSeconds} s.`,
  );
}

/** Ctrl-C closes everything that was started, once. */
function stopOnSignal(world: World): { told: Promise<void>; close: () => Promise<void> } {
  let closing: Promise<void> | null = null;
  const close = () => (closing ??= world.close());
  const told = new Promise<void>((done) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      process.on(signal, () => {
        say('Closing …');
        done();
        void close().then(() => process.exit(130));
      });
  });
  return { told, close };
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
