import { CHOICES, type Choice } from '../../domain/approval.ts';
import { type KeptAnswer, keepAnswer, keptAnswer } from '../kept-answer.ts';
import { CheckPage } from '../pages/approval/decide.tsx';
import type { FieldError } from '../pages/parts.tsx';
import { paths } from '../paths.ts';
import { seenOf } from '../presenters/approval.ts';
import { type Answer, seeOther } from '../route.ts';
import { WORDS } from '../words.ts';
import { type Bearer, boundTo, isOver } from './approval-bearer.ts';
import { endedPage, reviewPage, undecidedNames } from './approval-pages.tsx';

const LONGEST_COMMENT = 5_000;

/** The answer in a form, and what is wrong with it. */
export function answerIn({ visit, language }: Bearer): { answer: KeptAnswer; errors: FieldError[] } {
  const { choice = '', comment = '', contentHash = '', version, revision } = visit.form;
  const seen = { contentHash, version: Number(version), revision: Number(revision) };
  const answer = { choice, comment: comment.trim(), seen };
  const { codes } = WORDS[language].refused;
  const needsComment = choice === 'requestChanges' || choice === 'refuse';
  const rules: [field: string, holds: boolean, text: string][] = [
    ['choice', CHOICES.includes(choice as Choice), codes.noChoice],
    ['comment', answer.comment.length <= LONGEST_COMMENT, codes.commentTooLong],
    ['comment', !needsComment || answer.comment !== '', codes.commentNeeded],
  ];
  const broken = rules.find(([, holds]) => !holds);
  return { answer, errors: broken ? [{ field: broken[0], text: broken[2] }] : [] };
}

/** Goes on to the page to check the answer, which can be gone back to. A comment too long to keep is checked here. */
export async function takeAnswer(bearer: Bearer): Promise<Answer> {
  const { visit, link } = bearer;
  if (isOver(link)) return endedPage(bearer);
  const { answer, errors } = answerIn(bearer);
  if (errors.length > 0) return reviewPage(bearer, { errors, typed: answer, status: 422 });
  const isKept = keepAnswer(visit.reply, { ...boundTo(bearer), answer });
  return isKept ? seeOther(visit.reply, paths.check(link)) : checkPage(bearer, { answer, isKept });
}

/** Shows an answer that was kept. One that was confirmed, or was about something else, is no longer to be checked. */
export async function checkAnswer(bearer: Bearer): Promise<Answer> {
  const { visit, link } = bearer;
  if (isOver(link)) return endedPage(bearer);
  const answer = keptAnswer(visit.request, boundTo(bearer));
  if (answer && JSON.stringify(answer.seen) === JSON.stringify(seenOf(link)))
    return checkPage(bearer, { answer, isKept: true });
  return seeOther(visit.reply, link.own ? paths.decided(link) : paths.review(link));
}

async function checkPage(bearer: Bearer, { answer, isKept }: { answer: KeptAnswer; isKept: boolean }): Promise<Answer> {
  const { visit, link, language } = bearer;
  const { sendAt } = visit.deps.treaty.policy.report;
  const given = { ...answer, choice: answer.choice as Choice, undecided: await undecidedNames(bearer) };
  return <CheckPage {...{ link, language, sendAt, isKept, ...given }} proof={visit.proof} />;
}
