import { activityInfo, heartbeat } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import type { Delivery } from '../adapters/post.ts';
import type { Prisma, Records } from '../adapters/records.ts';
import type { Deps } from './index.ts';

type Letter = Prisma.LetterGetPayload<object>;

/** How a letter ended, or that nobody knows. */
export type Ending = 'sent' | 'refused' | 'unknown';

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

/** Takes the letter for this attempt; earlier attempts are fenced off by its number. */
async function claim({ records, letterId, now }: { records: Records; letterId: string; now: number }): Promise<Letter> {
  const at = new Date(now);
  try {
    const [claimed] = await records.$queryRaw<Letter[]>`
      UPDATE "Letter" SET state = 'sending', attempt = attempt + 1, "claimedAt" = ${at}
      WHERE id = ${letterId}::uuid AND state IN ('queued', 'sending') RETURNING *`;
    return claimed ?? (await records.letter.findUniqueOrThrow({ where: { id: letterId } }));
  } catch (error) {
    if (!String(error).includes('FP001') && !String(error).includes('no approval of exactly this')) throw error;
    throw ApplicationFailure.nonRetryable(`Letter ${letterId} has no approval of exactly this`, 'NotApproved');
  }
}

/** The marker: committed before the final dot leaves. False: a later attempt owns the letter. */
async function mark({ records, letter, now }: { records: Records; letter: Letter; now: number }): Promise<boolean> {
  const at = new Date(now);
  const marked = await records.$executeRaw`
    WITH marked AS (
      UPDATE "Letter" SET state = 'committing'
      WHERE id = ${letter.id}::uuid AND attempt = ${letter.attempt} AND state = 'sending' RETURNING id
    )
    INSERT INTO "SendAttempt" ("letterId", attempt, event, detail, at)
    SELECT id, ${letter.attempt}, 'dot', '', ${at} FROM marked`;
  return marked === 1;
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

/** Writes how the letter ended, once, with the step of the board it was about: one statement, one commit. */
async function end({
  records,
  letter,
  from,
  state,
  response,
  now,
}: {
  records: Records;
  letter: Letter;
  from: string[];
  state: Ending;
  response: string;
  now: number;
}): Promise<Ending> {
  const at = new Date(now);
  const { id, attempt, purpose, occurrence, mimeSha256 } = letter;
  const detail = JSON.stringify({ letterId: id, purpose, occurrence, response });
  const written = await records.$executeRaw`
    WITH ended AS (
      UPDATE "Letter" SET state = ${state}, "endedAt" = ${at}, response = ${response}
      WHERE id = ${id}::uuid AND attempt = ${attempt} AND state = ANY(${from}) RETURNING "caseId", step, class
    ), attempted AS (
      INSERT INTO "SendAttempt" ("letterId", attempt, event, detail, at)
      SELECT ${id}::uuid, ${attempt}, ${state}, ${response}, ${at} FROM ended
    ), arrived AS (
      SELECT "caseId", step FROM ended WHERE class <> 'internal' AND ${state} = 'sent'
    ), reached AS (
      INSERT INTO "CaseStep" ("caseId", step, standing, at) SELECT "caseId", step, 'done', ${at} FROM arrived
      ON CONFLICT ("caseId", step) DO UPDATE SET at = EXCLUDED.at
    ), waits AS (
      UPDATE "Case" SET "waitingFor" = 'stateParty', "waitingSince" = ${at}
      WHERE id IN (SELECT "caseId" FROM arrived) AND "waitingFor" = 'date'
    )
    INSERT INTO "TimelineEntry" ("caseId", at, actor, door, act, detail, "contentHash")
    SELECT "caseId", ${at}, 'engine', 'engine', ${state}, ${detail}::jsonb, ${mimeSha256} FROM ended`;
  if (written === 1) return state;
  return (await records.letter.findUniqueOrThrow({ where: { id }, select: { state: true } })).state as Ending;
}

async function putBack({
  records,
  letter,
  why,
  now,
}: {
  records: Records;
  letter: Letter;
  why: string;
  now: number;
}): Promise<void> {
  const { id, attempt } = letter;
  const at = new Date(now);
  await records.$transaction(async (tx) => {
    const mine = { id, attempt, state: { in: ['sending', 'committing'] } };
    const { count } = await tx.letter.updateMany({ where: mine, data: { state: 'queued' } });
    if (count === 1)
      await tx.sendAttempt.createMany({ data: { letterId: id, attempt, event: 'later', detail: why, at } });
  });
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
