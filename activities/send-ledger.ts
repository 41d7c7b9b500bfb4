import { ApplicationFailure } from '@temporalio/common';
import type { Prisma, Records } from '../adapters/records.ts';

/** The rows of one letter on its way: taken, marked before the dot, ended. Each write names its attempt. */
export type Letter = Prisma.LetterGetPayload<object>;

/** How a letter ended, or that nobody knows. */
export type Ending = 'sent' | 'refused' | 'unknown';

/**
 * Takes the letter for this attempt; earlier attempts are fenced off by its number. Null: it is not to be taken, or not
 * while another letter of the case is just leaving for the same address, which goes first.
 */
export async function claim({
  records,
  letterId,
  now,
}: {
  records: Records;
  letterId: string;
  now: number;
}): Promise<Letter | null> {
  const at = new Date(now);
  try {
    const [claimed] = await records.$queryRaw<Letter[]>`
      UPDATE "Letter" l SET state = 'sending', attempt = attempt + 1, "claimedAt" = ${at}
      WHERE id = ${letterId}::uuid AND state IN ('queued', 'sending') AND NOT EXISTS (
        SELECT FROM "Letter" leaving WHERE leaving."caseId" = l."caseId" AND leaving.recipient = l.recipient
          AND leaving.id <> l.id AND l.class <> 'internal' AND leaving.state IN ('sending', 'committing'))
      RETURNING *`;
    return claimed ?? null;
  } catch (error) {
    if (!String(error).includes('FP001') && !String(error).includes('no approval of exactly this')) throw error;
    throw ApplicationFailure.nonRetryable(`Letter ${letterId} has no approval of exactly this`, 'NotApproved');
  }
}

/** The marker: committed before the final dot leaves. False: a later attempt owns the letter. */
export async function mark({
  records,
  letter,
  now,
}: {
  records: Records;
  letter: Letter;
  now: number;
}): Promise<boolean> {
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

/** Writes how the letter ended, once, with the step of the board it was about: one statement, one commit. */
export async function end({
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
      ON CONFLICT ("caseId", step) DO UPDATE SET at = EXCLUDED.at RETURNING 1
    ), waits AS (
      UPDATE "Case" SET "waitingFor" = 'stateParty', "waitingSince" = ${at}
      WHERE id IN (SELECT "caseId" FROM arrived) AND "waitingFor" = 'date' RETURNING 1
    )
    INSERT INTO "TimelineEntry" ("caseId", at, actor, door, act, detail, "contentHash")
    SELECT "caseId", ${at}, 'engine', 'engine', ${state}, ${detail}::jsonb, ${mimeSha256}
    FROM ended, (SELECT count(*) FROM reached) r, (SELECT count(*) FROM waits) w`;
  if (written === 1) return state;
  return (await records.letter.findUniqueOrThrow({ where: { id }, select: { state: true } })).state as Ending;
}

export async function putBack({
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
