import { heartbeat } from '@temporalio/activity';
import { writeTimeline } from '../adapters/records.ts';
import { endOfDay } from '../domain/calendar.ts';
import { referenceOf } from '../domain/case.ts';
import { type Due, reportsDue } from '../domain/cycle.ts';
import { planSummary, reportCaseId } from '../domain/plan.ts';
import type { Schedule } from '../workflows/messages.ts';
import type { ReportIntake } from '../workflows/report-intake.ts';
import type { Deps } from './index.ts';

/** Cases are started and told this many at a time. */
const BATCH = 25;

export function scheduleActivities(deps: Deps) {
  const { engine, records } = deps;
  return {
    /** Starts a case for each report that is due and has none yet: safe to run again, and for each new version. */
    async startReportCases({ approvalId }: { approvalId: string }): Promise<{ started: number }> {
      const due = await reportCases({ deps, approvalId });
      const opened = await records.case.findMany({
        where: { id: { in: due.map(({ caseId }) => caseId) } },
        select: { id: true },
      });
      const isOpened = new Set(opened.map(({ id }) => id));
      const cases = due.filter(({ caseId }) => !isOpened.has(caseId));
      await inBatches(cases, async (input) => {
        const summary = `${referenceOf(input.caseId)}: ${input.kind} report`;
        await engine.start({ workflow: 'reportIntake', workflowId: input.caseId, input, summary });
      });
      return { started: cases.length };
    },

    /**
     * Tells every open report case what it follows now: the plan approved last. Said also when nothing in it has
     * changed but letters it holds may have been held back meanwhile. Without such a plan there is nobody to tell.
     */
    async announceSchedule({ cycleId }: { cycleId: string }): Promise<void> {
      const plan = await records.approval.findFirst({ where: agreed(cycleId), ...LAST });
      if (!plan) return;
      const open = await records.case.findMany({
        where: { caseType: 'report-intake', closedAt: null },
        select: { id: true },
      });
      const isOpen = new Set(open.map(({ id }) => id));
      const cases = (await reportCases({ deps, approvalId: plan.id })).filter(({ caseId }) => isOpen.has(caseId));
      await inBatches(cases, async ({ caseId, schedule }) => {
        const message = { kind: 'signal', workflowId: caseId, name: 'scheduleChanged', id: plan.id } as const;
        // Tried again: it has closed meanwhile and is told nothing, or the engine will know it again.
        if ((await engine.tell({ ...message, payload: schedule })) === 'notRunning')
          throw new Error('Case not running');
        await records.case.updateMany({ where: { id: caseId }, data: { dueAt: new Date(schedule.dueAt) } });
        await records.$executeRaw`UPDATE "Case" SET input = jsonb_set(input, '{schedule}', ${JSON.stringify(schedule)}::jsonb) WHERE id = ${caseId}`;
      });
    },

    /**
     * The ISU has ended the question about newer dates: versions that were not agreed, and the change of dates that led
     * to them, no longer hold back what was approved before.
     */
    async keepPlan({
      cycleId,
      changeId,
      now,
    }: {
      cycleId: string;
      changeId: string | null;
      now: number;
    }): Promise<void> {
      const at = new Date(now);
      await records.$transaction(async (tx) => {
        const plan = await tx.approval.findFirstOrThrow({ where: agreed(cycleId), ...LAST });
        const newer = { caseId: cycleId, subject: 'plan', version: { gt: plan.version }, setAsideAt: null };
        const { count } = await tx.approval.updateMany({ where: newer, data: { setAsideAt: at } });
        if (count === 0 && plan.keptChangeId === changeId) return;
        await tx.approval.update({ where: { id: plan.id }, data: { keptChangeId: changeId } });
        await tx.case.update({ where: { id: cycleId }, data: { waitingFor: 'date', waitingSince: at } });
        const { id: approvalId, version, contentHash } = plan;
        const kept = { caseId: cycleId, at, actor: 'engine', door: 'engine', act: 'kept', contentHash } as const;
        await writeTimeline(tx, { ...kept, detail: { approvalId, version } });
      });
    },
  };
}

const agreed = (cycleId: string) => ({ caseId: cycleId, subject: 'plan', state: 'approved' });
const LAST = { orderBy: { version: 'desc' } } as const;

/** What each report case is started with, from the approved plan. Letters leave after the hold at the earliest. */
async function reportCases({ deps, approvalId }: { deps: Deps; approvalId: string }): Promise<ReportIntake[]> {
  const { records, treaty } = deps;
  const approval = await records.approval.findUniqueOrThrow({ where: { id: approvalId } });
  const { dates } = planSummary(approval);
  const items = await records.approvalItem.findMany({
    where: { approvalId, plannedAt: { not: null } },
    select: { caseId: true, purpose: true, occurrence: true, plannedAt: true },
    orderBy: { plannedAt: 'asc' },
  });
  const free = (approval.closedAt ?? approval.openedAt).getTime() + approval.holdMinutes * 60_000;
  const ladders = new Map<string, Schedule['ladder']>();
  for (const { caseId, purpose, occurrence, plannedAt } of items) {
    const ladder = ladders.get(caseId) ?? [];
    const isThere = ladder.some((rung) => rung.purpose === purpose && rung.occurrence === occurrence);
    if (!isThere) ladder.push({ purpose, occurrence, at: Math.max(plannedAt!.getTime(), free) });
    ladders.set(caseId, ladder);
  }
  const zone = treaty.policy.treatyTimeZone;
  return reportsDue({ states: treaty.states, dates }).map((due: Due) => {
    const caseId = reportCaseId({ treaty, year: dates.year, due });
    const ends = {
      freeAt: free,
      dueAt: endOfDay(due.dueOn, zone),
      cutOffAt: endOfDay(dates.cutOffOn, zone),
      closesAt: endOfDay(dates.closesOn, zone),
    };
    const schedule = { approvalId, ladder: ladders.get(caseId) ?? [], ...ends };
    return { caseId, iso3: due.iso3, kind: due.kind, year: dates.year, schedule };
  });
}

async function inBatches<Each>(all: Each[], act: (each: Each) => Promise<void>): Promise<void> {
  for (let from = 0; from < all.length; from += BATCH) {
    await Promise.all(all.slice(from, from + BATCH).map(act));
    heartbeat({ done: Math.min(from + BATCH, all.length), of: all.length });
  }
}
