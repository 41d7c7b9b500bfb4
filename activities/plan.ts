import { createHash, randomUUID } from 'node:crypto';
import { heartbeat } from '@temporalio/activity';
import { type Prisma, type Transaction, writeTimeline } from '../adapters/records.ts';
import { addWorkingDays, dateAt, instantOf, type WorkCalendar, workCalendar } from '../domain/calendar.ts';
import { type CycleDates, cycleDates } from '../domain/cycle.ts';
import { canonical } from '../domain/hash.ts';
import { lettersByDay, type PlanLetter, type PlanSummary, planChange, planKey, templateOf } from '../domain/plan.ts';
import { approvedContent, stateLetterValues } from '../domain/state-letter.ts';
import type { Language, Treaty } from '../domain/treaty.ts';
import type { OpenedApproval } from '../workflows/steps/seek-approval.ts';
import type { Deps } from './index.ts';
import { agreedBefore, lettersToWrite } from './plan-letters.ts';

type Item = Prisma.ApprovalItemCreateManyInput;
type Draft = { cycleId: string; version: number; changeId: string | null; now: number };

export function planActivities(deps: Deps) {
  const { records, treaty } = deps;
  return {
    /**
     * Writes every letter of the year as it would leave, and opens the approval of exactly these. The same version
     * drafted again (a retry) is the approval already there. Without an approver nothing is opened.
     */
    async draftPlan(draft: Draft): Promise<OpenedApproval> {
      const drafted = await records.approval.findFirst({
        where: { caseId: draft.cycleId, subject: 'plan', version: draft.version },
        include: { slots: true },
      });
      if (drafted) return openedApproval({ treaty, approval: drafted });
      const cycle = await records.case.findUniqueOrThrow({ where: { id: draft.cycleId } });
      const openedBy = (cycle.input as { openedBy?: string }).openedBy ?? null;
      const coordinators = await records.person.findMany({
        where: { role: 'coordinator', leftAt: null },
        orderBy: { email: 'asc' },
      });
      const approvers = coordinators.filter((person) => person.id !== openedBy);
      const waits = {
        waitingFor: approvers.length === 0 ? 'officer' : 'coordinators',
        waitingSince: new Date(draft.now),
      };
      await records.case.update({ where: { id: draft.cycleId }, data: waits });
      if (approvers.length === 0)
        return { approvalId: '', rule: 'all', approvers: [], remindAt: [], dueAt: 0, lapsesAt: 0 };

      const change = draft.changeId ? await records.dateChange.findUnique({ where: { id: draft.changeId } }) : null;
      const moved = { deadlineOn: change?.deadlineOn || null, meetingOn: change?.meetingOn || null };
      const dates = cycleDates({ treaty, year: cycle.year, moved });
      const letters = await lettersToWrite({ deps, cycleId: draft.cycleId, dates, now: draft.now });
      const holders = coordinators.flatMap((person) => person.actsFor ?? []);
      const items = await writeItems({ deps, letters, dates, holders });
      const summary = await summarise({ deps, draft, dates, letters, items, reason: change?.reason ?? '' });
      const approval = newApproval({ treaty, draft, openedBy, summary, items });
      await records.$transaction((tx) => keep(tx, { approval, approvers, items }));
      return openedApproval({
        treaty,
        approval: { ...approval, slots: approvers.map(({ id }) => ({ personId: id })) },
      });
    },
  };
}

async function writeItems({
  deps,
  letters,
  dates,
  holders,
}: {
  deps: Deps;
  letters: PlanLetter[];
  dates: CycleDates;
  holders: string[];
}): Promise<Omit<Item, 'approvalId'>[]> {
  const contacts = await deps.records.contact.findMany({ where: { endedAt: null }, orderBy: { since: 'asc' } });
  const items: Omit<Item, 'approvalId'>[] = [];
  for (const [index, letter] of letters.entries()) {
    const own = contacts.filter((contact) => contact.stateParty === letter.due.iso3);
    const missions = own.filter((contact) => contact.kind === 'mission');
    for (const contact of missions.length > 0 ? missions : own)
      items.push(writeItem({ deps, letter, dates, holders, contact }));
    if (index % 100 === 0) heartbeat({ written: index, of: letters.length });
  }
  return items;
}

function writeItem({
  deps,
  letter,
  dates,
  holders,
  contact,
}: {
  deps: Deps;
  letter: PlanLetter;
  dates: CycleDates;
  holders: string[];
  contact: { id: string; email: string; language: string };
}): Omit<Item, 'approvalId'> {
  const { caseId, purpose, occurrence, due } = letter;
  const language = contact.language as Language;
  const template = templateOf({ purpose, kind: due.kind });
  const replyTo = deps.mailFrom;
  const values = stateLetterValues({ treaty: deps.treaty, letter, dates, language, coordinators: holders, replyTo });
  const rendered = deps.letters.render({ template, language, values });
  const content = approvedContent({ caseId, recipient: contact.email, plannedAt: letter.at, rendered });
  return {
    hash: sha256(content),
    caseId,
    stateParty: due.iso3,
    purpose,
    occurrence,
    contactId: contact.id,
    recipient: contact.email,
    language,
    template,
    templateVersion: rendered.templateVersion,
    values,
    subject: rendered.subject,
    text: rendered.text,
    plannedAt: letter.at === null ? null : new Date(letter.at),
  };
}

async function summarise({
  deps,
  draft,
  dates,
  letters,
  items,
  reason,
}: {
  deps: Deps;
  draft: Draft;
  dates: CycleDates;
  letters: PlanLetter[];
  items: Omit<Item, 'approvalId'>[];
  reason: string;
}): Promise<PlanSummary> {
  const languages: PlanSummary['languages'] = {};
  const languageOf = new Map(items.map((item) => [item.stateParty, item.language as Language]));
  for (const language of languageOf.values()) languages[language] = (languages[language] ?? 0) + 1;
  const { approved } = await agreedBefore({ deps, cycleId: draft.cycleId });
  const today = dateAt(draft.now, deps.treaty.policy.treatyTimeZone);
  const stillToWrite = new Set(letters.map(planKey));
  const before = approved.filter((letter) => (letter.on ?? '') > today || stillToWrite.has(planKey(letter)));
  const change = approved.length > 0 ? { reason, ...planChange({ before, after: letters }) } : null;
  return { dates, states: languageOf.size, letters: lettersByDay(letters), languages, change };
}

function newApproval({
  treaty,
  draft,
  openedBy,
  summary,
  items,
}: {
  treaty: Treaty;
  draft: Draft;
  openedBy: string | null;
  summary: PlanSummary;
  items: Omit<Item, 'approvalId'>[];
}) {
  const { policy } = treaty;
  const calendar = workCalendar({ timeZone: policy.treatyTimeZone, holidays: treaty.holidays });
  const dueOn = addWorkingDays(dateAt(draft.now, calendar.timeZone), policy.approval.decideWithinWorkingDays, calendar);
  const lapsesOn = addWorkingDays(dueOn, policy.approval.lapsesAfterWorkingDays, calendar);
  return {
    id: randomUUID(),
    caseId: draft.cycleId,
    subject: 'plan',
    version: draft.version,
    title: `Plan of letters for the ${summary.dates.year} cycle`,
    contentHash: sha256(canonical({ dates: summary.dates, items: items.map((item) => item.hash).sort() })),
    rule: 'all' as const,
    askedById: openedBy,
    summary: summary as unknown as Prisma.InputJsonObject,
    openedAt: new Date(draft.now),
    dueAt: new Date(instantOf(dueOn, '23:59:59', calendar.timeZone)),
    lapsesAt: new Date(instantOf(lapsesOn, '23:59:59', calendar.timeZone)),
    holdMinutes: policy.approval.holdMinutes,
    state: 'open',
  };
}

async function keep(
  tx: Transaction,
  {
    approval,
    approvers,
    items,
  }: {
    approval: ReturnType<typeof newApproval>;
    approvers: { id: string }[];
    items: Omit<Item, 'approvalId'>[];
  },
): Promise<void> {
  await tx.approval.create({ data: approval });
  await tx.approvalSlot.createMany({ data: approvers.map(({ id }) => ({ approvalId: approval.id, personId: id })) });
  for (let from = 0; from < items.length; from += 500) {
    const batch = items.slice(from, from + 500).map((item) => ({ ...item, approvalId: approval.id }));
    await tx.approvalItem.createMany({ data: batch });
    heartbeat({ kept: from, of: items.length });
  }
  const { caseId, openedAt: at, version, contentHash } = approval;
  const detail = { approvalId: approval.id, version, letters: items.length };
  await writeTimeline(tx, { caseId, at, actor: 'engine', door: 'engine', act: 'planned', detail, contentHash });
}

/** What the workflow needs of an approval: who, until when, and when to remind them (working days, 09:00). */
function openedApproval({
  treaty,
  approval,
}: {
  treaty: Treaty;
  approval: { id: string; rule: string; dueAt: Date; openedAt: Date; lapsesAt: Date; slots: { personId: string }[] };
}): OpenedApproval {
  const { policy } = treaty;
  const calendar: WorkCalendar = workCalendar({ timeZone: policy.treatyTimeZone, holidays: treaty.holidays });
  const dueOn = dateAt(approval.dueAt.getTime(), calendar.timeZone);
  const remindAt = policy.approval.remindersBefore
    .map((days) => (days === 0 ? dueOn : addWorkingDays(dueOn, -days, calendar)))
    .map((on) => instantOf(on, policy.report.sendAt, calendar.timeZone))
    .filter((at) => at > approval.openedAt.getTime())
    .sort((a, b) => a - b);
  const approvers = approval.slots.map((slot) => slot.personId).sort();
  return {
    approvalId: approval.id,
    rule: approval.rule as OpenedApproval['rule'],
    approvers,
    remindAt,
    dueAt: approval.dueAt.getTime(),
    lapsesAt: approval.lapsesAt.getTime(),
  };
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
