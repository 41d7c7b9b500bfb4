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

/** How many letters appear, change their date, or vanish between two versions. */
export function planChange({ before, after }: { before: PlanKey[]; after: PlanKey[] }) {
  const key = ({ caseId, purpose, occurrence }: PlanKey) => `${caseId} ${purpose} ${occurrence}`;
  const old = new Map(before.map((letter) => [key(letter), letter.on]));
  const kept = new Set(after.map(key));
  return {
    added: after.filter((letter) => !old.has(key(letter))).length,
    moved: after.filter((letter) => old.has(key(letter)) && old.get(key(letter)) !== letter.on).length,
    removed: before.filter((letter) => !kept.has(key(letter))).length,
  };
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
