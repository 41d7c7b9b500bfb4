import { Connection } from '@temporalio/client';
import { withConnection } from '../../embedded/connection.ts';
import type { Stack } from './stack.ts';

const NAMESPACE = 'secretariat';
const UNDER_WAY = `state IN ('queued', 'sending', 'committing')`;

const UNHEARD = `SELECT count(*) FROM "Outbox" WHERE "deliveredAt" IS NULL`;

/** What has not come to its end: letters, facts, and letters that follow from facts and are not written yet. */
const LEFT = `SELECT
  (SELECT count(*) FROM "Letter" WHERE ${UNDER_WAY}) + (${UNHEARD})
  + (SELECT count(*) FROM "Submission" s WHERE NOT EXISTS (SELECT FROM "Letter" l
      WHERE l."caseId" = s."caseId" AND l.purpose = 'receipt' AND l.occurrence = s.version))
  + (SELECT count(*) FROM "ApprovalSlot" s WHERE NOT EXISTS (SELECT FROM "Letter" l
      WHERE l."approvalId" = s."approvalId" AND l."personId" = s."personId" AND l.purpose = 'approval-outcome')) AS count`;
const CASES = `SELECT count(*) FROM "Case" WHERE "caseType" = 'report-intake' AND kind = 'annual'`;
const WAITING = `SELECT DISTINCT "caseId" FROM "Letter" WHERE ${UNDER_WAY}`;

type Database = Pick<Stack, 'databaseUrl'>;

/** How much has not come to its end; null while the database is away. */
export async function left({ databaseUrl }: Database): Promise<number | null> {
  return await count({ databaseUrl, query: LEFT });
}

/** How many facts have not reached their case; null while the database is away. */
export async function unheard({ databaseUrl }: Database): Promise<number | null> {
  return await count({ databaseUrl, query: UNHEARD });
}

/** How many States Parties have the case of their annual report; null while the database is away. */
export async function statesWithCase({ databaseUrl }: Database): Promise<number | null> {
  return await count({ databaseUrl, query: CASES });
}

/**
 * Letters the mail server wanted later are tried at once, as an operator can have the engine do: the bench has no hours
 * to wait. What is in somebody's hands is left alone. Nothing happens while the database or the engine is away.
 */
export async function tryAgainNow({ databaseUrl, temporalAddress }: Stack): Promise<void> {
  try {
    const rows = await select<{ caseId: string }>({ databaseUrl, query: WAITING });
    const connection = await Connection.connect({ address: temporalAddress, connectTimeout: 1_000 });
    try {
      for (const { caseId } of rows) await hurry({ connection, workflowId: caseId }).catch(() => {});
    } finally {
      await connection.close();
    }
  } catch {
    // The storm goes on; there will be another try.
  }
}

async function hurry({ connection, workflowId }: { connection: Connection; workflowId: string }): Promise<void> {
  const { workflowService } = connection;
  const one = { namespace: NAMESPACE, execution: { workflowId } };
  const { pendingActivities } = await workflowService.describeWorkflowExecution(one);
  for (const { activityId, activityType, nextAttemptScheduleTime } of pendingActivities) {
    if (activityType?.name !== 'sendLetter' || !nextAttemptScheduleTime) continue;
    await workflowService.resetActivity({ ...one, id: activityId! });
  }
}

async function count({ databaseUrl, query }: Database & { query: string }): Promise<number | null> {
  const [row] = await select<{ count: string }>({ databaseUrl, query }).catch(() => []);
  return row ? Number(row.count) : null;
}

async function select<Row extends object>({ databaseUrl, query }: Database & { query: string }): Promise<Row[]> {
  return await withConnection({ url: databaseUrl, run: async (client) => (await client.query<Row>(query)).rows });
}
