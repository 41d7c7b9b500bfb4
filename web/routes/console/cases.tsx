import type { FastifyInstance } from 'fastify';
import { type CaseFile, caseFile, letterFile, submittedFile } from '../../../adapters/overview/case-file.ts';
import { recordSubmission } from '../../../adapters/submissions.ts';
import { instantOf } from '../../../domain/calendar.ts';
import { referenceOf } from '../../../domain/case.ts';
import { cleanLine } from '../../../domain/letter-text.ts';
import type { Action } from '../../../domain/permissions.ts';
import { Refused } from '../../../domain/refusals.ts';
import { CasePage } from '../../pages/console/case.tsx';
import { LetterPage } from '../../pages/console/letter.tsx';
import type { PostedForm } from '../../pages/console/record-report.tsx';
import { paths, patterns } from '../../paths.ts';
import { caseIdFrom, presentCase } from '../../presenters/case.ts';
import { receiveForm } from '../../receive.ts';
import { type Answer, page, route, seeOther, type Visit } from '../../route.ts';
import { consoleOf, idOf, notFound } from './frame.tsx';
import { sendFile } from './send-file.ts';

const LONGEST_NOTE = 2_000;

export function caseRoutes(app: FastifyInstance): void {
  route(app, { method: 'GET', url: patterns.cases, may: 'case.read', handler: showCase });
  route(app, { method: 'POST', url: patterns.cases, may: 'report.file', handler: recordReport });
  route(app, { method: 'GET', url: patterns.letter, may: 'letter.read', handler: showLetter });
  route(app, { method: 'GET', url: patterns.submission, may: 'document.read', handler: sendDocument });
}

async function fileOf({ request, deps }: Visit<Action>): Promise<CaseFile | null> {
  const { '*': reference } = request.params as { '*': string };
  const caseId = caseIdFrom({ treaty: deps.treaty.id, reference });
  return caseId ? await caseFile({ records: deps.records, caseId }) : null;
}

async function showCase(visit: Visit<Action>): Promise<Answer> {
  const file = await fileOf(visit);
  return file ? await casePage({ visit, file }) : notFound(visit);
}

async function casePage({ visit, file, posted }: { visit: Visit<Action>; file: CaseFile; posted?: PostedForm }) {
  const on = await consoleOf(visit);
  const state = visit.deps.treaty.states.find(({ iso3 }) => iso3 === file.stateParty) ?? null;
  return <CasePage {...{ on, file, state, posted }} standing={presentCase({ file, now: on.now })} />;
}

async function recordReport(visit: Visit<Action>): Promise<Answer> {
  const { deps, reply, viewer } = visit;
  const file = await fileOf(visit);
  if (!file?.stateParty) return notFound(visit);
  const { file: sent, fields } = await receiveForm(visit.request, deps.treaty.policy.upload);
  const receivedOn = cleanLine(fields['receivedOn'] ?? '');
  const note = (fields['note'] ?? '').slice(0, LONGEST_NOTE);
  const day = receivedAt({ visit, file, on: receivedOn });
  const errors = [
    ...('fault' in day ? [{ field: 'receivedOn', text: day.fault }] : []),
    ...(sent instanceof Refused ? [{ field: 'file', text: sent.message }] : []),
  ];
  if ('fault' in day || sent instanceof Refused) {
    const status = sent instanceof Refused ? sent.status : 422;
    return page(reply, await casePage({ visit, file, posted: { receivedOn, note, errors } }), status);
  }
  const { records, clock } = deps;
  const report = { caseId: file.id, file: sent, door: 'post', personId: viewer.personId, note } as const;
  await recordSubmission({ records, now: clock.now(), receivedAt: day.at, ...report });
  return seeOther(reply, paths.case(referenceOf(file.id)));
}

/** A day the post came: not in the future, not before the case was opened. Today means now; an earlier day its noon. */
function receivedAt({
  visit,
  file,
  on,
}: {
  visit: Visit<Action>;
  file: CaseFile;
  on: string;
}): { at: Date } | { fault: string } {
  const zone = visit.deps.treaty.policy.treatyTimeZone;
  const now = visit.deps.clock.now();
  try {
    const noon = new Date(instantOf(on, '12:00', zone));
    const ends = instantOf(on, '23:59:59', zone);
    if (instantOf(on, '00:00', zone) > now.getTime()) return { fault: 'That day has not come yet.' };
    if (ends < file.openedAt.getTime()) return { fault: 'That day lies before this case was opened.' };
    return { at: ends >= now.getTime() ? now : noon };
  } catch {
    return { fault: 'Give the day the report reached the office.' };
  }
}

async function showLetter(visit: Visit<Action>): Promise<Answer> {
  const letterId = idOf(visit);
  const letter = letterId ? await letterFile({ records: visit.deps.records, letterId }) : null;
  if (!letter) return notFound(visit);
  const state = visit.deps.treaty.states.find(({ iso3 }) => iso3 === letter.case.stateParty) ?? null;
  return <LetterPage on={await consoleOf(visit)} letter={letter} state={state} />;
}

async function sendDocument(visit: Visit<Action>): Promise<Answer> {
  const { reply, deps } = visit;
  const submissionId = idOf(visit);
  const submission = submissionId ? await submittedFile({ records: deps.records, submissionId }) : null;
  if (!submission) return notFound(visit);
  const { document, fileName } = submission;
  return sendFile(reply, { ...document, fileName });
}
