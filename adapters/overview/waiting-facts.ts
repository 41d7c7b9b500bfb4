import type { WaitingFacts } from '../../domain/fact-words.ts';
import type { Records } from '../records.ts';

/**
 * Facts that were tried five times or are older than ten minutes, and those behind them, by what holds up their case.
 * Measured by the database's clock, which dated them.
 */
export async function waitingFacts({ records }: { records: Records }): Promise<WaitingFacts[]> {
  return await records.$queryRaw<WaitingFacts[]>`
    SELECT sum(facts)::int AS count, min(since) AS since, reason, array_agg("workflowId" ORDER BY since) AS "caseIds"
    FROM (SELECT "workflowId", count(*) AS facts, min("createdAt") AS since, max("lastError") AS reason
      FROM "Outbox" WHERE "deliveredAt" IS NULL GROUP BY "workflowId"
      HAVING max(attempts) >= 5 OR min("createdAt") < now() - interval '10 minutes') waiting
    GROUP BY reason ORDER BY since`;
}
