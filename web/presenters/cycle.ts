import { dateAt, workCalendar } from '../../domain/calendar.ts';
import { caseIdOf } from '../../domain/case.ts';
import {
  type CycleDates,
  cycleDates,
  firstSendingDay,
  type MovedDates,
  plannedLetters,
  reportsDue,
} from '../../domain/cycle.ts';
import { lettersByDay, type PlanKey, type PlanLetter, type PlanSummary } from '../../domain/plan.ts';
import type { Treaty } from '../../domain/treaty.ts';

/** A year's plan as it would be written today: its dates, its letters by kind and day, to how many States. */
export type PlanPreview = {
  dates: CycleDates;
  states: number;
  /** Letters with a date of their own; receipts come on top, one for each report. */
  letters: number;
  byDay: PlanSummary['letters'];
  keys: PlanKey[];
};

/**
 * What opening the cycle, or moving its dates, would ask the Coordinators to approve. `addresses` says to how many
 * addresses each State is written; `written` are the letters that have gone and stay as they are.
 */
export function previewPlan({
  treaty,
  year,
  now,
  addresses,
  moved,
  written = new Set(),
}: {
  treaty: Treaty;
  year: number;
  now: Date;
  addresses: ReadonlyMap<string, number>;
  moved?: MovedDates;
  written?: ReadonlySet<string>;
}): PlanPreview {
  const { policy } = treaty;
  const calendar = workCalendar({ timeZone: policy.treatyTimeZone, holidays: treaty.holidays });
  const dates = cycleDates({ treaty, year, moved });
  const today = dateAt(now.getTime(), policy.treatyTimeZone);
  const notBefore = firstSendingDay({ today, policy, calendar });
  const planned = reportsDue({ states: treaty.states, dates }).flatMap((due) => {
    const part = due.kind === 'initial' ? 'initial' : undefined;
    const caseId = caseIdOf({ treaty: treaty.id, year, caseType: 'report-intake', iso3: due.iso3, part });
    return plannedLetters({ due, dates, policy, calendar, notBefore })
      .filter(({ purpose, occurrence, on }) => on !== null && !written.has(`${caseId} ${purpose} ${occurrence}`))
      .flatMap((letter): PlanLetter[] => Array(addresses.get(due.iso3) ?? 0).fill({ ...letter, caseId, due }));
  });
  return {
    dates,
    states: new Set(planned.map(({ due }) => due.iso3)).size,
    letters: planned.length,
    byDay: lettersByDay(planned),
    keys: planned.map(({ caseId, purpose, occurrence, on }) => ({ caseId, purpose, occurrence, on })),
  };
}
