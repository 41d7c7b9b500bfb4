import { createHash, randomUUID } from 'node:crypto';
import { type LinkToken, newLink } from '../../adapters/links.ts';
import type { Prisma, Records } from '../../adapters/records.ts';
import { caseIdOf } from '../../domain/case.ts';
import { cycleDates } from '../../domain/cycle.ts';
import type { PlanSummary } from '../../domain/plan.ts';
import type { Treaty } from '../../domain/treaty.ts';

const YEAR = 2027;
const DAY = 86_400_000;

/** So many open approvals, each of a cycle of its own and asked of one Coordinator by one link. Returns the links. */
export async function seedApprovals({
  records,
  treaty,
  count,
}: {
  records: Records;
  treaty: Treaty;
  count: number;
}): Promise<LinkToken[]> {
  const { id: personId } = await records.person.findFirstOrThrow({ where: { role: 'coordinator' } });
  const asked = Array.from({ length: count }, (_, at) => ({ ...approvalRows({ treaty, at }), link: newLink() }));
  await records.case.createMany({ data: asked.map((each) => each.cycle) });
  await records.approval.createMany({ data: asked.map((each) => each.approval) });
  await records.approvalSlot.createMany({ data: asked.map(({ approval }) => ({ approvalId: approval.id, personId })) });
  await records.link.createMany({
    data: asked.map(({ approval, link: { selector, secretHash } }) => ({
      selector,
      secretHash,
      purpose: 'decide',
      personId,
      approvalId: approval.id,
      caseId: approval.caseId,
      createdAt: approval.openedAt,
      expiresAt: approval.lapsesAt,
    })),
  });
  return asked.map(({ link }) => link);
}

function approvalRows({ treaty, at }: { treaty: Treaty; at: number }) {
  const openedAt = new Date();
  const caseId = caseIdOf({ treaty: treaty.id, year: 10_000 + at, caseType: 'annual-cycle' });
  const dates = cycleDates({ treaty, year: YEAR });
  const summary: PlanSummary = { dates, states: 112, letters: [], languages: { en: 112 }, change: null };
  const waiting = { waitingFor: 'coordinators', waitingSince: openedAt };
  return {
    cycle: { id: caseId, treaty: treaty.id, year: YEAR, caseType: 'annual-cycle', input: {}, openedAt, ...waiting },
    approval: {
      id: randomUUID(),
      caseId,
      subject: 'plan',
      version: 1,
      title: `Plan of letters for the ${YEAR} cycle`,
      contentHash: createHash('sha256').update(caseId).digest('hex'),
      rule: 'all',
      summary: summary as unknown as Prisma.InputJsonObject,
      openedAt,
      dueAt: new Date(openedAt.getTime() + 14 * DAY),
      lapsesAt: new Date(openedAt.getTime() + 28 * DAY),
      holdMinutes: 15,
      state: 'open',
    },
  };
}
