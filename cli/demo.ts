import { loadTreaty } from '../adapters/treaty.ts';
import { treatyFolder } from '../config/index.ts';
import { dateOf, longDate } from '../domain/calendar.ts';
import { cycleYear } from '../domain/cycle.ts';
import { freePort } from '../embedded/ports.ts';
import { createChance } from '../simulator/chance.ts';
import { createDirector, type Director } from '../simulator/director.ts';
import { judge, type Verdict } from '../simulator/judge.ts';
import { type Progress, playYear, stayOpen } from '../simulator/play.ts';
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
  const director = createDirector({ playing: true });
  say(
    `Playing the ${year} cycle of ${treaty.states.length} States Parties: from ${longDate(startsOn, 'en')}, seed ${seed}.`,
  );
  const ports = { web: await freePort(3100), mailbox: await freePort(3101) };
  const world = await openWorld({ treaty, startsOn, ports, simulation: director });
  const stop = stopOnSignal(world);
  sayLinks(world);
  try {
    const verdict = await playAndJudge({ world, director, year, seed, pauseAt, json });
    if (!headless) {
      say('\nThe year is over. Console and mailbox stay open; Ctrl-C ends.');
      sayLinks(world);
      await Promise.race([stayOpen({ world, director }), stop.told]);
    }
    return verdict.broken.length === 0 ? 0 : 1;
  } finally {
    await stop.close();
  }
}

async function playAndJudge({
  world,
  director,
  year,
  seed,
  pauseAt,
  json,
}: Pick<DemoOptions, 'seed' | 'pauseAt' | 'json'> & {
  world: World;
  director: Director;
  year: number;
}): Promise<Verdict> {
  const doors = { ...world, chance: createChance(seed) };
  const robots = createRobots({ doors, decides: pauseAt !== 'decision' });
  const onProgress = progressLine({ world });
  const days = await playYear({ world, robots, director, year, waitsForPeople: pauseAt === 'decision', onProgress });
  const verdict = await judge(world);
  const wallSeconds = Math.round(process.uptime() * 10) / 10;
  report({ verdict, json, figures: { wallSeconds, simulatedDays: days, seed } });
  return verdict;
}

function sayLinks({ baseUrl, mailbox, treaty }: World): void {
  const admin = treaty.people.find((person) => person.role === 'admin');
  say(`  Console  ${baseUrl}   (sign in as ${admin?.email}; the link arrives in the mailbox)`);
  say(`  Mailbox  ${mailbox.webUrl}`);
}

/** A line a month, and at once when people are waited for. */
function progressLine({ world }: { world: World }): (progress: Progress) => void {
  let month = '';
  let told: string | null = null;
  return ({ day, dayNumber, of, sent, received, note }) => {
    if (note && note !== told) say(`  ${longDate(day, 'en')}: ${note}. Read it at ${world.mailbox.webUrl}`);
    told = note;
    if (day.slice(0, 7) === month) return;
    month = day.slice(0, 7);
    say(
      `  ${longDate(day, 'en').padEnd(28)} day ${String(dayNumber).padStart(3)} of ${of}  ${sent} letters sent  ${received} reports in`,
    );
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
