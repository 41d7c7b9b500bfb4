import { workCalendar } from './calendar.ts';
import { caseIdOf } from './case.ts';
import {
  type CycleDates,
  type Due,
  firstSendingDay,
  type PlannedLetter,
  type Purpose,
  plannedLetters,
  reportsDue,
} from './cycle.ts';
import type { IsoDate, Language, Treaty } from './treaty.ts';

/** The words an approver reads about a plan before deciding, kept with the approval. */
export type PlanSummary = {
  dates: CycleDates;
  states: number;
  letters: { purpose: Purpose; kind: Due['kind']; on: IsoDate | null; count: number }[];
  languages: Partial<Record<Language, number>>;
  /** What is different from version `since`; null for the first. */
  change: ({ reason: string; since: number } & PlanChange) | null;
};

/** The words kept with an approval of a plan, as they were written when it was opened. */
export function planSummary({ summary }: { summary: unknown }): PlanSummary {
  return summary as PlanSummary;
}

/** One letter of the plan, before it is text: to whom, about what, when. */
export type PlanLetter = PlannedLetter & { caseId: string; due: Due };

/** The same to one address: a State Party may have several, or none. */
export type AddressedLetter = PlanLetter & { contactId: string };

/** Which letters are the same from one version of a plan to the next. */
export type PlanKey = { caseId: string; purpose: string; occurrence: number; on: IsoDate | null };

export function planKey({ caseId, purpose, occurrence }: Omit<PlanKey, 'on'>): string {
  return `${caseId} ${purpose} ${occurrence}`;
}

/** A letter of an earlier version to one address. `deadlineOn` is the deadline its text names, where that can move. */
export type AgreedLetter = PlanKey & { contactId: string; deadlineOn: IsoDate | null };

/** The ground a new version of a plan is drafted on. */
export type PlanSoFar = {
  /** Keys of the letters that were handed over, or that a person left. */
  written: ReadonlySet<string>;
  /** Keys of the letters that were written and wait to be handed over: a new version may still say otherwise. */
  waiting: ReadonlySet<string>;
  /** By case, the day its invitation was planned for when it was approved. */
  invitedOn: ReadonlyMap<string, IsoDate>;
  /** What the new version is compared with: the version approved last, or before there is one the last drafted. */
  base: { version: number; isApproved: boolean; letters: AgreedLetter[] } | null;
};

export type PlanChange = { added: number; moved: number; reworded: number; removed: number };

/**
 * How many letters appear, change their day, keep it but name another deadline, or vanish. What has been written, or
 * whose day went by unwritten, counts as none of these.
 */
export function planChange({
  soFar: { base, written },
  letters,
  today,
}: {
  soFar: Pick<PlanSoFar, 'base' | 'written'>;
  letters: AddressedLetter[];
  today: IsoDate;
}): PlanChange {
  const keyOf = (letter: PlanKey & { contactId: string }) => `${planKey(letter)} ${letter.contactId}`;
  const before = base?.letters ?? [];
  const old = new Map(before.map((letter) => [keyOf(letter), letter]));
  const kept = new Set(letters.map(keyOf));
  const change = { added: 0, moved: 0, reworded: 0, removed: 0 };
  for (const letter of letters) {
    const was = old.get(keyOf(letter));
    if (!was) change.added++;
    else if (was.on !== letter.on) change.moved++;
    else if (letter.on !== null && was.deadlineOn !== deadlineIn(letter.due)) change.reworded++;
  }
  const isToCome = (letter: AgreedLetter) => !written.has(planKey(letter)) && (letter.on ?? today) >= today;
  change.removed = before.filter((letter) => !kept.has(keyOf(letter)) && isToCome(letter)).length;
  return change;
}

/** An initial report is due 180 days after entry into force, whatever is moved. */
function deadlineIn(due: Due): IsoDate | null {
  return due.kind === 'initial' ? null : due.dueOn;
}

/**
 * The letters a plan drafted on this day still has to write: nothing that has gone; what can leave on its day because
 * the Coordinators have had their time by then; and what stands unchanged in the plan they approved before, which goes
 * on leaving while they decide. Receipts have no day and stay. A letter that waits to be handed over stays on its day
 * while its deadline stands, and is otherwise planned anew.
 */
export function lettersToWrite({
  treaty,
  dates,
  today,
  soFar,
}: {
  treaty: Treaty;
  dates: CycleDates;
  today: IsoDate;
  soFar: PlanSoFar;
}): PlanLetter[] {
  const { policy, holidays, states } = treaty;
  const calendar = workCalendar({ timeZone: policy.treatyTimeZone, holidays });
  const notBefore = firstSendingDay({ today, policy, calendar });
  const { written } = soFar;
  const agreed = new Map(soFar.base?.isApproved ? soFar.base.letters.map((letter) => [planKey(letter), letter]) : []);
  return reportsDue({ states, dates }).flatMap((due) => {
    const caseId = reportCaseId({ treaty, year: dates.year, due });
    const stays = (key: string) => soFar.waiting.has(key) && agreed.get(key)?.deadlineOn === deadlineIn(due);
    const key = planKey({ caseId, purpose: 'invitation', occurrence: 1 });
    const invitedOn = written.has(key) || stays(key) ? soFar.invitedOn.get(caseId) : undefined;
    const goesOn = ({ on, ...letter }: PlanLetter) =>
      agreed.get(planKey(letter))?.on === on && (on! >= today || stays(planKey(letter)));
    return plannedLetters({ due, dates, policy, calendar, notBefore, invitedOn })
      .map((letter): PlanLetter => ({ ...letter, caseId, due }))
      .filter((letter) => letter.on === null || !written.has(planKey(letter)))
      .filter((letter) => letter.on === null || letter.on >= notBefore || goesOn(letter));
  });
}

/** The case of a report that is due. */
export function reportCaseId({ treaty, year, due }: { treaty: Treaty; year: number; due: Due }): string {
  const part = due.kind === 'initial' ? 'initial' : undefined;
  return caseIdOf({ treaty: treaty.id, year, caseType: 'report-intake', iso3: due.iso3, part });
}

/** Each letter to each address once: the missions in Geneva, or where a State has none the ministry in its capital. */
export function addressed<Contact extends { id: string; stateParty: string; kind: string; email: string }>(
  letters: PlanLetter[],
  contacts: readonly Contact[],
): (AddressedLetter & { contact: Contact })[] {
  const addresses = new Map<string, Contact[]>();
  for (const { due } of letters) {
    if (addresses.has(due.iso3)) continue;
    const own = contacts.filter(({ stateParty }) => stateParty === due.iso3);
    const missions = own.filter(({ kind }) => kind === 'mission');
    const written = missions.length > 0 ? missions : own;
    addresses.set(due.iso3, [...new Map(written.map((contact) => [contact.email.toLowerCase(), contact])).values()]);
  }
  return letters.flatMap((letter) =>
    addresses.get(letter.due.iso3)!.map((contact) => ({ ...letter, contact, contactId: contact.id })),
  );
}

/** Letters by kind and day, in the order they leave; what has no day of its own comes last. */
export function lettersByDay(letters: PlanLetter[]): PlanSummary['letters'] {
  const rows = new Map<string, PlanSummary['letters'][number]>();
  for (const { purpose, due, on } of letters) {
    const key = `${on ?? '9999'} ${due.kind} ${purpose}`;
    const row = rows.get(key) ?? { purpose, kind: due.kind, on, count: 0 };
    rows.set(key, { ...row, count: row.count + 1 });
  }
  return [...rows.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
}

/** The letters that ask for a report: none leaves once it is there, or once its absence has been counted. */
export const ASKING: readonly Purpose[] = ['invitation', 'reminder', 'overdue'];

/** The step of the board a letter belongs to. */
export const STEP_OF: Record<Purpose, string> = {
  invitation: 'invitation',
  reminder: 'reminders',
  overdue: 'reminders',
  receipt: 'receipt',
};

/** The template of a letter: initial reports have their own, a receipt is the same for both. */
export function templateOf({ purpose, kind }: { purpose: Purpose; kind: Due['kind'] }): string {
  return `report-intake/${kind === 'initial' && purpose !== 'receipt' ? 'initial-' : ''}${purpose}`;
}
