import { addDays, addWorkingDays, dateOf, daysBetween, instantOf, type WorkCalendar, workingDay } from './calendar.ts';
import type { Certainty, IsoDate, Language, Meeting, Policy, StateParty, Treaty } from './treaty.ts';

/** The dates of a reporting year. Everything else hangs on these. */
export type CycleDates = {
  year: number;
  /** The calendar year the annual reports are about: the one before. */
  reportingYear: number;
  opensOn: IsoDate;
  invitationOn: IsoDate;
  deadlineOn: IsoDate;
  /** The treaty's own deadline, wherever an admin moved this year's: it says which reports the cycle is about. */
  treatyDeadlineOn: IsoDate;
  meetingName: Record<Language, string>;
  meetingOn: IsoDate;
  meetingCertainty: Certainty;
  /** Ten weeks before the meeting: the data is frozen for the analysis. */
  cutOffOn: IsoDate;
  closesOn: IsoDate;
};

/** What an admin moved; null where the treaty's own date stands. */
export type MovedDates = { deadlineOn: IsoDate | null; meetingOn: IsoDate | null };

export function cycleDates({ treaty, year, moved }: { treaty: Treaty; year: number; moved?: MovedDates }): CycleDates {
  const { report } = treaty.policy;
  const meeting = meetingOf({ treaty, year });
  const meetingOn = moved?.meetingOn ?? meeting.startsOn;
  const treatyDeadlineOn = dateOf(year, report.deadline);
  return {
    year,
    reportingYear: year - 1,
    opensOn: dateOf(year - 1, report.opens),
    invitationOn: dateOf(year - 1, report.invitation),
    deadlineOn: moved?.deadlineOn ?? treatyDeadlineOn,
    treatyDeadlineOn,
    meetingName: meeting.name,
    meetingOn,
    meetingCertainty: moved?.meetingOn ? 'sourced' : meeting.certainty,
    cutOffOn: addDays(meetingOn, -7 * report.cutOffWeeksBeforeMeeting),
    closesOn: dateOf(year, report.closes),
  };
}

function meetingOf({
  treaty,
  year,
}: {
  treaty: Treaty;
  year: number;
}): Pick<Meeting, 'name' | 'startsOn' | 'certainty'> {
  const known = treaty.meetings.find((meeting) => meeting.startsOn.startsWith(`${year}-`) && endsCycle(meeting));
  if (known && known.startsOn.length === 10) return known;
  return {
    name: known?.name ?? meetingNameOf(year),
    startsOn: dateOf(year, treaty.policy.assumedMeeting.startsOn),
    certainty: 'assumed',
  };
}

/** Is it one the analysis of the year goes to: a Meeting of States Parties or a Review Conference? */
export function endsCycle({ id }: Pick<Meeting, 'id'>): boolean {
  return /MSP|RC/.test(id) && !/prep/i.test(id);
}

/** As Article 11 of the Convention calls it in each language. */
function meetingNameOf(year: number): Meeting['name'] {
  return {
    en: `Meeting of States Parties ${year}`,
    fr: `Assemblée des États parties de ${year}`,
    es: `Reunión de los Estados Partes de ${year}`,
  };
}

/** The year of the cycle that is open on this day, or opens next when `upcoming`. */
export function cycleYear({ policy, on, upcoming }: { policy: Policy; on: IsoDate; upcoming: boolean }): number {
  const year = Number(on.slice(0, 4));
  const opened = on >= dateOf(year, policy.report.opens) ? year + 1 : year;
  return upcoming ? opened + 1 : opened;
}

/** A report a State Party owes in a cycle. */
export type Due = { iso3: string; kind: 'annual' | 'initial'; dueOn: IsoDate };

/**
 * Who owes what in the cycle: the annual report of every State Party (Article 7(2)), and the initial report of those
 * whose 180 days end after the treaty's last annual deadline and by this one (Article 7(1)). A moved deadline changes
 * neither: each initial report belongs to one cycle.
 */
export function reportsDue({ states, dates }: { states: StateParty[]; dates: CycleDates }): Due[] {
  const { year, deadlineOn, treatyDeadlineOn } = dates;
  const lastDeadline = `${year - 1}${treatyDeadlineOn.slice(4)}`;
  return states.flatMap(({ iso3, initialReportDueOn }): Due[] => {
    if (initialReportDueOn > treatyDeadlineOn) return [];
    const annual: Due = { iso3, kind: 'annual', dueOn: deadlineOn };
    return initialReportDueOn > lastDeadline
      ? [{ iso3, kind: 'initial', dueOn: initialReportDueOn }, annual]
      : [annual];
  });
}

export type Purpose = 'invitation' | 'reminder' | 'overdue' | 'receipt';

/** A letter of the year: what it is, when it leaves. `at` is null for a receipt, which leaves when a report arrives. */
export type PlannedLetter = { purpose: Purpose; occurrence: number; on: IsoDate | null; at: number | null };

/**
 * The letters one due report leads to, in the order they leave. Reminders before the deadline move back to a working
 * day, those after it forward; what would fall before the invitation is left out; after an invitation that itself comes
 * late, the reminders after the deadline count from the invitation. Reminders end with the cut-off.
 */
export function plannedLetters({
  due,
  dates,
  policy,
  calendar,
  notBefore,
  invitedOn,
}: {
  due: Due;
  dates: CycleDates;
  policy: Policy;
  calendar: WorkCalendar;
  /** The first day on which a letter can leave: when the Coordinators have had their time to decide. */
  notBefore: IsoDate;
  /** The day of an invitation that has been written: it stands, and what follows counts from it. */
  invitedOn?: IsoDate;
}): PlannedLetter[] {
  const invitationOn = invitedOn ?? workingDay(later(dates.invitationOn, notBefore), 'onOrAfter', calendar);
  const before = policy.report.remindersBefore.map((days) =>
    workingDay(addDays(due.dueOn, -days), 'onOrBefore', calendar),
  );
  const lateFrom = later(due.dueOn, invitationOn);
  const after = policy.report.remindersAfter.map((days) => workingDay(addDays(lateFrom, days), 'onOrAfter', calendar));
  const letter = (purpose: Purpose, on: IsoDate, occurrence: number): PlannedLetter => ({
    purpose,
    occurrence,
    on,
    at: instantOf(on, policy.report.sendAt, calendar.timeZone),
  });
  return [
    letter('invitation', invitationOn, 1),
    ...before.map((on, index) => letter('reminder', on, index + 1)).filter(({ on }) => on! > invitationOn),
    ...after.map((on, index) => letter('overdue', on, index + 1)).filter(({ on }) => on! <= dates.cutOffOn),
    { purpose: 'receipt', occurrence: 1, on: null, at: null },
  ];
}

/** The first day a plan drafted today can lead to letters: after the Coordinators' days to decide. */
export function firstSendingDay({
  today,
  policy,
  calendar,
}: {
  today: IsoDate;
  policy: Policy;
  calendar: WorkCalendar;
}) {
  return addWorkingDays(today, policy.approval.decideWithinWorkingDays + 1, calendar);
}

/** Days from the letter to the deadline, negative once it has passed. */
export function daysLeft({ due, on }: { due: Due; on: IsoDate }): number {
  return daysBetween(on, due.dueOn);
}

function later(one: IsoDate, other: IsoDate): IsoDate {
  return one > other ? one : other;
}
