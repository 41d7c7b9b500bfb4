import type { Letters } from '../../adapters/letters.ts';
import { workCalendar } from '../../domain/calendar.ts';
import { type CycleDates, type Due, type Purpose, plannedLetters } from '../../domain/cycle.ts';
import type { LetterValues } from '../../domain/letter-text.ts';
import { reportCaseId } from '../../domain/plan.ts';
import { stateLetterValues } from '../../domain/state-letter.ts';
import { type Language, stateParty, type Treaty } from '../../domain/treaty.ts';

/** Can this letter be shown as one State Party would get it? */
export function isToStates(template: string): boolean {
  return template.startsWith('report-intake/');
}

/** What fills a preview: the made-up values of the sample, or those of the first such letter to this State Party. */
export function previewValues({
  letters,
  template,
  language,
  iso3,
  ...year
}: {
  letters: Letters;
  template: string;
  language: Language;
  /** Null: the sample. */
  iso3: string | null;
  treaty: Treaty;
  dates: CycleDates;
  coordinators: string[];
  replyTo: string;
}): LetterValues {
  const sample = letters.sample(template, language);
  if (iso3 === null || !isToStates(template)) return sample;
  return { ...sample, ...stateLetterValues({ ...year, language, letter: firstLetter({ ...year, template, iso3 }) }) };
}

function firstLetter({
  treaty,
  dates,
  template,
  iso3,
}: {
  treaty: Treaty;
  dates: CycleDates;
  template: string;
  iso3: string;
}) {
  const [, purpose = ''] = /\/(?:initial-)?(.+)$/.exec(template) ?? [];
  const { policy, holidays } = treaty;
  const isInitial = template.includes('/initial-');
  const dueOn = isInitial ? stateParty(treaty, iso3).initialReportDueOn : dates.deadlineOn;
  const due: Due = { iso3, kind: isInitial ? 'initial' : 'annual', dueOn };
  const calendar = workCalendar({ timeZone: policy.treatyTimeZone, holidays });
  const planned = plannedLetters({ due, dates, policy, calendar, notBefore: dates.opensOn });
  const fallback = { purpose: purpose as Purpose, occurrence: 1, on: dates.invitationOn, at: null };
  const letter = planned.find((each) => each.purpose === purpose) ?? fallback;
  return { ...letter, caseId: reportCaseId({ treaty, year: dates.year, due }), due };
}
