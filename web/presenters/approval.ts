import type { DecisionLink } from '../../adapters/decision-link.ts';
import { instantOf, longMoment } from '../../domain/calendar.ts';
import type { Purpose } from '../../domain/cycle.ts';
import type { IsoDate, Language, Policy } from '../../domain/treaty.ts';
import type { Seen } from '../pages/approval/review-props.ts';
import { WORDS } from '../words.ts';

/** What is asked, as the heading of the page. */
export function questionOf({ approval }: DecisionLink, language: Language): string {
  if (approval.subject === 'letterText') return WORDS[language].wording.question(approval.summary.name[language]);
  return WORDS[language].review.question(approval.summary.dates.year);
}

/** What stands before a person who decides now. */
export function seenOf({ approval, own }: DecisionLink): Seen {
  return { contentHash: approval.contentHash, version: approval.version, revision: own?.revision ?? 0 };
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

/** Before this moment nothing of an approved plan leaves: its first day, and never before the hold is over. */
export function leavesAt({ approval, policy }: Pick<DecisionLink, 'approval'> & { policy: Policy }): Date | null {
  if (approval.state !== 'approved' || !approval.closedAt) return null;
  const held = approval.closedAt.getTime() + approval.holdMinutes * 60_000;
  const first = approval.subject === 'plan' ? approval.summary.letters.find(({ on }) => on !== null)?.on : null;
  return new Date(Math.max(held, first ? instantOf(first, policy.report.sendAt, policy.treatyTimeZone) : held));
}

/** Letters about an initial report have templates of their own. */
export function isInitial(template: string): boolean {
  return template.includes('/initial-');
}
