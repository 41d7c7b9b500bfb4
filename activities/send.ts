import { activityInfo, heartbeat } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import type { Delivery } from '../adapters/post.ts';
import type { Records } from '../adapters/records.ts';
import type { Deps } from './index.ts';
import { claim, type Ending, end, type Letter, mark, putBack } from './send-ledger.ts';

/** Minutes to the next try after a server said "later", by how many tries there have been; then every six hours. */
const LATER = [5, 15, 30, 60, 120, 240];
const LATER_AFTERWARDS = 360;

export function sendActivities({ records, post }: Deps) {
  return {
    /**
     * Hands one letter over, at most once past the final dot. What a dead worker left before its marker is taken up
     * again; what it left behind its marker is `unknown` and for a person to settle. A server's "later" is retried.
     */
    async sendLetter({ letterId, now: asked }: { letterId: string; now: number }): Promise<Ending> {
      const now = Math.max(asked, activityInfo().currentAttemptScheduledTimestampMs);
      const letter = await claim({ records, letterId, now });
      if (letter.state !== 'sending') return await endingOf({ records, letter, now });
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

/** The letter was not for us to send: it has ended, or a dead worker left it behind its marker. */
async function endingOf({ records, letter, now }: { records: Records; letter: Letter; now: number }): Promise<Ending> {
  if (letter.state === 'sent' || letter.state === 'refused' || letter.state === 'unknown') return letter.state;
  if (letter.state !== 'committing') throw ApplicationFailure.nonRetryable(`Letter is ${letter.state}`, 'Conflict');
  const reason = 'The worker stopped between handing the letter over and hearing the answer';
  return await end({ records, letter, from: ['committing'], state: 'unknown', response: reason, now });
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
  switch (delivery.kind) {
    case 'accepted':
      return await end({ ...known, from: ['committing', 'unknown'], state: 'sent', response: delivery.response });
    case 'refused':
      return await end({ ...known, from: ['sending', 'committing'], state: 'refused', response: delivery.response });
    case 'unknown':
      return await end({ ...known, from: ['committing'], state: 'unknown', response: delivery.reason });
    case 'fenced':
      throw new Error('A later attempt has this letter');
    case 'deferred':
      await putBack({ ...known, why: delivery.response });
      throw later(letter.attempt);
    case 'unavailable':
      await putBack({ ...known, why: delivery.reason });
      throw later(1);
  }
}

/** Tried again later. What the server said stands in our rows: histories hold no text of others. */
function later(attempt: number): ApplicationFailure {
  const minutes = LATER[attempt - 1] ?? LATER_AFTERWARDS;
  return ApplicationFailure.create({
    message: 'Not handed over yet',
    type: 'Later',
    nextRetryDelay: minutes * 60_000,
    category: 'BENIGN',
  });
}
