import { type ApprovalState, type Rule, tally } from '../../domain/approval.ts';
import { records } from '../activities.ts';
import { writeTo } from './correspond.ts';
import type { CaseFile } from './open-case.ts';
import { waitUntil } from './wait.ts';

/** An approval that has been opened: who must decide, by when, when they are reminded. Instants in milliseconds. */
export type OpenedApproval = {
  approvalId: string;
  rule: Rule;
  approvers: string[];
  remindAt: number[];
  lapsesAt: number;
};

/**
 * Asks the approvers by email, reminds them, and waits for what they decide. Silence is an outcome: `lapsed`.
 * Each decision is answered with a receipt; the end is told to every approver.
 */
export async function seekApproval(caseFile: CaseFile, approval: OpenedApproval): Promise<ApprovalState> {
  const { approvalId, approvers } = approval;
  caseFile.asked.push(approvalId);
  for (const personId of approvers)
    await writeTo({ caseFile, personId, purpose: 'approval-request', occurrence: 1, approvalId });
  const state = await decided(caseFile, approval);
  caseFile.asked = caseFile.asked.filter((asked) => asked !== approvalId);
  const closed = await records.closeApproval({ approvalId, state, now: Date.now() });
  for (const personId of approvers)
    await writeTo({ caseFile, personId, purpose: 'approval-outcome', occurrence: 1, approvalId });
  return closed;
}

async function decided(caseFile: CaseFile, approval: OpenedApproval): Promise<ApprovalState> {
  const given = () => caseFile.decisions.filter((each) => each.approvalId === approval.approvalId);
  let receipted = 0;
  let reminded = 0;
  for (;;) {
    const state = tally({ rule: approval.rule, approvers: approval.approvers, decisions: given() });
    for (; receipted < given().length; receipted++) await receipt(caseFile, approval, given()[receipted]!);
    if (state !== 'open') return state;
    if (approval.lapsesAt <= Date.now()) return 'lapsed';
    const next = () => approval.remindAt[reminded] ?? approval.lapsesAt;
    const answered = await waitUntil({ caseFile, arrived: () => given().length > receipted, until: next });
    if (!answered && reminded < approval.remindAt.length) await remind(caseFile, approval, ++reminded);
  }
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
