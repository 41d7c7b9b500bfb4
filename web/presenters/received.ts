import type { ReceivedDays } from '../../adapters/overview/board.ts';
import { addDays, dateAt, daysBetween, plainDate, Temporal } from '../../domain/calendar.ts';
import type { CycleDates } from '../../domain/cycle.ts';
import type { IsoDate } from '../../domain/treaty.ts';

/** How many reports had come in by each day of the cycle, this year and, when there is a record of it, last year. */
export type Received = {
  year: number;
  expected: number;
  opensOn: IsoDate;
  closesOn: IsoDate;
  deadlineOn: IsoDate;
  today: IsoDate;
  /** Days of the cycle on which a report came in, in order; a day stands as often as reports came. */
  thisYear: number[];
  lastYear: number[] | null;
};

export function presentReceived({
  counted,
  dates,
  now,
  timeZone,
}: {
  counted: ReceivedDays[];
  dates: CycleDates;
  now: Date;
  timeZone: string;
}): Received {
  const { year, opensOn, closesOn, deadlineOn } = dates;
  const of = (wanted: number) => counted.find((each) => each.year === wanted);
  return {
    year,
    expected: of(year)?.cases ?? 0,
    opensOn,
    closesOn,
    deadlineOn,
    today: dateAt(now.getTime(), timeZone),
    thisYear: of(year)?.days ?? [],
    lastYear: of(year - 1)?.days ?? null,
  };
}

export function countBy(days: number[], day: number): number {
  return days.filter((each) => each <= day).length;
}

/** How far the cycle is: its last day once it is over. */
export function dayNow({ opensOn, closesOn, today }: Received): number {
  return daysBetween(opensOn, today < closesOn ? today : closesOn);
}

/** The end of each month that has begun, with both counts: the table beside the picture. */
export function receivedByMonth(received: Received): { until: string; thisYear: number; lastYear: number | null }[] {
  const { opensOn, thisYear, lastYear } = received;
  const last = dayNow(received);
  const rows = [];
  for (let month = 1; month <= 12; month++) {
    const first = Temporal.PlainDate.from(opensOn)
      .with({ day: 1 })
      .add({ months: month - 1 });
    const day = Math.min(last, daysBetween(opensOn, first.add({ months: 1 }).toString()) - 1);
    if (daysBetween(opensOn, first.toString()) > last) break;
    const count = lastYear === null ? null : countBy(lastYear, day);
    rows.push({ until: plainDate(addDays(opensOn, day), 'en'), thisYear: countBy(thisYear, day), lastYear: count });
  }
  return rows;
}

/** What the picture shows, for those who do not see it. */
export function receivedWords(received: Received): string {
  const { year, expected, thisYear, lastYear, today, closesOn } = received;
  const day = dayNow(received);
  const on = plainDate(today < closesOn ? today : closesOn, 'en');
  const now = `Reports of the ${year} cycle: ${countBy(thisYear, day)} of ${expected} received by ${on}`;
  return lastYear === null ? `${now}.` : `${now}; on the same day of the year before it was ${countBy(lastYear, day)}.`;
}
