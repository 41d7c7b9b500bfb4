import type { Prisma, TimelineAct, Transaction } from '../adapters/records.ts';
import { ASKING } from '../domain/plan.ts';

/**
 * What becomes of letters that wait to be handed over and will not be, or not by whom they were taken. Each function
 * works in the caller's transaction and returns the entries for the timeline, which the caller writes last.
 */

/** Why a letter that was written is not sent. */
type Why = 'reported' | 'counted' | 'overtaken' | 'replaced' | 'closed';

const ASKS = { purpose: { in: [...ASKING] } };
const IS_REPORTED = { submissions: { some: {} } };
const IS_COUNTED = { outcome: { not: null } };

/** A letter that asks for a report which is there, or whose absence has been counted. */
export const ASKS_IN_VAIN = {
  ...ASKS,
  case: { OR: [IS_REPORTED, IS_COUNTED] },
} satisfies Prisma.LetterWhereInput;

/** Cancels those of these letters that wait and ask in vain. */
export async function cancelInVain(
  tx: Transaction,
  { which, at }: { which: { id: string } | { caseId: string }; at: Date },
): Promise<TimelineAct[]> {
  const reported = { which: { ...which, ...ASKS, case: IS_REPORTED }, why: 'reported', at } as const;
  const counted = { which: { ...which, ...ASKS, case: IS_COUNTED }, why: 'counted', at } as const;
  return [...(await cancelWaiting(tx, reported)), ...(await cancelWaiting(tx, counted))];
}

const SHOWN = { id: true, caseId: true, purpose: true, occurrence: true, contentHash: true } as const;
type Shown = { id: string; caseId: string; purpose: string; occurrence: number; contentHash: string };

/** Cancels the letters that wait, and ends the questions about them. One that is being handed over is left alone. */
export async function cancelWaiting(
  tx: Transaction,
  { which, why, at }: { which: Prisma.LetterWhereInput; why: Why; at: Date },
): Promise<TimelineAct[]> {
  const cancelled = await tx.letter.updateManyAndReturn({
    where: { ...which, state: 'queued' },
    data: { state: 'cancelled', endedAt: at },
    select: SHOWN,
  });
  return await endQuestions(tx, { cancelled, why, at });
}

async function endQuestions(
  tx: Transaction,
  { cancelled, why, at }: { cancelled: Shown[]; why: Why; at: Date },
): Promise<TimelineAct[]> {
  if (cancelled.length === 0) return [];
  const ids = cancelled.map(({ id }) => id);
  await tx.$executeRaw`
    UPDATE "Task" SET "doneAt" = ${at} WHERE "doneAt" IS NULL AND about ->> 'letterId' = ANY (${ids})`;
  return cancelled.map((letter) => entry({ letter, act: 'cancelled', at, said: { why } }));
}

function entry({
  letter,
  act,
  at,
  said,
}: {
  letter: Shown;
  act: string;
  at: Date;
  said: Record<string, string>;
}): TimelineAct {
  const { id, caseId, purpose, occurrence, contentHash } = letter;
  const detail = { letterId: id, purpose, occurrence, ...said };
  return { caseId, at, actor: 'engine', door: 'engine', act, detail, contentHash };
}

const NO_ANSWER = 'The worker stopped between handing the letter over and hearing the answer';

/**
 * Takes letters back from a worker that has died, or is too late: before its marker nothing was delivered and its
 * attempt is fenced off; behind it nobody knows. An answer that comes all the same still settles the latter.
 */
export async function takeBack(
  tx: Transaction,
  { which, at }: { which: { id: string } | { caseId: string }; at: Date },
): Promise<TimelineAct[]> {
  await tx.letter.updateMany({
    where: { ...which, state: 'sending' },
    data: { state: 'queued', attempt: { increment: 1 } },
  });
  const lost = await tx.letter.updateManyAndReturn({
    where: { ...which, state: 'committing' },
    data: { state: 'unknown', endedAt: at, response: NO_ANSWER },
    select: { ...SHOWN, attempt: true },
  });
  const attempts = lost.map(({ id, attempt }) => ({ letterId: id, attempt, event: 'unknown', detail: NO_ANSWER, at }));
  await tx.sendAttempt.createMany({ data: attempts });
  return lost.map((letter) => entry({ letter, act: 'unknown', at, said: { response: NO_ANSWER } }));
}

/**
 * Settles what waits under versions of a plan that have been superseded. A letter that the version in force says in
 * the same words follows it; one that it says otherwise is cancelled and leaves its place to the new one; one that it
 * does not hold at all is left for a person.
 */
export async function replaceWaiting(
  tx: Transaction,
  { superseded, at }: { superseded: string[]; at: Date },
): Promise<TimelineAct[]> {
  await tx.$executeRaw`
    UPDATE "Letter" l SET "approvalId" = fresh.id
    FROM "Approval" old JOIN "Approval" fresh ON fresh."caseId" = old."caseId" AND fresh.subject = old.subject
    JOIN "ApprovalItem" same ON same."approvalId" = fresh.id
    WHERE old.id = ANY (${superseded}::uuid[]) AND old.state = 'superseded' AND fresh.state = 'approved'
      AND l."approvalId" = old.id AND l.state = 'queued' AND l.class <> 'internal' AND same.hash = l."contentHash"`;
  const cancelled = await tx.$queryRaw<Shown[]>`
    UPDATE "Letter" l SET state = 'cancelled', "endedAt" = ${at}, "replacedById" = fresh.id
    FROM "Approval" old JOIN "Approval" fresh ON fresh."caseId" = old."caseId" AND fresh.subject = old.subject
    WHERE old.id = ANY (${superseded}::uuid[]) AND old.state = 'superseded' AND fresh.state = 'approved'
      AND l."approvalId" = old.id AND l.state = 'queued' AND l.class <> 'internal'
      AND EXISTS (SELECT FROM "ApprovalItem" anew WHERE anew."approvalId" = fresh.id AND anew."caseId" = l."caseId"
        AND anew.purpose = l.purpose AND (anew.occurrence = l.occurrence OR l.purpose = 'receipt'))
    RETURNING l.id::text, l."caseId", l.purpose, l.occurrence, l."contentHash"`;
  return await endQuestions(tx, { cancelled, why: 'replaced', at });
}
