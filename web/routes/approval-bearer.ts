import { type DecisionLink, findDecisionLink } from '../../adapters/decision-link.ts';
import { Refused } from '../../domain/refusals.ts';
import type { Language } from '../../domain/treaty.ts';
import { refuseUnknown, tokenInAddress, tokenInCookie } from '../bearer.ts';
import { languageOf } from '../language.ts';
import { paths } from '../paths.ts';
import { type Answer, seeOther, type Visit } from '../route.ts';
import { keepLinkSecret } from '../secrets.ts';

/** What every page behind the link has to hand. */
export type Bearer = { visit: Visit<'link'>; link: DecisionLink; language: Language; now: Date };

/** The link as it stands in the email: its secret leaves the address. Changes nothing. */
export async function moveTokenToCookie(visit: Visit<'link'>): Promise<Answer> {
  const token = tokenInAddress(visit);
  const { records, clock } = visit.deps;
  const link = await findDecisionLink({ records, token, now: clock.now() });
  if (!link || !token) return refuseUnknown(visit);
  keepLinkSecret(visit.reply, { kind: 'a', ...token });
  return seeOther(visit.reply, paths.review(token));
}

/** What a cookie of this link is bound to. The secret is there: without it the link was not found. */
export function boundTo({ visit, link }: Bearer): { selector: string; secret: string } {
  return { selector: link.selector, secret: visit.secret! };
}

/** Ended, replaced, withdrawn, or not for this person to decide (then it throws {@link Refused}). */
export function isOver({ standing, isAsked, approval, person }: DecisionLink): boolean {
  if (standing !== 'open') return true;
  if (!isAsked) throw new Refused('notYours');
  if (approval.askedById === person.id) throw new Refused('ownDraft');
  return false;
}

/** Answers whoever holds the link of the page; everybody else with one and the same refusal. */
export function withLink(answer: (bearer: Bearer) => Promise<Answer> | Answer) {
  return async (visit: Visit<'link'>): Promise<Answer> => {
    const now = visit.deps.clock.now();
    const link = await findDecisionLink({ records: visit.deps.records, token: tokenInCookie(visit), now });
    if (!link) return refuseUnknown(visit);
    return answer({ visit, link, language: languageOf(visit.request, link.person.language), now });
  };
}
