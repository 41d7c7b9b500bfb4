import { resolve } from 'node:path';
import { MockActivityEnvironment } from '@temporalio/testing';
import { createActivities } from '../../activities/index.ts';
import { recordDecision } from '../../adapters/decisions.ts';
import { createLetters } from '../../adapters/letters.ts';
import { newLink, writeToken } from '../../adapters/links.ts';
import type { Records } from '../../adapters/records.ts';
import { endOfDay } from '../../domain/calendar.ts';
import { caseIdOf } from '../../domain/case.ts';
import type { Treaty } from '../../domain/treaty.ts';
import { seedRegister } from '../../prisma/seed.ts';

/** Rows as the workflows would have written them, for tests of the doors alone. */

export const YEAR = 2028;
export const CYCLE = caseIdOf({ treaty: 'ccm', year: YEAR, caseType: 'annual-cycle' });
export const MAIL_FROM = 'secretariat@isu.example';
const BASE_URL = 'http://localhost:3000';
export const letters = createLetters({ folder: resolve(import.meta.dirname, '../../templates') });

const WEEK = 7 * 86_400_000;

export type Seeding = { records: Records; treaty: Treaty; now: Date };

/** People, addresses, and a cycle opened by the ISU's admin. */
export async function seedCycleCase({ records, treaty, now }: Seeding): Promise<void> {
  await seedRegister({ records, treaty, now });
  const admin = await records.person.findFirstOrThrow({ where: { role: 'admin' } });
  const opened = { openedAt: now, waitingFor: 'coordinators', waitingSince: now };
  await records.case.create({
    data: {
      id: CYCLE,
      treaty: treaty.id,
      year: YEAR,
      caseType: 'annual-cycle',
      input: { openedBy: admin.id },
      ...opened,
    },
  });
}

/** A version of the plan, drafted by the very activity that drafts it in the product. Returns its approval's id. */
export async function seedPlan(
  { records, treaty, now }: Seeding,
  version = 1,
  changeId: string | null = null,
): Promise<string> {
  const outside = { post: {} as never, engine: {} as never, baseUrl: BASE_URL, mailFrom: MAIL_FROM };
  const { draftPlan } = createActivities({ records, treaty, letters, ...outside });
  const draft = { cycleId: CYCLE, version, changeId, now: now.getTime() };
  const plan = (await new MockActivityEnvironment().run(draftPlan as never, draft as never)) as { approvalId: string };
  return plan.approvalId;
}

/** A link to an approval as it stands in the email: `selector.secret`. */
export async function seedDecisionLink(
  { records, now }: Seeding,
  link: {
    approvalId: string;
    personId: string;
    expiresAt?: Date;
  },
): Promise<string> {
  const { selector, secret, secretHash } = newLink();
  const about = { purpose: 'decide', approvalId: link.approvalId, personId: link.personId };
  const expiresAt = link.expiresAt ?? new Date(now.getTime() + 8 * WEEK);
  await records.link.create({ data: { selector, secretHash, ...about, createdAt: now, expiresAt } });
  return writeToken({ selector, secret });
}

/** A report case that waits for its State Party, and the link of its newest letter. */
export async function seedReportCase(
  { records, treaty, now }: Seeding,
  given: {
    iso3: string;
    kind?: 'annual' | 'initial';
    expiresAt?: Date;
    closedAt?: Date;
  },
): Promise<{ caseId: string; token: string }> {
  const { iso3, kind = 'annual', closedAt = null } = given;
  const part = kind === 'initial' ? 'initial' : undefined;
  const caseId = caseIdOf({ treaty: treaty.id, year: YEAR, caseType: 'report-intake', iso3, part });
  const about = { treaty: treaty.id, year: YEAR, caseType: 'report-intake', stateParty: iso3, kind };
  const standing = { waitingFor: 'stateParty', waitingSince: now, openedAt: now, closedAt };
  const dueAt = new Date(endOfDay(`${YEAR}-04-30`, treaty.policy.treatyTimeZone));
  const row = { ...about, input: {}, dueAt, ...standing };
  await records.case.upsert({ where: { id: caseId }, create: { id: caseId, ...row }, update: row });
  return { caseId, token: await seedUploadLink({ records, treaty, now }, { caseId, expiresAt: given.expiresAt }) };
}

export async function seedUploadLink(
  { records, now }: Seeding,
  link: { caseId: string; expiresAt?: Date },
): Promise<string> {
  const { selector, secret, secretHash } = newLink();
  const expiresAt = link.expiresAt ?? new Date(now.getTime() + 50 * WEEK);
  const row = { selector, secretHash, purpose: 'upload', caseId: link.caseId, createdAt: now, expiresAt };
  await records.link.create({ data: row });
  return writeToken({ selector, secret });
}

/** Ends an approval as its workflow would; as approved once those who had not decided have approved as well. */
export async function endApproval(seeding: Seeding, approvalId: string, state: string): Promise<void> {
  const { records, now } = seeding;
  if (state === 'approved') await othersApprove(seeding, approvalId);
  await records.approval.update({ where: { id: approvalId }, data: { state, closedAt: now } });
}

async function othersApprove({ records, now }: Seeding, approvalId: string): Promise<void> {
  const { slots, decisions, contentHash, version } = await records.approval.findUniqueOrThrow({
    where: { id: approvalId },
    include: { slots: true, decisions: true },
  });
  const others = slots.filter((slot) => !decisions.some(({ personId }) => personId === slot.personId));
  const approve = { approvalId, choice: 'approve', comment: '', door: 'link', linkSelector: null } as const;
  for (const { personId } of others) {
    const answer = { ...approve, personId, seen: { contentHash, version, revision: 0 } };
    await recordDecision({ records, now, answer });
  }
}
