import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { caseIdOf } from '../../domain/case.ts';
import { type Chance, createChance } from '../../simulator/chance.ts';
import { say, until } from '../pace.ts';
import { inPlace, type Place } from '../place.ts';
import { ROOT } from '../programs.ts';
import { insist } from './people.ts';
import { coordinatorsOf, type Scene, setScene } from './scene.ts';
import { storm } from './storm.ts';
import { left, statesWithCase, tryAgainNow } from './under-way.ts';
import type { Verdict } from './verdict.ts';

/** `keep`: a folder for what everybody noted. */
export type Run = { seed: number; letters: number; kills: number; keep?: string };

/** A short storm has fewer who decide. */
const coordinatorsFor = (kills: number) => Math.min(6, 2 + Math.floor(kills / 20));
/** Of all kills, while they decide and the cases are opened. */
const SHARE_WHILE_DECIDING = 0.15;
/** Seconds from the last blow until everything must have ended. */
const CALM = 600;
const BLOWS_UNTIL_NEXT_TRY = 5;

/**
 * One storm over the product: a cycle is opened and approved, reports come in, their receipts leave. Meanwhile its
 * processes are killed and its mail server fails. When all is calm and has ended, the judge looks at what is left.
 */
export async function runSeed({ seed, letters, kills, keep }: Run): Promise<Verdict> {
  return await inPlace(async (place) => {
    if (keep) place.afterwards(() => keepNotes({ place, folder: join(keep, `seed-${seed}`) }));
    const chance = createChance(seed);
    const whileDeciding = Math.round(kills * SHARE_WHILE_DECIDING);
    const scene = await setScene({ place, seed, states: letters, coordinators: coordinatorsFor(kills) });
    await decide({ scene, chance: chance.of('deciding'), kills: whileDeciding });
    await report({ scene, chance: chance.of('reporting'), kills: kills - whileDeciding });
    await calmDown(scene);
    return askJudge(scene);
  });
}

type Act = { scene: Scene; chance: Chance; kills: number };

/** One Coordinator after the other approves, until each State Party has its case. */
async function decide({ scene, chance, kills }: Act): Promise<void> {
  const { treaty, people, stack, answered } = scene;
  const approving = async () => {
    for (const address of coordinatorsOf(treaty)) {
      await pause(chance.between(0, 2_000));
      const { selector, choice, confirm } = await people.aboutToApprove(address);
      await insist('a decision is answered', confirm);
      answered({ what: 'decision', selector, choice });
    }
  };
  await Promise.all([approving(), storm({ ...scene, chance: chance.of('blows'), kills })]);
  const look = async () => (await statesWithCase(stack)) === treaty.states.length;
  await until({ what: 'each State Party has its case', seconds: CALM, everyMs: 250, look });
}

/** Reports come in as fast as things are killed, and now the mail server fails as well. */
async function report({ scene, chance, kills }: Act): Promise<void> {
  const { states } = scene.treaty;
  scene.mailServer.fails(true);
  const filings: Promise<void>[] = [];
  const beforeEach = (killed: number) => {
    const due = Math.ceil((states.length * (killed + 1)) / kills);
    for (const { iso3 } of states.slice(filings.length, due)) {
      const filing = file({ scene, iso3 });
      // One that fails is told of below, when the storm is over.
      filing.catch(() => {});
      filings.push(filing);
    }
    if (killed % BLOWS_UNTIL_NEXT_TRY === 0) void tryAgainNow(scene.stack);
  };
  await storm({ ...scene, chance, kills, beforeEach });
  await Promise.all(filings);
}

async function file({ scene, iso3 }: { scene: Scene; iso3: string }): Promise<void> {
  const { treaty, year, people, answered } = scene;
  const caseId = caseIdOf({ treaty: treaty.id, year, caseType: 'report-intake', iso3 });
  await people.fileReport({ caseId, stateName: iso3, year });
  answered({ what: 'report', caseId });
}

/** No more blows: what is under way comes to its end. What does not is for the judge to find. */
async function calmDown({ mailServer, stack }: Scene): Promise<void> {
  mailServer.fails(false);
  const look = async () => {
    if ((await left(stack)) === 0) return true;
    await tryAgainNow(stack);
    return false;
  };
  await until({ what: 'everything has ended', seconds: CALM, everyMs: 2_000, look }).catch((error: Error) =>
    say(`  ${error.message}`),
  );
}

function askJudge({ place, stack }: Scene): Verdict {
  const args = ['--import', 'tsx', 'bench/crash/judge.ts', place.folder];
  const env = { ...process.env, DATABASE_URL: stack.databaseUrl };
  const { stdout } = spawnSync(process.execPath, args, { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'inherit'] });
  return JSON.parse(stdout.toString().trim().split('\n').at(-1)!) as Verdict;
}

function keepNotes({ place, folder }: { place: Place; folder: string }): void {
  mkdirSync(folder, { recursive: true });
  const isNote = (name: string) => name.endsWith('.log');
  for (const name of readdirSync(place.folder).filter(isNote)) cpSync(join(place.folder, name), join(folder, name));
}
