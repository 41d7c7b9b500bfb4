import type { FastifyInstance } from 'fastify';
import { type DecisionLink, findDecisionLink } from '../../adapters/decision-link.ts';
import { recordDecision } from '../../adapters/decisions.ts';
import { CHOICES, type Choice } from '../../domain/approval.ts';
import { Refused } from '../../domain/refusals.ts';
import type { Language } from '../../domain/treaty.ts';
import { tokenInCookie } from '../bearer.ts';
import { CheckPage } from '../pages/approval/decide.tsx';
import { DisownPage } from '../pages/approval/disown.tsx';
import type { Seen } from '../pages/approval/review-props.ts';
import type { FieldError } from '../pages/parts.tsx';
import { paths, patterns } from '../paths.ts';
import { type Answer, page, route, seeOther } from '../route.ts';
import { WORDS } from '../words.ts';
import { type Bearer, moveTokenToCookie, withLink } from './approval-bearer.ts';
import { decidedPage, endedPage, leavesAt, reviewPage, undecidedNames } from './approval-pages.tsx';
import { mailCurrentLink } from './current-link.tsx';

const LONGEST_COMMENT = 5_000;

/** The pages behind the link of an approval. What reads never writes: only `decision`, `not-me` and `new-link` do. */
export function approvalRoutes(app: FastifyInstance): void {
  route(app, { method: 'GET', url: patterns.decide, may: 'link', handler: moveTokenToCookie });
  route(app, { method: 'GET', url: patterns.review, may: 'link', handler: withLink(review) });
  route(app, { method: 'POST', url: patterns.review, may: 'link', handler: withLink(check) });
  route(app, { method: 'POST', url: patterns.decision, may: 'link', handler: withLink(confirm) });
  route(app, { method: 'GET', url: patterns.decided, may: 'link', handler: withLink(decided) });
  route(app, { method: 'GET', url: patterns.disown, may: 'link', handler: withLink((bearer) => disown(bearer)) });
  route(app, { method: 'POST', url: patterns.disown, may: 'link', handler: withLink(takeBack) });
  route(app, { method: 'POST', url: patterns.newLink, may: 'link', handler: withLink(mailCurrentLink) });
}

function review(bearer: Bearer): Promise<Answer> {
  const { link } = bearer;
  return isOver(link) ? endedPage(bearer) : reviewPage(bearer);
}

/** Ended, replaced, withdrawn, or not for this person to decide (then it throws {@link Refused}). */
function isOver({ standing, isAsked, approval, person }: DecisionLink): boolean {
  if (standing !== 'open') return true;
  if (!isAsked) throw new Refused('notYours');
  if (approval.askedById === person.id) throw new Refused('ownDraft');
  return false;
}

async function check(bearer: Bearer): Promise<Answer> {
  const { visit, link, language } = bearer;
  if (isOver(link)) return endedPage(bearer);
  const { choice = '', comment = '' } = visit.form;
  const errors = faultsIn({ choice, comment, language });
  if (errors.length > 0) return reviewPage(bearer, { errors, typed: { choice, comment }, status: 422 });
  const undecided = await undecidedNames(bearer);
  const given = { choice: choice as Choice, comment: comment.trim(), seen: seenIn(visit.form), undecided };
  const { sendAt } = visit.deps.treaty.policy.report;
  return <CheckPage link={link} language={language} proof={visit.proof} sendAt={sendAt} {...given} />;
}

function faultsIn({
  choice,
  comment,
  language,
}: {
  choice: string;
  comment: string;
  language: Language;
}): FieldError[] {
  const { codes } = WORDS[language].refused;
  if (!CHOICES.includes(choice as Choice)) return [{ field: 'choice', text: codes.noChoice }];
  if (comment.trim().length > LONGEST_COMMENT) return [{ field: 'comment', text: codes.commentTooLong }];
  const needsComment = choice === 'requestChanges' || choice === 'refuse';
  return needsComment && comment.trim() === '' ? [{ field: 'comment', text: codes.commentNeeded }] : [];
}

function seenIn(form: Record<string, string>): Seen {
  return {
    contentHash: form['contentHash'] ?? '',
    version: Number(form['version']),
    revision: Number(form['revision']),
  };
}

async function confirm(bearer: Bearer): Promise<Answer> {
  const { visit, link, language } = bearer;
  if (link.standing === 'revoked' || link.standing === 'expired') return endedPage(bearer);
  const { choice = '', comment = '' } = visit.form;
  const errors = faultsIn({ choice, comment, language });
  if (errors.length > 0 && !isOver(link))
    return reviewPage(bearer, { errors, typed: { choice, comment }, status: 422 });
  return record(bearer, { choice: choice as Choice, comment: comment.trim(), seen: seenIn(visit.form) });
}

async function record(bearer: Bearer, given: { choice: Choice; comment: string; seen: Seen }): Promise<Answer> {
  const { visit, link, now } = bearer;
  const door = { door: 'link' as const, linkSelector: link.selector };
  const answer = { approvalId: link.approval.id, personId: link.person.id, ...door, ...given };
  try {
    await recordDecision({ records: visit.deps.records, now, answer });
    return seeOther(visit.reply, paths.decided(link));
  } catch (error) {
    const hasEnded = error instanceof Refused && (error.code === 'alreadyClosed' || error.code === 'revokedLink');
    if (!hasEnded) throw error;
    const found = await findDecisionLink({ records: visit.deps.records, token: tokenInCookie(visit), now });
    return endedPage({ ...bearer, link: found! }, { refused: error });
  }
}

function decided(bearer: Bearer): Promise<Answer> | Answer {
  const { link, visit } = bearer;
  return link.own && link.standing !== 'replaced' ? decidedPage(bearer) : seeOther(visit.reply, paths.review(link));
}

function disown({ visit, link, language }: Bearer, errors: FieldError[] = [], status = 200): Answer {
  const { proof, deps, reply } = visit;
  const shown = { link, language, proof, errors, contact: deps.mailFrom, leavesAt: leavesAt({ link, deps }) };
  return page(reply, <DisownPage {...shown} />, status);
}

/** Somebody else decided by this link: their decision is followed by one that ends the round and tells the ISU. */
async function takeBack(bearer: Bearer): Promise<Answer> {
  const { visit, link, language } = bearer;
  const { own, approval } = link;
  const words = WORDS[language].disown;
  if (!own || link.standing !== 'open') return disown(bearer, [], 409);
  const { who } = visit.form;
  if (who === 'me') return seeOther(visit.reply, paths.decided(link));
  if (who !== 'notMe') return disown(bearer, [{ field: 'who', text: words.choose }], 422);
  const seen = { contentHash: approval.contentHash, version: approval.version, revision: own.revision };
  return record(bearer, { choice: 'requestChanges', comment: words.comment, seen });
}
