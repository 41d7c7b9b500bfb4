import type { Prisma } from '../adapters/records.ts';
import type { ApprovalState, Choice } from '../domain/approval.ts';
import { afterOutcome, approvalSubject, CHOICE_WORDS, OUTCOME_WORDS } from '../domain/approval-words.ts';
import { dateAt, longDate, longMoment } from '../domain/calendar.ts';
import { referenceOf } from '../domain/case.ts';
import { joinNames, type LetterValues } from '../domain/letter-text.ts';
import type { PlanSummary } from '../domain/plan.ts';
import { changeLine, planLines, whatHappens } from '../domain/plan-words.ts';
import type { Language, Treaty } from '../domain/treaty.ts';

export const FOR_WORDS = {
  slots: { include: { person: true } },
  decisions: { include: { person: true }, orderBy: { at: 'asc' } },
} as const;

/** An approval with everyone and everything its letters speak of. */
export type AskedApproval = Prisma.ApprovalGetPayload<{ include: typeof FOR_WORDS }>;
type Person = AskedApproval['slots'][number]['person'];

/** The words of every letter about an approval, in the language of the person. */
export function approvalValues({
  treaty,
  approval,
  person,
  purpose,
  revision,
  now,
}: {
  treaty: Treaty;
  approval: AskedApproval;
  person: Person;
  purpose: string;
  /** Of a receipt: which of the person's decisions it is about. */
  revision: number;
  now: number;
}): LetterValues {
  const language = person.language as Language;
  const { treatyTimeZone: timeZone, report } = treaty.policy;
  const summary = approval.summary as unknown as PlanSummary;
  const dueOn = dateAt(approval.dueAt.getTime(), timeZone);
  const happens = whatHappens({ summary, language, sendAt: report.sendAt, timeZone });
  const outcome = approval.state === 'open' ? undefined : OUTCOME_WORDS[language][approval.state as Ended];
  const mine = approval.decisions.find((each) => each.personId === person.id && each.revision === revision);
  const kind = purpose.replace(/^approval-|^decision-/, '') as 'request' | 'reminder' | 'outcome' | 'receipt';
  const short = treaty.office.conventionShort;
  return {
    officeName: treaty.office.name[language],
    personName: person.name,
    reference: referenceOf(approval.caseId),
    version: approval.version,
    subjectLine: approvalSubject({ kind, summary, version: approval.version, dueOn, short, language, outcome }),
    whatHappens: approval.state === 'open' ? happens : afterOutcome(approval.state as ApprovalState, happens, language),
    decideBy: longDate(dueOn, language),
    askedBy: treaty.office.name[language],
    summaryLines: planLines(summary, language),
    changes: changeLine(summary, language),
    earlierDecisions: earlierDecisions(approval, language) || null,
    outcome,
    decidedBy: joinNames([...new Set(approval.decisions.map((each) => each.person.name))], language) || null,
    decidedAt: longMoment((mine?.at ?? approval.closedAt ?? new Date(now)).getTime(), language, timeZone),
    comments: earlierDecisions(approval, language) || null,
    choice: mine ? CHOICE_WORDS[language][mine.choice as Choice] : null,
    comment: mine?.comment || null,
  };
}

type Ended = Exclude<ApprovalState, 'open'>;

function earlierDecisions({ decisions }: AskedApproval, language: Language): string {
  return decisions
    .map(
      ({ person, choice, comment }) =>
        `${person.name}: ${CHOICE_WORDS[language][choice as Choice]}${comment ? ` (${comment})` : ''}`,
    )
    .join('\n');
}
