import type { UpcomingLetter } from '../../adapters/overview/upcoming.ts';
import { addDays, dateAt, isWorkingDay, Temporal, type WorkCalendar } from '../../domain/calendar.ts';
import type { Holiday, IsoDate } from '../../domain/treaty.ts';

/** One day of the calendar: what leaves, or why nothing does. */
export type CalendarDay = {
  on: IsoDate;
  letters: UpcomingLetter[];
  /** The holiday or "Weekend"; null on working days. */
  rest: string | null;
};

export const DAYS_AHEAD = 30;

/** The days from today on, each with its letters. What is late already leaves today. */
export function presentCalendar({
  letters,
  today,
  calendar,
  holidays,
}: {
  letters: UpcomingLetter[];
  today: IsoDate;
  calendar: WorkCalendar;
  holidays: Holiday[];
}): CalendarDay[] {
  const days = Array.from({ length: DAYS_AHEAD + 1 }, (_, ahead) => addDays(today, ahead));
  const byDay = new Map(days.map((on) => [on, [] as UpcomingLetter[]]));
  for (const letter of letters) {
    const on = dateAt(letter.plannedAt.getTime(), calendar.timeZone);
    byDay.get(on < today ? today : on)?.push(letter);
  }
  return days.map((on) => ({ on, letters: byDay.get(on)!, rest: restOn({ on, calendar, holidays }) }));
}

function restOn({
  on,
  calendar,
  holidays,
}: {
  on: IsoDate;
  calendar: WorkCalendar;
  holidays: Holiday[];
}): string | null {
  if (isWorkingDay(on, calendar)) return null;
  return holidays.find((holiday) => holiday.on === on)?.name ?? 'Weekend';
}

/** "Mon 2 Mar". */
export function dayWords(on: IsoDate): string {
  return Temporal.PlainDate.from(on).toLocaleString('en-GB', { weekday: 'short', day: 'numeric', month: 'short' });
}
