import { dateAt, instantOf } from '../domain/calendar.ts';
import type { Question } from '../domain/question.ts';
import type { Records } from './records.ts';

/** What happened to so many letters of one kind between two versions. */
export type Difference = {
  kind: 'added' | 'removed' | 'moved' | 'reworded' | 'readdressed';
  purpose: string;
  before: Date | null;
  after: Date | null;
  count: number;
  stateParties: string[];
};

/**
 * What is different from the version this one is compared with, letters of one kind and day together. A letter the new
 * version leaves out because it has been sent meanwhile, or because its day had passed, is no difference.
 */
export async function differences({
  records,
  approval,
  timeZone,
}: {
  records: Records;
  approval: Question & { id: string; caseId: string; openedAt: Date };
  timeZone: string;
}): Promise<Difference[]> {
  const since = approval.subject === 'plan' && approval.summary.change?.since;
  if (!since) return [];
  const draftedOn = new Date(instantOf(dateAt(approval.openedAt.getTime(), timeZone), '00:00', timeZone));
  return await records.$queryRaw<Difference[]>`
    WITH previous AS (SELECT id FROM "Approval" WHERE "caseId" = ${approval.caseId} AND subject = ${approval.subject}
      AND version = ${since}),
    compared AS (
      SELECT coalesce(n."stateParty", o."stateParty") AS state, coalesce(n.purpose, o.purpose) AS purpose,
        o."plannedAt" AS before, n."plannedAt" AS after,
        CASE WHEN o.hash IS NULL THEN 'added' WHEN n.hash IS NULL THEN 'removed'
          WHEN o."plannedAt" IS DISTINCT FROM n."plannedAt" THEN 'moved'
          WHEN o.recipient <> n.recipient THEN 'readdressed' ELSE 'reworded' END AS kind
      FROM (SELECT * FROM "ApprovalItem" WHERE "approvalId" = (SELECT id FROM previous)) o
      FULL JOIN (SELECT * FROM "ApprovalItem" WHERE "approvalId" = ${approval.id}::uuid) n
        ON (n."caseId", n.purpose, n.occurrence, n."contactId") = (o."caseId", o.purpose, o.occurrence, o."contactId")
      WHERE o.hash IS DISTINCT FROM n.hash AND NOT (n.hash IS NULL AND (coalesce(o."plannedAt" < ${draftedOn}, false)
        OR EXISTS (SELECT FROM "Letter" l WHERE (l."caseId", l.purpose, l.occurrence) = (o."caseId", o.purpose, o.occurrence)
          AND l."replacedById" IS NULL AND l.state NOT IN ('queued', 'sending')))))
    SELECT kind, purpose, before, after, count(*)::int AS count, array_agg(DISTINCT state) AS "stateParties"
    FROM compared GROUP BY kind, purpose, before, after ORDER BY coalesce(after, before), kind, purpose`;
}
