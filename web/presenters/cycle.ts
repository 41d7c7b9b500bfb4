import { dateAt } from '../../domain/calendar.ts';
import { type CycleDates, cycleDates, type MovedDates } from '../../domain/cycle.ts';
import {
  addressed,
  lettersByDay,
  lettersToWrite,
  type PlanChange,
  type PlanSoFar,
  type PlanSummary,
  planChange,
} from '../../domain/plan.ts';
import type { IsoDate, Treaty } from '../../domain/treaty.ts';

/** A year's plan as it would be written now: its dates, its letters by kind and day, to how many States. */
export type PlanPreview = {
  dates: CycleDates;
  states: number;
  byDay: PlanSummary['letters'];
  change: PlanChange;
};

type Contact = { id: string; stateParty: string; kind: string; email: string };

const NOTHING: PlanSoFar = { written: new Set(), waiting: new Set(), invitedOn: new Map(), base: null };

/** What opening the cycle, or moving its dates, would ask the Coordinators to approve: drafted as the plan itself is. */
export function previewPlan({
  treaty,
  year,
  now,
  contacts,
  moved,
  soFar = NOTHING,
}: {
  treaty: Treaty;
  year: number;
  now: Date;
  contacts: readonly Contact[];
  moved?: MovedDates;
  soFar?: PlanSoFar;
}): PlanPreview {
  const dates = cycleDates({ treaty, year, moved });
  const today = dateAt(now.getTime(), treaty.policy.treatyTimeZone);
  const letters = addressed(lettersToWrite({ treaty, dates, today, soFar }), contacts);
  return {
    dates,
    states: new Set(letters.map(({ due }) => due.iso3)).size,
    byDay: lettersByDay(letters),
    change: planChange({ soFar, letters, today }),
  };
}

/** The day the invitations of the year leave: as planned, or before there is a plan as the policy has it. */
export function invitationDay({ plans, dates }: { plans: PlanSummary['letters'][]; dates: CycleDates }): IsoDate {
  const planned = plans.flatMap((letters) => letters.filter(({ purpose }) => purpose === 'invitation'));
  return planned[0]?.on ?? dates.invitationOn;
}
