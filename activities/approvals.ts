import { type Transaction, writeTimeline } from '../adapters/records.ts';
import { type ApprovalState, type GivenDecision, type Rule, tally } from '../domain/approval.ts';
import type { Deps } from './index.ts';
import { replaceWaiting } from './waiting-letters.ts';

export function approvalActivities({ records }: Deps) {
  return {
    /**
     * Ends the approval; what it replaces is superseded in the same moment, so no letter of the old version can leave:
     * one that waits follows the new version, or is cancelled because that writes it anew.
     * Ended already (a retry): returns how.
     */
    async closeApproval({
      approvalId,
      state,
      now,
    }: {
      approvalId: string;
      state: ApprovalState;
      now: number;
    }): Promise<ApprovalState> {
      const at = new Date(now);
      return await records.$transaction(async (tx) => {
        const ends = await lastWord(tx, { approvalId, state });
        const open = { id: approvalId, state: 'open' };
        const { count } = await tx.approval.updateMany({ where: open, data: { state: ends, closedAt: at } });
        const approval = await tx.approval.findUniqueOrThrow({ where: { id: approvalId } });
        if (count === 0) return approval.state as ApprovalState;
        const { caseId, subject, version, contentHash } = approval;
        const older = { caseId, subject, version: { lt: version }, state: { in: ['open', 'approved'] } };
        const replaced = ends === 'approved' ? await tx.approval.findMany({ where: older }) : [];
        await tx.approval.updateMany({
          where: { id: { in: replaced.map(({ id }) => id) } },
          data: { state: 'superseded' },
        });
        const letters = await replaceWaiting(tx, { superseded: replaced.map(({ id }) => id), at });
        const waiting = { waitingFor: ends === 'approved' ? 'date' : 'officer', waitingSince: at };
        await tx.case.update({ where: { id: caseId }, data: waiting });
        const about = subject === 'plan' ? {} : { subject };
        const detail = { approvalId, version, ...about };
        const entry = { caseId, at, actor: 'engine', door: 'engine' } as const;
        const superseded = replaced.map((old) => ({
          ...entry,
          act: 'superseded',
          detail: { approvalId: old.id, version: old.version, ...about },
          contentHash: old.contentHash,
        }));
        await writeTimeline(tx, ...superseded, ...letters, { ...entry, act: ends, detail, contentHash });
        return ends;
      });
    },
  };
}

/** A decision given after the workflow counted still counts: an approval ends as approved only if it is so now. */
async function lastWord(
  tx: Transaction,
  { approvalId, state }: { approvalId: string; state: ApprovalState },
): Promise<ApprovalState> {
  if (state !== 'approved') return state;
  await tx.$executeRaw`SELECT FROM "Approval" WHERE id = ${approvalId}::uuid FOR NO KEY UPDATE`;
  const approval = await tx.approval.findUniqueOrThrow({
    where: { id: approvalId },
    include: { slots: true, decisions: true },
  });
  const approvers = approval.slots.map(({ personId }) => personId);
  const now = tally({ rule: approval.rule as Rule, approvers, decisions: approval.decisions as GivenDecision[] });
  return now === 'open' ? 'withdrawn' : now;
}
