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

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

export type Seeding = { records: Records; treaty: Treaty; year: number; now: Date };

/** A plan of these letters of a year, approved by every Coordinator, with each letter as they read it. */
export async function seedPlan(plan: {
  seeding: Seeding;
  dates: CycleDates;
  cycleId: string;
  letters: PlanLetter[];
  approvalId: string;
  subject?: string;
}): Promise<void> {
  const { records, treaty } = plan.seeding;
  const coordinators = await records.person.findMany({ where: { role: 'coordinator' } });
  const approval = await approvalRow(plan);
  const { id: approvalId, contentHash, openedAt } = approval;
  await records.approval.create({ data: approval });
  await records.approvalSlot.createMany({ data: coordinators.map(({ id }) => ({ approvalId, personId: id })) });
  const contacts = new Map((await records.contact.findMany()).map((contact) => [contact.stateParty, contact.id]));
  const items = plan.letters.map((letter) => ({
    ...itemOf({ treaty, dates: plan.dates, letter }),
    approvalId,
    contactId: contacts.get(letter.due.iso3)!,
  }));
  for (let from = 0; from < items.length; from += 500)
    await records.approvalItem.createMany({ data: items.slice(from, from + 500) });
  const closedAt = new Date(openedAt.getTime() + 3 * DAY);
  const approve = { approvalId, contentHash, revision: 1, choice: 'approve', comment: '', door: 'link' };
  await records.decision.createMany({
    data: coordinators.map((person, at) => ({
      ...approve,
      id: randomUUID(),
      personId: person.id,
      at: new Date(closedAt.getTime() - at * HOUR),
    })),
  });
  await records.approval.update({ where: { id: approvalId }, data: { state: 'approved', closedAt } });
}

async function approvalRow({
  seeding,
  dates,
  cycleId,
  letters,
  approvalId,
  subject = 'plan',
}: Parameters<typeof seedPlan>[0]) {
  const admin = await seeding.records.person.findFirstOrThrow({ where: { role: 'admin' } });
  const openedAt = new Date(`${dates.opensOn}T08:01:00Z`);
  const states = new Set(letters.map(({ caseId }) => caseId)).size;
  const summary: PlanSummary = { dates, states, letters: [], languages: {}, change: null };
  return {
    id: approvalId,
    caseId: cycleId,
    subject,
    version: 1,
    title: `Plan of letters for the ${dates.year} cycle`,
    contentHash: sha256(`${cycleId} ${subject}`),
    rule: 'all',
    askedById: admin.id,
    summary: summary as unknown as Prisma.InputJsonObject,
    openedAt,
    dueAt: new Date(openedAt.getTime() + 14 * DAY),
    lapsesAt: new Date(openedAt.getTime() + 42 * DAY),
    holdMinutes: 15,
    state: 'open',
  };
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
