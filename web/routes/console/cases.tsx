import type { FastifyInstance } from 'fastify';
import { checkFile } from '../../../adapters/incoming-file.ts';
import { type CaseFile, caseFile, letterFile, submittedFile } from '../../../adapters/overview/case-file.ts';
import { recordSubmission } from '../../../adapters/submissions.ts';
import { instantOf } from '../../../domain/calendar.ts';
import { referenceOf } from '../../../domain/case.ts';
import { cleanLine, cleanText } from '../../../domain/letter-text.ts';
import type { Action } from '../../../domain/permissions.ts';
import { Refused } from '../../../domain/refusals.ts';
import { CasePage } from '../../pages/console/case.tsx';
import { LetterPage } from '../../pages/console/letter.tsx';
import type { PostedForm } from '../../pages/console/record-report.tsx';
import { paths, patterns } from '../../paths.ts';
import { caseIdFrom, presentCase } from '../../presenters/case.ts';
import { type Answer, page, route, seeOther, type Visit } from '../../route.ts';
import { consoleOf, idOf, notFound } from './frame.tsx';

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
  const sent = await readParts(visit);
  const day = receivedAt({ visit, file, on: sent.receivedOn });
  const errors = [
    ...('fault' in day ? [{ field: 'receivedOn', text: day.fault }] : []),
    ...(sent.file instanceof Refused ? [{ field: 'file', text: sent.file.message }] : []),
  ];
  if ('fault' in day || sent.file instanceof Refused) {
    const status = sent.file instanceof Refused ? sent.file.status : 422;
    return page(reply, await casePage({ visit, file, posted: { ...sent, errors } }), status);
  }
  const { records, clock } = deps;
  const report = {
    caseId: file.id,
    file: sent.file,
    door: 'post',
    personId: viewer.personId,
    note: sent.note,
  } as const;
  await recordSubmission({ records, now: clock.now(), receivedAt: day.at, ...report });
  return seeOther(reply, paths.case(referenceOf(file.id)));
}

/** The form with its file: a file that cannot be taken is the reason why. */
async function readParts({ request, deps }: Visit<Action>) {
  const limits = deps.treaty.policy.upload;
  const fields: Record<string, string> = {};
  let file: Awaited<ReturnType<typeof checkFile>> | Refused = new Refused('fileMissing');
  for await (const part of request.parts({ limits: { files: 1, fields: 10, fileSize: limits.maxBytes + 1 } })) {
    if (part.type === 'field') fields[part.fieldname] = typeof part.value === 'string' ? part.value : '';
    else if (!part.filename) part.file.resume();
    else file = await checkFile({ stream: part.file, fileName: part.filename, limits }).catch(asRefused);
  }
  const { receivedOn = '', note = '' } = fields;
  return { file, receivedOn: cleanLine(receivedOn), note: cleanText(note).slice(0, 2000) };
}

function asRefused(error: unknown): Refused {
  if (error instanceof Refused) return error;
  throw error;
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

/** As a file to keep, never shown in the browser: it came from outside. */
async function sendDocument(visit: Visit<Action>): Promise<Answer> {
  const { reply, deps } = visit;
  const submissionId = idOf(visit);
  const submission = submissionId ? await submittedFile({ records: deps.records, submissionId }) : null;
  if (!submission) return notFound(visit);
  const { document, fileName } = submission;
  const plain = fileName.replace(/[^\w .()-]/g, '_');
  return reply
    .type(document.mediaType)
    .header('x-content-type-options', 'nosniff')
    .header('content-disposition', `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(fileName)}`)
    .send(Buffer.from(document.bytes));
}
