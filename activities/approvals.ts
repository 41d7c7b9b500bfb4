import { writeTimeline } from '../adapters/records.ts';
import type { ApprovalState } from '../domain/approval.ts';
import type { Deps } from './index.ts';

export function approvalActivities({ records }: Deps) {
  return {
    /**
     * Ends the approval; what it replaces is superseded in the same moment, so no letter of the old version can leave.
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
        const open = { id: approvalId, state: 'open' };
        const { count } = await tx.approval.updateMany({ where: open, data: { state, closedAt: at } });
        const approval = await tx.approval.findUniqueOrThrow({ where: { id: approvalId } });
        if (count === 0) return approval.state as ApprovalState;
        const { caseId, subject, version, contentHash } = approval;
        const older = { caseId, subject, version: { lt: version }, state: { in: ['open', 'approved'] } };
        const replaced = state === 'approved' ? await tx.approval.findMany({ where: older }) : [];
        await tx.approval.updateMany({
          where: { id: { in: replaced.map(({ id }) => id) } },
          data: { state: 'superseded' },
        });
        const waiting = { waitingFor: state === 'approved' ? 'date' : 'officer', waitingSince: at };
        await tx.case.update({ where: { id: caseId }, data: waiting });
        const detail = { approvalId, version };
        const entry = { caseId, at, actor: 'engine', door: 'engine' } as const;
        const superseded = replaced.map((old) => ({
          ...entry,
          act: 'superseded',
          detail: { approvalId: old.id, version: old.version },
          contentHash: old.contentHash,
        }));
        await writeTimeline(tx, ...superseded, { ...entry, act: state, detail, contentHash });
        return state;
      });
    },
  };
}
