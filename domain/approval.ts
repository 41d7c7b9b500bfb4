/** What an approver may answer. There is no default, and silence is not one of them. */
export type Choice = 'approve' | 'requestChanges' | 'refuse' | 'abstain';
export const CHOICES: readonly Choice[] = ['approve', 'requestChanges', 'refuse', 'abstain'];

export type ApprovalState =
  | 'open'
  | 'approved'
  | 'changesRequested'
  | 'refused'
  | 'lapsed'
  | 'withdrawn'
  | 'superseded';

/** `all`: every approver must approve. `any`: the first one to approve or refuse decides. */
export type Rule = 'all' | 'any';

/** A decision as the workflow knows it: no name, no comment. The last revision of a person counts. */
export type GivenDecision = { id: string; personId: string; choice: Choice; revision: number };

/**
 * What the decisions so far amount to, or `open`. Asking for changes or refusing ends the round at once, whatever the
 * rule. Someone who abstains leaves it to the others; when all abstain, nobody has approved and it stays open.
 */
export function tally({
  rule,
  approvers,
  decisions,
}: {
  rule: Rule;
  approvers: readonly string[];
  decisions: readonly GivenDecision[];
}): ApprovalState {
  const last = approvers.map((personId) =>
    decisions
      .filter((each) => each.personId === personId)
      .sort((a, b) => a.revision - b.revision)
      .at(-1),
  );
  const choices = last.map((decision) => decision?.choice);
  if (choices.includes('refuse')) return 'refused';
  if (choices.includes('requestChanges')) return 'changesRequested';
  const approvals = choices.filter((choice) => choice === 'approve').length;
  if (approvals === 0) return 'open';
  if (rule === 'any') return 'approved';
  return choices.every((choice) => choice === 'approve' || choice === 'abstain') ? 'approved' : 'open';
}
