import type { MovedDates } from '../../domain/cycle.ts';
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

/** The dates of the cycle as last moved, unless that was let be; undefined while they are the treaty's own. */
export async function latestMove({
  records,
  cycleId,
}: {
  records: Records;
  cycleId: string;
}): Promise<MovedDates | undefined> {
  const plan = await records.approval.findFirst({
    where: { caseId: cycleId, subject: 'plan', state: 'approved' },
    orderBy: { version: 'desc' },
    select: { answersChangeId: true, keptChangeId: true },
  });
  const newest = await records.dateChange.findFirst({ where: { caseId: cycleId }, orderBy: { at: 'desc' } });
  const isLetBe = newest !== null && newest.id === plan?.keptChangeId;
  const id = isLetBe ? plan?.answersChangeId : newest?.id;
  const move = id ? await records.dateChange.findUnique({ where: { id } }) : null;
  return move ? movedDates(move) : undefined;
}

function movedDates({ deadlineOn, meetingOn }: { deadlineOn: string; meetingOn: string }): MovedDates {
  return { deadlineOn: deadlineOn || null, meetingOn: meetingOn || null };
}
