import type { FastifyInstance } from 'fastify';
import { findDecisionLink } from '../../adapters/decision-link.ts';
import { recordDecision } from '../../adapters/decisions.ts';
import type { Choice } from '../../domain/approval.ts';
import { Refused } from '../../domain/refusals.ts';
import { tokenInCookie } from '../bearer.ts';
import { forgetAnswer } from '../kept-answer.ts';
import { DisownPage } from '../pages/approval/disown.tsx';
import type { Seen } from '../pages/approval/review-props.ts';
import type { FieldError } from '../pages/parts.tsx';
import { paths, patterns } from '../paths.ts';
import { leavesAt } from '../presenters/approval.ts';
import { type Answer, page, route, seeOther } from '../route.ts';
import { WORDS } from '../words.ts';
import { type Bearer, boundTo, isOver, moveTokenToCookie, withLink } from './approval-bearer.ts';
import { answerIn, checkAnswer, takeAnswer } from './approval-check.tsx';
import { decidedPage, endedPage, reviewPage } from './approval-pages.tsx';
import { mailCurrentLink } from './current-link.tsx';

/** The pages behind the link of an approval. What reads never writes: only `decision`, `not-me` and `new-link` do. */
export function approvalRoutes(app: FastifyInstance): void {
  route(app, { method: 'GET', url: patterns.decide, may: 'link', handler: moveTokenToCookie });
  route(app, { method: 'GET', url: patterns.review, may: 'link', handler: withLink(review) });
  route(app, { method: 'POST', url: patterns.review, may: 'link', handler: withLink(takeAnswer) });
  route(app, { method: 'GET', url: patterns.check, may: 'link', handler: withLink(checkAnswer) });
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

async function confirm(bearer: Bearer): Promise<Answer> {
  const { link } = bearer;
  if (link.standing === 'revoked' || link.standing === 'expired') return endedPage(bearer);
  const { answer, errors } = answerIn(bearer);
  if (errors.length > 0 && !isOver(link)) return reviewPage(bearer, { errors, typed: answer, status: 422 });
  return record(bearer, { ...answer, choice: answer.choice as Choice });
}

async function record(bearer: Bearer, given: { choice: Choice; comment: string; seen: Seen }): Promise<Answer> {
  const { visit, link, now } = bearer;
  const door = { door: 'link' as const, linkSelector: link.selector };
  const answer = { approvalId: link.approval.id, personId: link.person.id, ...door, ...given };
  try {
    await recordDecision({ records: visit.deps.records, now, answer });
    forgetAnswer(visit.reply, boundTo(bearer));
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
  const first = leavesAt({ ...link, policy: deps.treaty.policy });
  const shown = { link, language, proof, errors, contact: deps.mailFrom, leavesAt: first };
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
