import { dateAt } from '../domain/calendar.ts';
import { type AgreedLetter, type PlanSoFar, planKey, planSummary } from '../domain/plan.ts';
import type { IsoDate, Treaty } from '../domain/treaty.ts';
import type { Records } from './records.ts';

type Wanted = { records: Records; treaty: Treaty; cycleId: string };

/** A letter in one of these states has not passed the final dot: a new version of the plan may still say otherwise. */
const NOT_HANDED_OVER = ['queued', 'sending'];

/** What has been written of a cycle's letters and what was agreed before: the ground the next version is drafted on. */
export async function planSoFar({ records, treaty, cycleId }: Wanted): Promise<PlanSoFar> {
  const { year } = await records.case.findUniqueOrThrow({ where: { id: cycleId }, select: { year: true } });
  const about = { treaty: treaty.id, year, caseType: 'report-intake' };
  const [letters, invitations, base] = await Promise.all([
    records.letter.findMany({
      where: { class: { not: 'internal' }, replacedById: null, case: about },
      select: { caseId: true, purpose: true, occurrence: true, state: true },
    }),
    records.approvalItem.findMany({
      where: {
        purpose: 'invitation',
        plannedAt: { not: null },
        approval: { caseId: cycleId, subject: 'plan', state: { in: ['approved', 'superseded'] } },
      },
      select: { caseId: true, plannedAt: true },
      orderBy: { approval: { version: 'asc' } },
    }),
    baseOf({ records, treaty, cycleId }),
  ]);
  const written = new Set(letters.filter(({ state }) => !NOT_HANDED_OVER.includes(state)).map(planKey));
  return {
    written,
    waiting: new Set(letters.map(planKey).filter((key) => !written.has(key))),
    invitedOn: new Map(invitations.map(({ caseId, plannedAt }) => [caseId, dayOf(plannedAt!, treaty)])),
    base,
  };
}

async function baseOf({ records, treaty, cycleId }: Wanted): Promise<PlanSoFar['base']> {
  const versions = await records.approval.findMany({
    where: { caseId: cycleId, subject: 'plan' },
    select: { id: true, version: true, state: true, summary: true },
    orderBy: { version: 'desc' },
  });
  const base = versions.find(({ state }) => state === 'approved') ?? versions[0];
  if (!base) return null;
  const { deadlineOn } = planSummary(base).dates;
  const items = await records.approvalItem.findMany({
    where: { approvalId: base.id },
    select: { caseId: true, purpose: true, occurrence: true, contactId: true, template: true, plannedAt: true },
  });
  const letters = items.map(({ template, plannedAt, ...key }): AgreedLetter => {
    const on = plannedAt && dayOf(plannedAt, treaty);
    return { ...key, on, deadlineOn: template.includes('/initial-') ? null : deadlineOn };
  });
  return { version: base.version, isApproved: base.state === 'approved', letters };
}

function dayOf(at: Date, { policy }: Treaty): IsoDate {
  return dateAt(at.getTime(), policy.treatyTimeZone);
}
