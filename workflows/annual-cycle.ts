/** ToR 8. Carry a reporting year: the letters approved, a report case for each State Party, the cut-off, the close. */
import { plans } from './activities.ts';
import type { AmendmentMessage } from './messages.ts';
import { askOfficer } from './steps/assign-task.ts';
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
  await plans.startReportCases({ cycleId: caseId, approvalId: plan.approvalId, now: Date.now() });

  const amendmentCame = () => cycle.amendments.length > cycle.amended;
  while (await waitUntil({ caseFile: cycle, arrived: amendmentCame, until: () => closesAt }))
    await amend(cycle, cycle.amendments[cycle.amended++]!);
  return closeCase(cycle, 'completed');
}

/**
 * Drafts the year's letters and asks the Coordinators. Whatever is not a yes goes to the ISU: ask again with what was
 * changed meanwhile, or end. Null: no plan was agreed.
 */
async function agreeOnPlan(cycle: CaseFile, change?: AmendmentMessage) {
  for (;;) {
    const plan = await plans.draftPlan({
      cycleId: cycle.id,
      version: ++cycle.planVersion,
      changeId: change?.changeId ?? null,
      now: Date.now(),
    });
    const state =
      plan.approvers.length === 0 ? 'noApprovers' : await seekApproval(cycle, plan satisfies OpenedApproval);
    if (state === 'approved') return plan;
    const about = { approvalId: plan.approvalId, state };
    const answer = await askOfficer({ caseFile: cycle, kind: 'planNotApproved', about, answers: ['askAgain', 'end'] });
    if (answer === 'end') return null;
  }
}

/** Moved dates lead to a new version of what has not been sent; until it is agreed the letters it changes wait. */
async function amend(cycle: CaseFile, change: AmendmentMessage): Promise<void> {
  const agreed = await agreeOnPlan(cycle, change);
  await plans.announceSchedule({ cycleId: cycle.id, approvalId: agreed?.approvalId ?? null, now: Date.now() });
}
