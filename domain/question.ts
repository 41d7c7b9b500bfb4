import type { ApprovalState } from './approval.ts';
import { afterOutcome } from './approval-words.ts';
import { referenceOf } from './case.ts';
import type { TextSummary } from './letter-change.ts';
import { afterText, textLines, textTitle, whatTextBecomes, whereTextDiffers } from './letter-change-words.ts';
import type { PlanSummary } from './plan.ts';
import { changeLine, planLines, whatHappens } from './plan-words.ts';
import type { Language, Policy } from './treaty.ts';

/** What an approval is about, and the words kept with it. */
export type Question = { subject: 'plan'; summary: PlanSummary } | { subject: 'letterText'; summary: TextSummary };

/** The question as it was kept when the approval was opened. */
export function questionIn({ subject, summary }: { subject: string; summary: unknown }): Question {
  return { subject, summary } as Question;
}

/** A question in the words of who decides it. */
export type QuestionWords = {
  /** In the brackets at the head of a mail's subject: `plan/2028`. */
  label: string;
  /** "plan and letters of the year 2028". */
  about: string;
  happens: string;
  contains: string[];
  /** What is different from what there was; null when there was nothing. */
  changes: string | null;
  /** What follows from how it ended. `movedBecause`: the reason given for dates that moved meanwhile. */
  after(end: { state: ApprovalState; version: number; movedBecause: string | null }): string;
};

export function questionWords({
  approval,
  language,
  policy,
}: {
  approval: { caseId: string; subject: string; summary: unknown };
  language: Language;
  policy: Policy;
}): QuestionWords {
  const question = questionIn(approval);
  if (question.subject === 'letterText') return wordsOfText({ ...question, caseId: approval.caseId, language });
  const { summary } = question;
  const happens = whatHappens({ summary, language, sendAt: policy.report.sendAt, timeZone: policy.treatyTimeZone });
  const { year } = summary.dates;
  return {
    label: `plan/${year}`,
    about: {
      en: `plan and letters of the year ${year}`,
      fr: `plan et lettres de l’année ${year}`,
      es: `plan y cartas del año ${year}`,
    }[language],
    happens,
    contains: planLines(summary, language),
    changes: changeLine(summary, language),
    after: (end) => afterOutcome({ ...end, happens }, language),
  };
}

type AboutText = { summary: TextSummary; caseId: string; language: Language };

function wordsOfText({ summary, caseId, language }: AboutText): QuestionWords {
  const happens = whatTextBecomes(summary, language);
  return {
    label: referenceOf(caseId),
    about: textTitle(summary, language),
    happens,
    contains: textLines(summary, language),
    changes: whereTextDiffers(language),
    after: (end) => afterText({ ...end, happens }, language),
  };
}
