import { type ApprovalState, type Rule, tally } from '../../domain/approval.ts';
import { records } from '../activities.ts';
import { assignTask } from './assign-task.ts';
import { writeTo } from './correspond.ts';
import type { CaseFile } from './open-case.ts';
import { waitUntil } from './wait.ts';

/** An approval that has been opened: who must decide, by when, when they are reminded. Instants in milliseconds. */
export type OpenedApproval = {
  approvalId: string;
  rule: Rule;
  approvers: string[];
  remindAt: number[];
  dueAt: number;
  lapsesAt: number;
};

type Asking = {
  caseFile: CaseFile;
  approval: OpenedApproval;
  /** The question itself has become void: dates moved, a newer version is on its way. */
  withdrawnWhen: () => boolean;
};

/**
 * Asks the approvers by email, reminds them, and waits for what they decide. Silence is an outcome: `lapsed`.
 * Each decision is answered with a receipt; the end is told to every approver.
 */
export async function seekApproval(asking: Asking): Promise<ApprovalState> {
  const { caseFile, approval } = asking;
  const { approvalId, approvers } = approval;
  caseFile.asked.push(approvalId);
  for (const personId of approvers)
    await writeTo({ caseFile, personId, purpose: 'approval-request', occurrence: 1, approvalId });
  const state = await decided(asking);
  caseFile.asked = caseFile.asked.filter((asked) => asked !== approvalId);
  const closed = await records.closeApproval({ approvalId, state, now: Date.now() });
  for (const personId of approvers)
    await writeTo({ caseFile, personId, purpose: 'approval-outcome', occurrence: 1, approvalId });
  return closed;
}

async function decided({ caseFile, approval, withdrawnWhen }: Asking): Promise<ApprovalState> {
  const given = () => caseFile.decisions.filter((each) => each.approvalId === approval.approvalId);
  const steps = stepsOf(approval);
  let receipted = 0;
  for (;;) {
    for (; receipted < given().length; receipted++) await receipt(caseFile, approval, given()[receipted]!);
    const state = tally({ rule: approval.rule, approvers: approval.approvers, decisions: given() });
    if (state !== 'open') return state;
    if (withdrawnWhen()) return 'withdrawn';
    const step = steps[0];
    if (!step) return 'lapsed';
    const arrived = () => given().length > receipted || withdrawnWhen();
    if (await waitUntil({ caseFile, arrived, until: () => step.at })) continue;
    await step.act(caseFile, approval);
    steps.shift();
  }
}

type Step = { at: number; act: (caseFile: CaseFile, approval: OpenedApproval) => Promise<void> };

/** What silence leads to, in order: reminders, a task for the ISU once it is overdue, the lapse. Never a yes. */
function stepsOf({ remindAt, dueAt, lapsesAt }: OpenedApproval): Step[] {
  const reminders = remindAt.map((at, index): Step => ({ at, act: (...case_) => remind(...case_, index + 1) }));
  return [...reminders, { at: dueAt, act: tellOverdue }, { at: lapsesAt, act: async () => {} }];
}

async function tellOverdue(caseFile: CaseFile, { approvalId }: OpenedApproval): Promise<void> {
  await assignTask({ caseFile, kind: 'approvalOverdue', about: { approvalId }, answers: ['noted'] });
}

async function receipt(
  caseFile: CaseFile,
  { approvalId }: OpenedApproval,
  decision: { personId: string; revision: number },
) {
  const { personId, revision } = decision;
  await writeTo({ caseFile, personId, purpose: 'decision-receipt', occurrence: revision, approvalId });
}

async function remind(
  caseFile: CaseFile,
  { approvalId, approvers }: OpenedApproval,
  occurrence: number,
): Promise<void> {
  const silent = approvers.filter(
    (personId) => !caseFile.decisions.some((each) => each.approvalId === approvalId && each.personId === personId),
  );
  for (const personId of silent)
    await writeTo({ caseFile, personId, purpose: 'approval-reminder', occurrence, approvalId });
}
