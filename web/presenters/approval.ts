import type { DecisionLink } from '../../adapters/decision-link.ts';
import { instantOf, longMoment } from '../../domain/calendar.ts';
import type { Purpose } from '../../domain/cycle.ts';
import type { IsoDate, Language } from '../../domain/treaty.ts';
import { WORDS } from '../words.ts';

/** What is asked, as the heading of the page. */
export function questionOf({ approval }: DecisionLink, language: Language): string {
  const words = WORDS[language].review;
  if (approval.subject !== 'plan') return words.otherQuestion(approval.title);
  return words.question(approval.summary.dates.year);
}

/** "Wednesday 1 December 2027 at 09:00 (Geneva)", for a day on which letters leave. */
export function departure({
  on,
  sendAt,
  timeZone,
  language,
}: {
  on: IsoDate;
  sendAt: string;
  timeZone: string;
  language: Language;
}): string {
  return longMoment(instantOf(on, sendAt, timeZone), language, timeZone);
}

/** "Reminder (initial report)". */
export function letterName({
  purpose,
  isInitial,
  language,
}: {
  purpose: string;
  isInitial: boolean;
  language: Language;
}) {
  const words = WORDS[language].letters;
  const name = words[purpose as Purpose] ?? purpose;
  return isInitial ? `${name} (${words.initial})` : name;
}

/** Letters about an initial report have templates of their own. */
export function isInitial(template: string): boolean {
  return template.includes('/initial-');
}
