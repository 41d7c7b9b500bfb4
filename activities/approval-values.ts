import type { ShownDecision } from '../adapters/approval-page.ts';
import type { Prisma } from '../adapters/records.ts';
import type { ApprovalState, Choice } from '../domain/approval.ts';
import { approvalSubject, CHOICE_WORDS, isMadeBy, OUTCOME_WORDS } from '../domain/approval-words.ts';
import { dateAt, longDate, longMoment } from '../domain/calendar.ts';
import { referenceOf } from '../domain/case.ts';
import { COLON, cleanLine, joinNames, type LetterValues } from '../domain/letter-text.ts';
import { questionWords } from '../domain/question.ts';
import type { Language, Treaty } from '../domain/treaty.ts';

export const FOR_WORDS = {
  slots: { include: { person: true } },
  decisions: { include: { person: true }, orderBy: { at: 'asc' } },
} as const;

/** An approval with everyone and everything its letters speak of. */
export type AskedApproval = Prisma.ApprovalGetPayload<{ include: typeof FOR_WORDS }>;
type Person = AskedApproval['slots'][number]['person'];

/** What has been said about it: on this version, on the one before, and by who moved the dates meanwhile. */
type Said = { decisions: ShownDecision[]; before: ShownDecision[]; movedBecause: string | null };

/** The words of every letter about an approval, in the language of the person. */
export function approvalValues({
  treaty,
  approval,
  person,
  purpose,
  revision,
  said,
  now,
}: {
  treaty: Treaty;
  approval: AskedApproval;
  person: Person;
  purpose: string;
  /** Of a receipt: which of the person's decisions it is about. */
  revision: number;
  said: Said;
  now: number;
}): LetterValues {
  const language = person.language as Language;
  const { policy } = treaty;
  const { treatyTimeZone: timeZone } = policy;
  const { label, about, ...words } = questionWords({ approval, language, policy });
  const dueOn = dateAt(approval.dueAt.getTime(), timeZone);
  const state = approval.state as ApprovalState;
  const { version } = approval;
  const outcome = state === 'open' ? undefined : OUTCOME_WORDS[language][state];
  const makers = said.decisions.filter(({ choice }) => isMadeBy(state, choice)).map(({ name }) => name);
  const mine = approval.decisions.find((each) => each.personId === person.id && each.revision === revision);
  const kind = purpose.replace(/^approval-|^decision-/, '') as 'request' | 'reminder' | 'outcome' | 'receipt';
  const short = treaty.office.conventionShort;
  return {
    officeName: treaty.office.name[language],
    personName: person.name,
    reference: referenceOf(approval.caseId),
    version,
    subjectLine: approvalSubject({ kind, label, about, version, dueOn, short, language, outcome }),
    whatHappens: state === 'open' ? words.happens : words.after({ state, version, ...said }),
    decideBy: longDate(dueOn, language),
    askedBy: treaty.office.name[language],
    summaryLines: words.contains,
    changes: words.changes,
    earlierDecisions: decisionLines(said.before, language),
    outcome,
    decidedBy: joinNames(makers, language),
    decidedAt: longMoment((mine?.at ?? approval.closedAt ?? new Date(now)).getTime(), language, timeZone),
    decisions: decisionLines(said.decisions, language),
    choice: mine ? CHOICE_WORDS[language][mine.choice as Choice] : null,
    comment: mine?.comment || null,
  };
}

function decisionLines(decisions: ShownDecision[], language: Language): string {
  return decisions
    .map(({ name, choice, comment }) => {
      const remark = comment ? ` (${cleanLine(comment)})` : '';
      return name + COLON[language] + CHOICE_WORDS[language][choice] + remark;
    })
    .join('\n');
}
