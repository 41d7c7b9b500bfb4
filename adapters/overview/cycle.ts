import { dateAt } from '../../domain/calendar.ts';
import type { MovedDates } from '../../domain/cycle.ts';
import type { PlanKey } from '../../domain/plan.ts';
import type { Records } from '../records.ts';

/** How far a cycle has come. `expected` is what its plan names; `opened` is how many of these cases there are. */
export type CycleProgress = { opened: number; received: number; sent: number; waiting: number };

export async function cycleProgress({
  records,
  treaty,
  year,
}: {
  records: Records;
  treaty: string;
  year: number;
}): Promise<CycleProgress> {
  const [progress] = await records.$queryRaw<[CycleProgress]>`
    WITH shown AS (SELECT id FROM "Case"
      WHERE treaty = ${treaty} AND year = ${year} AND "caseType" = 'report-intake')
    SELECT (SELECT count(*)::int FROM shown) AS opened,
      (SELECT count(DISTINCT "caseId")::int FROM "Submission" JOIN shown ON shown.id = "caseId") AS received,
      (SELECT count(*)::int FROM "Letter" l JOIN shown ON shown.id = l."caseId" WHERE state = 'sent' AND class <> 'internal') AS sent,
      (SELECT count(*)::int FROM "Letter" l JOIN shown ON shown.id = l."caseId"
        WHERE state IN ('queued', 'sending', 'committing') AND class <> 'internal') AS waiting`;
  return progress;
}

export type CycleFile = NonNullable<Awaited<ReturnType<typeof cycleFile>>>;

/** The cycle's case with the versions of its plan and the times its dates were moved; null when it is not open. */
export async function cycleFile({ records, cycleId }: { records: Records; cycleId: string }) {
  const [cycle, moves, asked] = await Promise.all([
    records.case.findUnique({
      where: { id: cycleId },
      include: {
        tasks: { where: { doneAt: null } },
        approvals: {
          include: { slots: { include: { person: true } }, decisions: { orderBy: { revision: 'asc' } } },
          orderBy: { version: 'desc' },
        },
      },
    }),
    records.dateChange.findMany({ where: { caseId: cycleId }, orderBy: { at: 'desc' } }),
    records.outbox.findFirst({ where: { workflowId: cycleId, kind: 'start' } }),
  ]);
  return { cycle, moves, isAsked: asked !== null };
}

/** The letters of the plan in force that have not been written, and the keys of those that have. */
export async function plannedAndWritten({
  records,
  cycleId,
  timeZone,
}: {
  records: Records;
  cycleId: string;
  timeZone: string;
}): Promise<{ planned: PlanKey[]; written: Set<string> }> {
  const rows = await records.$queryRaw<
    { caseId: string; purpose: string; occurrence: number; at: Date; isWritten: boolean }[]
  >`
    WITH plan AS (SELECT id FROM "Approval" WHERE "caseId" = ${cycleId} AND subject = 'plan' AND state = 'approved'
      ORDER BY version DESC LIMIT 1)
    SELECT i."caseId", i.purpose, i.occurrence, i."plannedAt" AS at, EXISTS (SELECT FROM "Letter" l
      WHERE l."caseId" = i."caseId" AND l.purpose = i.purpose AND l.occurrence = i.occurrence) AS "isWritten"
    FROM "ApprovalItem" i JOIN plan ON plan.id = i."approvalId" WHERE i."plannedAt" IS NOT NULL`;
  const keyOf = ({ caseId, purpose, occurrence }: (typeof rows)[number]) => `${caseId} ${purpose} ${occurrence}`;
  return {
    planned: rows
      .filter(({ isWritten }) => !isWritten)
      .map(({ caseId, purpose, occurrence, at }) => ({
        caseId,
        purpose,
        occurrence,
        on: dateAt(at.getTime(), timeZone),
      })),
    written: new Set(rows.filter(({ isWritten }) => isWritten).map(keyOf)),
  };
}

/** The dates of the cycle as last moved; undefined while they are the treaty's own. */
export async function latestMove({
  records,
  cycleId,
}: {
  records: Records;
  cycleId: string;
}): Promise<MovedDates | undefined> {
  const move = await records.dateChange.findFirst({ where: { caseId: cycleId }, orderBy: { at: 'desc' } });
  return move ? movedDates(move) : undefined;
}

function movedDates({ deadlineOn, meetingOn }: { deadlineOn: string; meetingOn: string }): MovedDates {
  return { deadlineOn: deadlineOn || null, meetingOn: meetingOn || null };
}
