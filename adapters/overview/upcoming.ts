import type { Records } from '../records.ts';

/** A letter that leaves unless a report comes first. */
export type UpcomingLetter = {
  caseId: string;
  stateParty: string;
  purpose: string;
  occurrence: number;
  language: string;
  recipient: string;
  subject: string;
  text: string;
  plannedAt: Date;
  /** False: the plan it stands in is still before the Coordinators. */
  isApproved: boolean;
  approvalId: string;
  hash: string;
};

/**
 * The letters that leave until this moment by the plans that hold: of each cycle the latest version that is approved or
 * being decided. Left out is what was written, what a later letter of the same case has overtaken, what falls
 * after the cut-off, and every case with a report, an outcome or an end.
 */
export async function upcomingLetters({
  records,
  treaty,
  until,
}: {
  records: Records;
  treaty: string;
  until: Date;
}): Promise<UpcomingLetter[]> {
  return await records.$queryRaw<UpcomingLetter[]>`
    WITH plan AS (
      SELECT DISTINCT ON (a."caseId", a.subject) a.id, a.state, a."caseId",
        (a.summary -> 'dates' ->> 'cutOffOn')::date + 1 AS "endsOn"
      FROM "Approval" a JOIN "Case" c ON c.id = a."caseId" AND c.treaty = ${treaty} AND c."closedAt" IS NULL
      WHERE a.state IN ('approved', 'open') ORDER BY a."caseId", a.subject, a.version DESC
    ), written AS (
      SELECT l."caseId", l.purpose, l.occurrence, i."plannedAt"
      FROM "Letter" l LEFT JOIN "ApprovalItem" i ON i."approvalId" = l."approvalId" AND i.hash = l."contentHash"
      WHERE l.class <> 'internal' AND l."replacedById" IS NULL
    )
    SELECT i."caseId", i."stateParty", i.purpose, i.occurrence, i.language, i.recipient, i.subject, i.text,
      i."plannedAt", i."approvalId"::text, i.hash,
      plan.state = 'approved' OR EXISTS (SELECT FROM "ApprovalItem" same JOIN "Approval" old ON old.id = same."approvalId"
        WHERE same.hash = i.hash AND old.state = 'approved' AND old."caseId" = plan."caseId") AS "isApproved"
    FROM plan JOIN "ApprovalItem" i ON i."approvalId" = plan.id
    WHERE i."plannedAt" < ${until} AND (plan."endsOn" IS NULL OR i."plannedAt" < plan."endsOn")
      AND NOT EXISTS (SELECT FROM "Case" c WHERE c.id = i."caseId" AND (c.outcome IS NOT NULL OR c."closedAt" IS NOT NULL))
      AND NOT EXISTS (SELECT FROM "Submission" s WHERE s."caseId" = i."caseId")
      AND NOT EXISTS (SELECT FROM written w WHERE w."caseId" = i."caseId"
        AND ((w.purpose = i.purpose AND w.occurrence = i.occurrence) OR w."plannedAt" > i."plannedAt"))
    ORDER BY i."plannedAt", i."stateParty", i.purpose, i.occurrence`;
}
