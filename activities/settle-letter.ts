import { writeTimeline } from '../adapters/records.ts';
import type { LetterState } from '../domain/letter.ts';
import type { Deps } from './index.ts';
import { replaceWaiting, takeBack } from './waiting-letters.ts';

type Settling = { letterId: string; taskId: string; answer: string; now: number };

/**
 * How a letter stands that nobody is sending. `undelivered`: it waits, and trying was in vain. `notApproved`: no
 * approval is of exactly this. `heldBack`: one is, and it is not its time. `replaced`: a newer plan writes it anew.
 */
export type LetterStanding =
  | 'sent'
  | 'refused'
  | 'unknown'
  | 'cancelled'
  | 'undelivered'
  | 'notApproved'
  | 'heldBack'
  | 'replaced';

export function settlingActivities({ records }: Deps) {
  return {
    /**
     * Takes a letter back from whoever may still be sending it, and says how it stands. `isDenied`: the database
     * refused to let it leave.
     */
    async takeBackLetter({
      letterId,
      isDenied,
      now,
    }: {
      letterId: string;
      isDenied: boolean;
      now: number;
    }): Promise<LetterStanding> {
      const at = new Date(now);
      return await records.$transaction(async (tx) => {
        const taken = await takeBack(tx, { which: { id: letterId }, at });
        const { approvalId } = await tx.letter.findUniqueOrThrow({
          where: { id: letterId },
          select: { approvalId: true },
        });
        const replaced = approvalId ? await replaceWaiting(tx, { superseded: [approvalId], at }) : [];
        if (taken.length + replaced.length > 0) await writeTimeline(tx, ...taken, ...replaced);
        const [letter] = await tx.$queryRaw<[Found]>`
          SELECT l.state, l."replacedById" IS NOT NULL AS "isReplaced", EXISTS (
            SELECT FROM "Approval" a JOIN "ApprovalItem" i ON i."approvalId" = a.id
            WHERE a.id = l."approvalId" AND a.state = 'approved' AND i.hash = l."contentHash") AS "isApproved"
          FROM "Letter" l WHERE l.id = ${letterId}::uuid`;
        return standingOf(letter, isDenied);
      });
    },

    /**
     * Does what a person answered about a letter refused or in doubt. `queued`: the same bytes are to be sent again.
     * A late answer of the mail server may have settled it meanwhile: then nothing is changed.
     */
    async settleLetter(settling: Settling): Promise<{ queued: boolean }> {
      await settle({ records, settling });
      const { state } = await records.letter.findUniqueOrThrow({
        where: { id: settling.letterId },
        select: { state: true },
      });
      return { queued: state === 'queued' };
    },
  };
}

type Found = { state: LetterState; isReplaced: boolean; isApproved: boolean };

function standingOf({ state, isReplaced, isApproved }: Found, isDenied: boolean): LetterStanding {
  if (isReplaced) return 'replaced';
  if (state === 'queued') {
    if (!isDenied) return 'undelivered';
    return isApproved ? 'heldBack' : 'notApproved';
  }
  if (state === 'sending' || state === 'committing') throw new Error('A later attempt has this letter');
  return state;
}

/** What becomes of the letter; anything else leaves it, unsent. */
const STATE_BY_ANSWER: Record<string, LetterState> = { arrived: 'sent', sendAgain: 'queued' };

async function settle({ records, settling }: { records: Deps['records']; settling: Settling }): Promise<void> {
  const { letterId, taskId, answer } = settling;
  const at = new Date(settling.now);
  const state = STATE_BY_ANSWER[answer] ?? 'cancelled';
  const detail = JSON.stringify({ letterId, taskId, answer });
  await records.$executeRaw`
    WITH settled AS (
      UPDATE "Letter" SET state = ${state}, "endedAt" = CASE WHEN ${state} = 'queued' THEN NULL ELSE ${at}::timestamptz END
      WHERE id = ${letterId}::uuid AND state IN ('refused', 'unknown', 'queued') AND state <> ${state}
      RETURNING "caseId", step, class, "contentHash"
    ), reached AS (
      INSERT INTO "CaseStep" ("caseId", step, standing, at)
      SELECT "caseId", step, 'done', ${at} FROM settled WHERE ${state} = 'sent' AND class <> 'internal'
      ON CONFLICT ("caseId", step) DO NOTHING
    )
    INSERT INTO "TimelineEntry" ("caseId", at, actor, door, act, detail, "contentHash")
    SELECT "caseId", ${at}, 'engine', 'engine', 'settledLetter', ${detail}::jsonb, "contentHash" FROM settled`;
}
