/** ToR 8. Carry a reporting year: the letters approved, a report case for each State Party, the cut-off, the close. */
import type { ApprovalState } from '../domain/approval.ts';
import { plans, records } from './activities.ts';
import { askOfficer } from './steps/ask-officer.ts';
import { closeCase } from './steps/close-case.ts';
import { type CaseFile, openCase } from './steps/open-case.ts';
import { type OpenedApproval, seekApproval } from './steps/seek-approval.ts';
import { waitUntil } from './steps/wait.ts';

export type AnnualCycle = { caseId: string; year: number; openedBy: string; closesAt: number };

export type CycleOutcome = 'completed' | 'closed early';

export async function annualCycle({ caseId, year, openedBy, closesAt }: AnnualCycle): Promise<CycleOutcome> {
  const cycle = await openCase({ id: caseId, opening: { caseType: 'annual-cycle', year, openedBy } });

  const plan = await agreeOnPlan(cycle);
  if (!plan) return closeCase(cycle, 'closed early');
  await plans.startReportCases({ approvalId: plan.approvalId });

  while (await waitUntil({ caseFile: cycle, arrived: () => datesHaveMoved(cycle), until: () => closesAt }))
    await amend(cycle);
  return closeCase(cycle, 'completed');
}

/**
 * Drafts the year's letters and asks the Coordinators. Dates that move meanwhile withdraw the question and lead to a new
 * one. Whatever else is not a yes goes to the ISU: ask again, or end. Null: no plan was agreed.
 */
async function agreeOnPlan(cycle: CaseFile): Promise<OpenedApproval | null> {
  for (;;) {
    cycle.amended = cycle.amendments.length;
    const draft = {
      cycleId: cycle.id,
      version: cycle.planVersion + 1,
      changeId: changeActedOn(cycle),
      now: Date.now(),
    };
    const plan = await plans.draftPlan(draft);
    const state = plan.approvers.length === 0 ? 'noApprovers' : await putBefore(cycle, plan);
    if (state === 'approved') return plan;
    if (state === 'withdrawn') continue;
    const about = { approvalId: plan.approvalId, state };
    const answer = await askOfficer({ caseFile: cycle, kind: 'planNotApproved', about, answers: ['askAgain', 'end'] });
    if (answer === 'end') return null;
  }
}

async function putBefore(cycle: CaseFile, plan: OpenedApproval): Promise<ApprovalState> {
  cycle.planVersion += 1;
  // Letters of the plan in force that the new version says again were held back while it was drafted.
  await plans.announceSchedule({ cycleId: cycle.id });
  return await seekApproval({ caseFile: cycle, approval: plan, withdrawnWhen: () => datesHaveMoved(cycle) });
}

function datesHaveMoved(cycle: CaseFile): boolean {
  return cycle.amendments.length > cycle.amended;
}

/**
 * Moved dates lead to a new version of what has not been sent; until it is agreed the letters it changes wait. When the
 * ISU ends the question, the plan approved before goes on.
 */
async function amend(cycle: CaseFile): Promise<void> {
  const agreed = await agreeOnPlan(cycle);
  if (agreed) await plans.startReportCases({ approvalId: agreed.approvalId });
  else await records.keepPlan({ cycleId: cycle.id, changeId: changeActedOn(cycle), now: Date.now() });
  await plans.announceSchedule({ cycleId: cycle.id });
}

function changeActedOn({ amendments, amended }: CaseFile): string | null {
  return amendments[amended - 1]?.changeId ?? null;
}
