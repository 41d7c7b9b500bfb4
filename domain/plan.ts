import type { CycleDates, Due, PlannedLetter, Purpose } from './cycle.ts';
import type { IsoDate, Language } from './treaty.ts';

/** The words an approver reads about a plan before deciding, kept with the approval. */
export type PlanSummary = {
  dates: CycleDates;
  states: number;
  letters: { purpose: Purpose; kind: Due['kind']; on: IsoDate | null; count: number }[];
  languages: Partial<Record<Language, number>>;
  /** Against the last approved version; null for the first. */
  change: { reason: string; added: number; moved: number; removed: number } | null;
};

/** One letter of the plan, before it is text: to whom, about what, when. */
export type PlanLetter = PlannedLetter & { caseId: string; due: Due };

/** Which letters are the same from one version of a plan to the next. */
export type PlanKey = { caseId: string; purpose: string; occurrence: number; on: IsoDate | null };

export function planKey({ caseId, purpose, occurrence }: Omit<PlanKey, 'on'>): string {
  return `${caseId} ${purpose} ${occurrence}`;
}

/** How many letters appear, change their date, or vanish between two versions. */
export function planChange({ before, after }: { before: PlanKey[]; after: PlanKey[] }) {
  const old = new Map(before.map((letter) => [planKey(letter), letter.on]));
  const kept = new Set(after.map(planKey));
  return {
    added: after.filter((letter) => !old.has(planKey(letter))).length,
    moved: after.filter((letter) => old.has(planKey(letter)) && old.get(planKey(letter)) !== letter.on).length,
    removed: before.filter((letter) => !kept.has(planKey(letter))).length,
  };
}

/**
 * What a plan drafted anew still has to send: nothing that has been written; what can leave on its day because the
 * Coordinators have had their time by then; and what stands unchanged in the plan they approved before, which goes on
 * leaving while they decide. Receipts have no day and stay.
 */
export function lettersLeft<Letter extends PlanKey>({
  letters,
  written,
  approved,
  today,
  notBefore,
}: {
  letters: Letter[];
  /** Keys of the letters written. */
  written: ReadonlySet<string>;
  approved: PlanKey[];
  today: IsoDate;
  notBefore: IsoDate;
}): Letter[] {
  const dates = new Map(approved.map((letter) => [planKey(letter), letter.on]));
  return letters.filter((letter) => {
    if (letter.on === null) return true;
    if (written.has(planKey(letter))) return false;
    return letter.on >= notBefore || (letter.on >= today && dates.get(planKey(letter)) === letter.on);
  });
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
