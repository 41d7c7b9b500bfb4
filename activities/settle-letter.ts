import type { LetterState } from '../domain/letter.ts';
import type { Deps } from './index.ts';

type Settling = { letterId: string; taskId: string; answer: string; now: number };

export function settlingActivities({ records }: Deps) {
  return {
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
