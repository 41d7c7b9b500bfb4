import {
  addressed,
  decisionsBefore,
  decisionsSoFar,
  exampleLetters,
  lettersTo,
  reasonOfMove,
} from '../../adapters/approval-page.ts';
import { type AskedWording, askedWording } from '../../adapters/asked-wording.ts';
import type { DecisionLink } from '../../adapters/decision-link.ts';
import { differences } from '../../adapters/plan-differences.ts';
import { tally } from '../../domain/approval.ts';
import { type QuestionWords, questionWords } from '../../domain/question.ts';
import type { Refused } from '../../domain/refusals.ts';
import type { WebDeps } from '../deps.ts';
import { keptAnswer } from '../kept-answer.ts';
import { DecidedPage } from '../pages/approval/decided.tsx';
import { ClosedPage, ReplacedPage } from '../pages/approval/ended.tsx';
import { OutOfUsePage } from '../pages/approval/out-of-use.tsx';
import { ReviewPage } from '../pages/approval/review.tsx';
import type { Typed } from '../pages/approval/review-props.ts';
import type { FieldError } from '../pages/parts.tsx';
import { type Answer, page } from '../route.ts';
import { type Bearer, boundTo } from './approval-bearer.ts';

/** The page that asks, with what the person had typed when something was wrong with it. */
export async function reviewPage(
  bearer: Bearer,
  again?: { errors: FieldError[]; typed: Typed; status: number },
): Promise<Answer> {
  const { visit, link, language } = bearer;
  const { deps, request, proof, reply } = visit;
  const { records, treaty } = deps;
  const of = { records, approvalId: link.approval.id };
  const { state } = request.query as { state?: unknown };
  const [counts, examples, changed, wordings, soFar, before] = await Promise.all([
    addressed(of),
    exampleLetters(of),
    differences({ records, approval: link.approval, timeZone: treaty.policy.treatyTimeZone }),
    wordingsOf({ deps, approval: link.approval }),
    decisionsSoFar(of),
    decisionsBefore({ records, approval: link.approval }),
  ]);
  const isOne = typeof state === 'string' && counts.stateParties.includes(state);
  const chosen = isOne ? { stateParty: state, letters: await lettersTo({ ...of, stateParty: state }) } : null;
  const shown = {
    link,
    language,
    proof,
    addressed: counts,
    examples,
    differences: changed,
    before,
    ...soFar,
    chosen,
    wordings,
  };
  // Who comes back to change an answer finds the words again, and chooses anew: nothing is ever chosen beforehand.
  const comment = keptAnswer(request, boundTo(bearer))?.comment ?? '';
  const { errors = [], typed = { choice: '', comment }, status = 200 } = again ?? {};
  const { sendAt } = treaty.policy.report;
  const naming = { sendAt, stateName: stateNamer({ deps, language }) };
  return page(reply, <ReviewPage {...shown} {...naming} errors={errors} typed={typed} />, status);
}

function stateNamer({ deps, language }: Pick<Bearer, 'language'> & { deps: WebDeps }): (iso3: string) => string {
  const names = new Map(deps.treaty.states.map(({ iso3, names: each }) => [iso3, each[language]]));
  return (iso3) => names.get(iso3) ?? iso3;
}

/** What became of an approval or its link that is not open any more: each row of the table in design 03. */
export async function endedPage(bearer: Bearer, late?: { refused: Refused }): Promise<Answer> {
  const { visit, link, language } = bearer;
  const { deps, proof, reply } = visit;
  const shown = { link, language, proof, contact: deps.mailFrom };
  if (link.standing === 'expired' || link.standing === 'revoked') return page(reply, <OutOfUsePage {...shown} />, 410);
  const { records } = deps;
  const soFar = await decisionsSoFar({ records, approvalId: link.approval.id });
  if (link.standing === 'closed') {
    const { state, version } = link.approval;
    const movedBecause = await reasonOfMove({ records, approvalId: link.approval.id });
    const happens = wordsOf(bearer).after({ state, version, movedBecause });
    const isLate = late !== undefined || visit.request.method === 'POST';
    const content = <ClosedPage {...shown} {...soFar} happens={happens} notRecorded={isLate} />;
    return page(reply, content, isLate ? 409 : 200);
  }
  const newest = await records.approval.findFirstOrThrow({
    where: { caseId: link.approval.caseId, subject: link.approval.subject },
    orderBy: { version: 'desc' },
  });
  const approval = newest as unknown as DecisionLink['approval'];
  const changed = await differences({ records, approval, timeZone: deps.treaty.policy.treatyTimeZone });
  const newerLink = { ...link, approval };
  const wordings = await wordingsOf({ deps, approval });
  const naming = { stateName: stateNamer({ deps, language }), differences: changed, wordings, newerLink };
  return page(reply, <ReplacedPage {...shown} {...soFar} {...naming} />, 409);
}

/** What was recorded and what comes of it, as far as the decisions so far say. */
export async function decidedPage(bearer: Bearer): Promise<Answer> {
  const { visit, link, language } = bearer;
  const { approval } = link;
  const given = await visit.deps.records.decision.findMany({ where: { approvalId: approval.id } });
  const { decisions, undecided } = await decisionsSoFar({ records: visit.deps.records, approvalId: approval.id });
  const approvers = [...decisions, ...undecided].map(({ personId }) => personId);
  const state =
    approval.state === 'open' ? tally({ rule: approval.rule, approvers, decisions: given as never }) : approval.state;
  const isUndecided = state === 'open';
  const outcome = { state: isUndecided ? 'approved' : state, version: approval.version, movedBecause: null } as const;
  const happens = wordsOf(bearer).after(outcome);
  const waitsFor = isUndecided ? undecided.map(({ name }) => name) : [];
  return <DecidedPage {...{ link, language, happens }} undecided={waitsFor} mayChange={isUndecided} />;
}

export async function undecidedNames({ visit, link }: Bearer): Promise<string[]> {
  if (link.approval.rule === 'any') return [];
  const { undecided } = await decisionsSoFar({ records: visit.deps.records, approvalId: link.approval.id });
  return undecided.filter(({ personId }) => personId !== link.person.id).map(({ name }) => name);
}

function wordsOf({ visit, link, language }: Bearer): QuestionWords {
  return questionWords({ approval: link.approval, language, policy: visit.deps.treaty.policy });
}

/** Of a letter's text: what changes in each language. Of everything else nothing. */
async function wordingsOf({ deps, approval }: { deps: WebDeps; approval: DecisionLink['approval'] }) {
  if (approval.subject !== 'letterText') return [] as AskedWording[];
  return await askedWording({ ...deps, summary: approval.summary });
}
