import { daysBetween, plainDate } from './calendar.ts';
import { referenceOf } from './case.ts';
import type { CycleDates } from './cycle.ts';
import { canonical } from './hash.ts';
import { LATE_BOUND, type RenderedLetter } from './letter.ts';
import { joinNames } from './letter-text.ts';
import type { PlanLetter } from './plan.ts';
import { type IsoDate, type Language, stateParty, type Treaty } from './treaty.ts';

/** Fills the placeholders of a letter to a State Party. The date it prints is the planned one, not the clock's. */
export function stateLetterValues({
  treaty,
  letter,
  dates,
  language,
  coordinators,
  replyTo,
}: {
  treaty: Treaty;
  letter: PlanLetter;
  dates: CycleDates;
  language: Language;
  /** Codes of the States that hold the office. */
  coordinators: string[];
  replyTo: string;
}): Record<string, string | number> {
  const state = stateParty(treaty, letter.due.iso3);
  const holders = coordinators.map((iso3) => stateParty(treaty, iso3).names[language]);
  return {
    ...LATE_BOUND,
    stateName: state.names[language],
    missionName: treaty.office[state.observerMission ? 'observerMission' : 'mission'][language],
    stateFormal: state.formal[language],
    ofStateFormal: state.ofFormal[language],
    reportingYear: letter.due.kind === 'annual' ? dates.reportingYear : Number(letter.due.dueOn.slice(0, 4)),
    deadline: plainDate(letter.due.dueOn, language),
    daysLeft: letter.on ? Math.abs(daysBetween(letter.on, letter.due.dueOn)) : 0,
    dateLine: letter.on ? dateLine(letter.on, language) : LATE_BOUND.dateLine,
    closesOn: plainDate(dates.closesOn, language),
    reference: referenceOf(letter.caseId),
    officeName: treaty.office.name[language],
    conventionName: treaty.office.convention[language],
    coordinators: joinNames(holders, language),
    replyTo,
  };
}

/** The place and date at the head of a letter: "Geneva, 1 December 2027". */
export function dateLine(on: IsoDate, language: Language): string {
  const from = { en: 'Geneva, ', fr: 'Genève, le ', es: 'Ginebra, ' }[language];
  return `${from}${plainDate(on, language)}`;
}

/** The text whose SHA-256 is approved: everything that goes out, to whom, and when. */
export function approvedContent({
  caseId,
  recipient,
  plannedAt,
  rendered,
}: {
  caseId: string;
  recipient: string;
  plannedAt: number | null;
  rendered: RenderedLetter;
}): string {
  const { subject, text, html, language } = rendered;
  return canonical({ caseId, recipient, plannedAt, subject, text, html, language });
}
