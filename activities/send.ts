import { setTimeout as pause } from 'node:timers/promises';
import { activityInfo, heartbeat } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import type { Delivery } from '../adapters/post.ts';
import { type Records, writeTimeline } from '../adapters/records.ts';
import type { Deps } from './index.ts';
import { claim, type Ending, end, type Letter, mark, putBack } from './send-ledger.ts';
import { ASKS_IN_VAIN, cancelInVain, takeBack } from './waiting-letters.ts';

/** Minutes to the next try after a server said "later", by how many tries there have been; then every six hours. */
const LATER = [5, 15, 30, 60, 120, 240];
const LATER_AFTERWARDS = 360;
/** And while another letter of the case is just leaving for the same address. */
const AFTER_ANOTHER = 0.2;

export function sendActivities({ records, post }: Deps) {
  return {
    /**
     * Hands one letter over, at most once past the final dot. What a dead worker left before its marker is taken up
     * again; what it left behind its marker is `unknown` and for a person to settle. A server's "later" is retried. A
     * letter that asks for a report which has come meanwhile is `cancelled`.
     */
    async sendLetter({ letterId, now: asked }: { letterId: string; now: number }): Promise<Ending | 'cancelled'> {
      const now = Math.max(asked, activityInfo().currentAttemptScheduledTimestampMs);
      const inVain = await records.letter.findFirst({ where: { id: letterId, ...ASKS_IN_VAIN }, select: { id: true } });
      const letter = inVain ? null : await claim({ records, letterId, now });
      if (!letter) return await endingOf({ records, letterId, now });
      const delivery = await post.deliver({
        key: letter.id,
        attempt: letter.attempt,
        envelopeFrom: letter.envelopeFrom,
        envelopeTo: letter.recipient,
        mime: Buffer.from(letter.mime),
        beforeDot: () => mark({ records, letter, now }),
        heartbeat: () => heartbeat(),
      });
      return await conclude({ records, letter, delivery, now });
    },
  };
}

/**
 * The letter was not for us to send: it has ended, a dead worker left it behind its marker, or it asks in vain. What a
 * dead worker left before its marker is taken back in any case, so that no two letters wait for each other.
 */
async function endingOf({
  records,
  letterId,
  now,
}: {
  records: Records;
  letterId: string;
  now: number;
}): Promise<Ending | 'cancelled'> {
  const at = new Date(now);
  const state = await records.$transaction(async (tx) => {
    const taken = await takeBack(tx, { which: { id: letterId }, at });
    const cancelled = await cancelInVain(tx, { which: { id: letterId }, at });
    await writeTimeline(tx, ...taken, ...cancelled);
    return (await tx.letter.findUniqueOrThrow({ where: { id: letterId }, select: { state: true } })).state;
  });
  if (state === 'queued') throw later(AFTER_ANOTHER);
  return state as Ending | 'cancelled';
}

async function conclude({
  records,
  letter,
  delivery,
  now,
}: {
  records: Records;
  letter: Letter;
  delivery: Delivery;
  now: number;
}): Promise<Ending> {
  const known = { records, letter, now };
  const ends = (state: Ending, from: string[], response: string) =>
    persistently(() => end({ ...known, from, state, response }));
  switch (delivery.kind) {
    case 'accepted':
      return await ends('sent', ['committing', 'unknown'], delivery.response);
    case 'refused':
      return await ends('refused', ['sending', 'committing'], delivery.response);
    case 'unknown':
      return await ends('unknown', ['committing'], delivery.reason);
    case 'fenced':
      throw new Error('A later attempt has this letter');
    case 'deferred':
      await persistently(() => putBack({ ...known, why: delivery.response }));
      throw later(LATER[letter.attempt - 1] ?? LATER_AFTERWARDS);
    case 'unavailable':
      await persistently(() => putBack({ ...known, why: delivery.reason }));
      throw later(LATER[0]!);
  }
}

/** Seconds before what the mail server said is written down once more; together longer than a database's restart. */
const AGAIN_AFTER = [0.2, 0.5, 1, 2, 4, 6, 6];

/**
 * What the server said is known and must not become an unknown for a fault of the database that passes. Whatever the
 * fault is, there is nothing better to do than to try again, and then to give up.
 */
async function persistently<Result>(write: () => Promise<Result>): Promise<Result> {
  const pulse = setInterval(() => heartbeat(), 1_000);
  try {
    for (const seconds of AGAIN_AFTER) {
      const written = await write().then(
        (result) => ({ result }),
        () => null,
      );
      if (written) return written.result;
      await pause(seconds * 1_000);
    }
    return await write();
  } finally {
    clearInterval(pulse);
  }
}

/** Tried again later. What the server said stands in our rows: histories hold no text of others. */
function later(minutes: number): ApplicationFailure {
  return ApplicationFailure.create({
    message: 'Not handed over yet',
    type: 'Later',
    nextRetryDelay: minutes * 60_000,
    category: 'BENIGN',
  });
}
