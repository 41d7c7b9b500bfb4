import { heartbeat } from '@temporalio/activity';
import { endOfDay } from '../domain/calendar.ts';
import { referenceOf } from '../domain/case.ts';
import { type Due, reportsDue } from '../domain/cycle.ts';
import type { PlanSummary } from '../domain/plan.ts';
import type { Schedule } from '../workflows/messages.ts';
import type { ReportIntake } from '../workflows/report-intake.ts';
import type { Deps } from './index.ts';
import { reportCaseId } from './plan-letters.ts';

/** Cases are started and told this many at a time. */
const BATCH = 25;

type FromPlan = { cycleId: string; approvalId: string; now: number };

export function scheduleActivities(deps: Deps) {
  const { engine, records } = deps;
  return {
    /** Starts a case for each report that is due. Those started already are left alone: safe to run again. */
    async startReportCases({ approvalId }: FromPlan): Promise<{ started: number }> {
      const cases = await reportCases({ deps, approvalId });
      await inBatches(cases, async (input) => {
        const summary = `${referenceOf(input.caseId)}: ${input.kind} report`;
        await engine.start({ workflow: 'reportIntake', workflowId: input.caseId, input, summary });
      });
      return { started: cases.length };
    },

    /** Tells every open report case what it follows now: the plan just agreed, or without one the last that was. */
    async announceSchedule({
      cycleId,
      approvalId,
      now,
    }: Omit<FromPlan, 'approvalId'> & { approvalId: string | null }): Promise<void> {
      const agreed = { caseId: cycleId, subject: 'plan', state: 'approved' };
      const plan = await records.approval.findFirst({
        where: agreed,
        orderBy: { version: 'desc' },
        select: { id: true },
      });
      const followed = approvalId ?? plan?.id;
      if (!followed) return;
      await records.case.update({ where: { id: cycleId }, data: { waitingFor: 'date', waitingSince: new Date(now) } });
      const open = await records.case.findMany({
        where: { caseType: 'report-intake', closedAt: null },
        select: { id: true },
      });
      const isOpen = new Set(open.map(({ id }) => id));
      const cases = (await reportCases({ deps, approvalId: followed })).filter(({ caseId }) => isOpen.has(caseId));
      await inBatches(cases, async ({ caseId, schedule }) => {
        const message = { kind: 'signal', workflowId: caseId, name: 'scheduleChanged', id: followed } as const;
        await engine.tell({ ...message, payload: schedule });
        await records.case.updateMany({ where: { id: caseId }, data: { dueAt: new Date(schedule.dueAt) } });
        await records.$executeRaw`UPDATE "Case" SET input = jsonb_set(input, '{schedule}', ${JSON.stringify(schedule)}::jsonb) WHERE id = ${caseId}`;
      });
    },
  };
}

/** What each report case is started with, from the approved plan. Letters leave after the hold at the earliest. */
async function reportCases({ deps, approvalId }: { deps: Deps; approvalId: string }): Promise<ReportIntake[]> {
  const { records, treaty } = deps;
  const approval = await records.approval.findUniqueOrThrow({ where: { id: approvalId } });
  const { dates } = approval.summary as unknown as PlanSummary;
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
