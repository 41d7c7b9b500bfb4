import { type Rule, tally } from '../domain/approval.ts';
import { canonical } from '../domain/hash.ts';
import type { Proof, ProvenApproval, Told } from '../domain/proof.ts';
import { sha256 } from './chain.ts';

const GIVEN = new Set(['approved', 'superseded']);

/** Is each approval about exactly what its hash says, decided by those who were asked, and told in the timeline? */
export function approvalFaults({ approvals, told }: Pick<Proof, 'approvals'> & { told: Told[] }): string[] {
  return approvals.flatMap((approval) => [
    ...contentFaults(approval),
    ...decisionFaults(approval, told),
    ...endFaults(approval, told),
  ]);
}

function nameOf({ title, version }: ProvenApproval): string {
  return `“${title}”, version ${version}`;
}

function contentFaults(approval: ProvenApproval): string[] {
  const { summary, itemHashes, contentHash } = approval;
  const made = sha256(canonical({ summary, items: itemHashes }));
  return made === contentHash ? [] : [`${nameOf(approval)}: what it is about does not fit its hash.`];
}

function decisionFaults(approval: ProvenApproval, told: Told[]): string[] {
  const { approvers, askedById, contentHash } = approval;
  return approval.decisions.flatMap((decision) => {
    const { id, personId, choice, comment, at, door } = decision;
    const name = `${nameOf(approval)}, decision ${id}`;
    const isTold = told.some(
      ({ act, actor, door: by, at: when, detail, contentHash: of }) =>
        act === 'decided' &&
        detail['decisionId'] === id &&
        detail['choice'] === choice &&
        detail['comment'] === comment &&
        actor === personId &&
        by === door &&
        when === at &&
        of === contentHash,
    );
    return [
      ...(decision.contentHash === contentHash ? [] : [`${name}: was given for other content.`]),
      ...(approvers.includes(personId) ? [] : [`${name}: is by somebody who was not asked.`]),
      ...(personId === askedById ? [`${name}: is by the one who asked.`] : []),
      ...(isTold ? [] : [`${name}: the timeline does not tell it so.`]),
    ];
  });
}

/** An approval that was given was given by those whose yes it needs, before it ended. */
function endFaults(approval: ProvenApproval, told: Told[]): string[] {
  const { id, state, closedAt, rule, approvers, decisions, contentHash } = approval;
  if (state === 'open' || closedAt === null) return [];
  const isGiven = told.some(({ act, detail }) => act === 'approved' && detail['approvalId'] === id);
  if (!GIVEN.has(state) && !isGiven) return [];
  const isTold = told.some(
    ({ act, at, detail, contentHash: of }) =>
      ['approved', 'superseded'].includes(act) && detail['approvalId'] === id && of === contentHash && at >= closedAt,
  );
  const counted = decisions.filter(({ at }) => at <= closedAt);
  const isEnough = !isGiven || tally({ rule: rule as Rule, approvers, decisions: counted }) === 'approved';
  return [
    ...(isTold ? [] : [`${nameOf(approval)}: the timeline does not tell how it ended.`]),
    ...(isEnough ? [] : [`${nameOf(approval)}: counts as approved without the decisions it needs.`]),
  ];
}

/** From when an approval lets its letters leave, as ISO text; null when it was never given. */
export function freeFrom({ state, closedAt, holdMinutes }: ProvenApproval): string | null {
  if (!GIVEN.has(state) || closedAt === null) return null;
  return new Date(Date.parse(closedAt) + holdMinutes * 60_000).toISOString();
}
