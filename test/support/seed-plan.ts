import { createHash, randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import { createLetters } from '../../adapters/letters.ts';
import type { Prisma, Records } from '../../adapters/records.ts';
import { workCalendar } from '../../domain/calendar.ts';
import { caseIdOf } from '../../domain/case.ts';
import { type CycleDates, type Due, plannedLetters } from '../../domain/cycle.ts';
import { type PlanLetter, type PlanSummary, templateOf } from '../../domain/plan.ts';
import { stateLetterValues } from '../../domain/state-letter.ts';
import { stateParty, type Treaty } from '../../domain/treaty.ts';

const letters = createLetters({ folder: resolve(import.meta.dirname, '../../templates') });
export const ISU = 'ccm@isu.example';

export type Seeding = { records: Records; treaty: Treaty; year: number; now: Date };

/** The approved plan of a year, with every letter as its approvers read it. */
export async function seedPlan({
  seeding,
  dates,
  dues,
  cycleId,
  adminId,
}: {
  seeding: Seeding;
  dates: CycleDates;
  dues: Due[];
  cycleId: string;
  adminId: string;
}): Promise<string> {
  const { records, treaty } = seeding;
  const id = randomUUID();
  const openedAt = new Date(`${dates.opensOn}T08:01:00Z`);
  const closedAt = new Date(openedAt.getTime() + 3 * 86_400_000);
  const coordinators = await records.person.findMany({ where: { role: 'coordinator' } });
  const planned = dues.flatMap((due) => planOf({ seeding, dates, due }));
  const summary: PlanSummary = { dates, states: dues.length, letters: [], languages: {}, change: null };
  const contentHash = sha256(cycleId);
  await records.approval.create({
    data: {
      id,
      caseId: cycleId,
      subject: 'plan',
      version: 1,
      title: `Plan of letters for the ${dates.year} cycle`,
      contentHash,
      rule: 'all',
      askedById: adminId,
      summary: summary as unknown as Prisma.InputJsonObject,
      openedAt,
      dueAt: new Date(openedAt.getTime() + 14 * 86_400_000),
      lapsesAt: new Date(openedAt.getTime() + 42 * 86_400_000),
      holdMinutes: 15,
      state: 'approved',
      closedAt,
    },
  });
  for (const [at, person] of coordinators.entries()) {
    const decidedAt = new Date(closedAt.getTime() - at * 3_600_000);
    await records.approvalSlot.create({ data: { approvalId: id, personId: person.id } });
    const decision = { approvalId: id, personId: person.id, revision: 1, choice: 'approve', comment: '', contentHash };
    await records.decision.create({ data: { id: randomUUID(), ...decision, door: 'link', at: decidedAt } });
  }
  const contacts = new Map((await records.contact.findMany()).map((contact) => [contact.stateParty, contact.id]));
  await records.approvalItem.createMany({
    data: planned.map((letter) => ({
      ...itemOf({ treaty, dates, letter }),
      approvalId: id,
      contactId: contacts.get(letter.due.iso3)!,
    })),
  });
  return id;
}

export function caseIdFor({ seeding, due }: { seeding: Seeding; due: Due & { part?: string } }): string {
  const part = due.part ?? (due.kind === 'initial' ? 'initial' : undefined);
  return caseIdOf({ treaty: seeding.treaty.id, year: seeding.year, caseType: 'report-intake', iso3: due.iso3, part });
}

/** The letters of one report, in the order they leave. */
export function planOf({ seeding, dates, due }: { seeding: Seeding; dates: CycleDates; due: Due }): PlanLetter[] {
  const { policy, holidays } = seeding.treaty;
  const calendar = workCalendar({ timeZone: policy.treatyTimeZone, holidays });
  const caseId = caseIdFor({ seeding, due });
  return plannedLetters({ due, dates, policy, calendar, notBefore: dates.opensOn }).map((letter) => ({
    ...letter,
    caseId,
    due,
  }));
}

/** Each letter is written once: rendering is what takes time here. */
const written = new Map<string, ReturnType<typeof writeItem>>();

export function itemOf(wanted: Parameters<typeof writeItem>[0]) {
  const key = `${wanted.letter.caseId} ${wanted.letter.purpose} ${wanted.letter.occurrence}`;
  const item = written.get(key) ?? writeItem(wanted);
  written.set(key, item);
  return item;
}

function writeItem({ treaty, dates, letter }: { treaty: Treaty; dates: CycleDates; letter: PlanLetter }) {
  const { purpose, occurrence, due, caseId } = letter;
  const { language } = stateParty(treaty, due.iso3);
  const template = templateOf({ purpose, kind: due.kind });
  const values = stateLetterValues({ treaty, letter, dates, language, coordinators: ['MLT', 'SEN'], replyTo: ISU });
  const { subject, text, templateVersion } = letters.render({ template, language, values });
  return {
    hash: sha256(`${caseId} ${purpose} ${occurrence} ${text}`),
    caseId,
    stateParty: due.iso3,
    purpose,
    occurrence,
    recipient: `mission@${due.iso3.toLowerCase()}.example`,
    language,
    template,
    templateVersion,
    values,
    subject,
    text,
    plannedAt: letter.at === null ? null : new Date(letter.at),
  };
}

export function sha256(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}
