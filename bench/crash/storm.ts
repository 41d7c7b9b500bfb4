import { setTimeout as pause } from 'node:timers/promises';
import type { Chance } from '../../simulator/chance.ts';
import type { BlowLine, Part, Sender, Unwritten } from './log.ts';
import type { MailServer } from './mail-server.ts';
import type { Moment } from './peer.ts';
import type { Stack } from './stack.ts';

/** What is hit, when a letter is where (null: at any time), and how many milliseconds after that. */
export type Blow = {
  /** `worker`: the one whose letter was waited for, or either. */
  part: 'worker' | Exclude<Part, Sender> | 'web';
  aim: Moment | null;
  afterMs: number;
  /** Seconds; null: it is killed. */
  frozenFor: number | null;
};

const PARTS: Record<Blow['part'], number> = { worker: 50, postgres: 20, temporal: 15, web: 15 };
const AIMS: Record<Moment | 'none', number> = { none: 20, mail: 15, body: 30, dot: 15, answered: 20 };
/** In a hundred blows. Longer than an activity may be silent: the engine has it begun anew while the first still lives. */
const FREEZES = 4;
const FROZEN_FOR = 13;
/** The marker is set within milliseconds of the last byte, and the row written within as many of the answer. */
const LONGEST_DELAY: Record<Moment | 'none', number> = { none: 3_000, mail: 200, body: 6, dot: 300, answered: 4 };
/** A letter of a dead worker is taken up within half a minute. When none comes for longer, the blow falls all the same. */
const AIM_PATIENCE_MS = 45_000;

export function nextBlow(chance: Chance): Blow {
  const isFreeze = chance.between(1, 100) <= FREEZES;
  const part = isFreeze ? 'worker' : chance.pick(PARTS);
  const aim = isFreeze ? 'dot' : chance.pick(AIMS);
  // Pages have no letter in hand.
  const isAimed = aim !== 'none' && part !== 'web';
  const afterMs = chance.between(0, LONGEST_DELAY[isAimed ? aim : 'none']);
  return { part, aim: isAimed ? aim : null, afterMs, frozenFor: isFreeze ? FROZEN_FOR : null };
}

/** Strikes until so many kills have hit. What is hit is started again meanwhile, and may be hit while it starts. */
export async function storm({
  stack,
  mailServer,
  chance,
  kills,
  struck,
  beforeEach,
}: {
  stack: Stack;
  mailServer: MailServer;
  chance: Chance;
  kills: number;
  struck: (blow: Unwritten<BlowLine>) => void;
  beforeEach?: (killed: number) => void;
}): Promise<void> {
  for (let killed = 0; killed < kills; ) {
    beforeEach?.(killed);
    const { aim, afterMs, frozenFor, ...blow } = nextBlow(chance);
    const either: Part = chance.next() < 0.5 ? 'worker 1' : 'worker 2';
    const by = aim && (await mailServer.reaches(aim, AIM_PATIENCE_MS));
    await pause(afterMs);
    const part = blow.part === 'worker' ? (by ?? either) : blow.part;
    const hasHit = frozenFor ? stack.freeze(part, frozenFor) : stack.kill(part);
    if (hasHit) struck({ part, frozenFor });
    if (hasHit && !frozenFor) killed++;
  }
}
