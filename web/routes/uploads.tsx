import type { FastifyInstance } from 'fastify';
import { recordSubmission } from '../../adapters/submissions.ts';
import { findReceipt, findUploadLink, type UploadLink } from '../../adapters/upload-link.ts';
import { Refused } from '../../domain/refusals.ts';
import { type Language, type StateParty, stateParty } from '../../domain/treaty.ts';
import { refuseUnknown, tokenInAddress, tokenInCookie } from '../bearer.ts';
import { languageOf } from '../language.ts';
import { ReceiptPage } from '../pages/receipt.tsx';
import { UploadEndedPage, UploadPage } from '../pages/upload.tsx';
import { paths, patterns } from '../paths.ts';
import { receiveForm } from '../receive.ts';
import { type Answer, page, route, seeOther, type Visit } from '../route.ts';
import { keepLinkSecret } from '../secrets.ts';
import { WORDS } from '../words.ts';

const LONGEST_NOTE = 5_000;

/** The pages behind the link of a letter to a State Party: they take a report, and show nothing but its receipt. */
export function uploadRoutes(app: FastifyInstance): void {
  route(app, { method: 'GET', url: patterns.upload, may: 'link', handler: moveTokenToCookie });
  route(app, { method: 'GET', url: patterns.report, may: 'link', handler: withLink(form) });
  route(app, { method: 'POST', url: patterns.report, may: 'link', handler: withLink(receive) });
  route(app, { method: 'GET', url: patterns.receipt, may: 'link', handler: withLink(receipt) });
}

type Bearer = { visit: Visit<'link'>; link: UploadLink; language: Language; state: StateParty; now: Date };

async function moveTokenToCookie(visit: Visit<'link'>): Promise<Answer> {
  const token = tokenInAddress(visit);
  const { records, clock } = visit.deps;
  const link = await findUploadLink({ records, token, now: clock.now() });
  if (!link || !token) return refuseUnknown(visit);
  keepLinkSecret(visit.reply, { kind: 'u', ...token });
  return seeOther(visit.reply, paths.report(token));
}

function withLink(answer: (bearer: Bearer) => Promise<Answer> | Answer) {
  return async (visit: Visit<'link'>): Promise<Answer> => {
    const { records, clock, treaty, mailFrom } = visit.deps;
    const now = clock.now();
    const link = await findUploadLink({ records, token: tokenInCookie(visit), now });
    if (!link) return refuseUnknown(visit);
    const state = stateParty(treaty, link.case.stateParty);
    const language = languageOf(visit.request, state.language);
    if (link.standing === 'open') return answer({ visit, link, language, state, now });
    return page(visit.reply, <UploadEndedPage {...{ link, language, state, contact: mailFrom }} />, 410);
  };
}

function form(bearer: Bearer, again?: { refused: Refused; field: string; note: string }): Answer {
  const { visit, link, language, state, now } = bearer;
  const errors = again ? [{ field: again.field, text: WORDS[language].refused.codes[again.refused.code] }] : [];
  const tryLater = again?.refused.code === 'fileUnchecked';
  const shown = { link, language, state, now, tryLater, contact: visit.deps.mailFrom, proof: visit.proof };
  return page(
    visit.reply,
    <UploadPage {...shown} errors={errors} note={again?.note ?? ''} />,
    again?.refused.status ?? 200,
  );
}

async function receive(bearer: Bearer): Promise<Answer> {
  const { visit, link, now } = bearer;
  const { records, treaty } = visit.deps;
  const { file, fields } = await receiveForm(visit.request, treaty.policy.upload);
  const note = (fields['note'] ?? '').trim();
  if (file instanceof Refused) return form(bearer, { refused: file, field: 'file', note });
  if (note.length > LONGEST_NOTE) return form(bearer, { refused: new Refused('commentTooLong'), field: 'note', note });
  const received = { file, note, caseId: link.case.id, door: 'link' as const, linkSelector: link.selector };
  const { submissionId } = await recordSubmission({ records, now, ...received });
  return seeOther(visit.reply, paths.receipt({ selector: link.selector, submissionId }));
}

async function receipt({ visit, link, language, state }: Bearer): Promise<Answer> {
  const { records, mailFrom } = visit.deps;
  const { submissionId } = visit.request.params as { submissionId: string };
  const found = await findReceipt({ records, caseId: link.case.id, submissionId });
  if (!found) return refuseUnknown(visit);
  return <ReceiptPage {...{ link, language, state, contact: mailFrom, receipt: found }} />;
}
