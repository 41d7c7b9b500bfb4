import pg from 'pg';

/** The rows the judge reads, as the database holds them; moments in milliseconds. */
export type Rows = {
  people: { id: string; email: string }[];
  letters: {
    id: string;
    caseId: string;
    step: string;
    purpose: string;
    occurrence: number;
    recipient: string;
    class: string;
    approvalId: string | null;
    personId: string | null;
    contentHash: string;
    messageId: string;
    mimeSha256: string;
    state: string;
  }[];
  approvals: { id: string; caseId: string; state: string; closedAt: number | null; holdMinutes: number }[];
  slots: { approvalId: string; personId: string }[];
  items: {
    approvalId: string;
    hash: string;
    caseId: string;
    recipient: string;
    purpose: string;
    occurrence: number;
    plannedAt: number | null;
  }[];
  decisions: {
    id: string;
    approvalId: string;
    personId: string;
    revision: number;
    choice: string;
    linkSelector: string | null;
    at: number;
  }[];
  facts: { id: string; isDelivered: boolean; lastError: string | null }[];
  submissions: { id: string; caseId: string; version: number }[];
  tasks: { caseId: string; kind: string; about: Record<string, string | number> }[];
};

const millis = (column: string) => `(extract(epoch FROM "${column}") * 1000)::float8 AS "${column}"`;

const QUERIES: Record<keyof Rows, string> = {
  people: `SELECT id, email FROM "Person"`,
  letters: `SELECT id, "caseId", step, purpose, occurrence, recipient, class, "approvalId", "personId", "contentHash",
    "messageId", "mimeSha256", state FROM "Letter"`,
  approvals: `SELECT id, "caseId", state, ${millis('closedAt')}, "holdMinutes" FROM "Approval"`,
  slots: `SELECT "approvalId", "personId" FROM "ApprovalSlot"`,
  items: `SELECT "approvalId", hash, "caseId", recipient, purpose, occurrence, ${millis('plannedAt')} FROM "ApprovalItem"`,
  decisions: `SELECT id, "approvalId", "personId", revision, choice, "linkSelector", ${millis('at')} FROM "Decision"`,
  facts: `SELECT id, "deliveredAt" IS NOT NULL AS "isDelivered", "lastError" FROM "Outbox"`,
  submissions: `SELECT id, "caseId", version FROM "Submission"`,
  tasks: `SELECT "caseId", kind, about FROM "Task"`,
};

/** All of it, of one moment, over a connection of the judge's own. */
export async function readRows({ url }: { url: string }): Promise<Rows> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const rows: Record<string, unknown[]> = {};
    for (const [name, query] of Object.entries(QUERIES)) rows[name] = (await client.query(query)).rows;
    return rows as Rows;
  } finally {
    await client.end();
  }
}
