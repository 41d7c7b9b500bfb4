import type { FastifyInstance } from 'fastify';
import { mailFile, recordFiling } from '../../../adapters/filing.ts';
import { register } from '../../../adapters/overview/register.ts';
import { type FilingCase, filingCases, trayMails } from '../../../adapters/overview/tasks.ts';
import type { Action } from '../../../domain/permissions.ts';
import { Refused } from '../../../domain/refusals.ts';
import type { Treaty } from '../../../domain/treaty.ts';
import type { TrayCase, Wrong } from '../../pages/console/file-mail.tsx';
import { TrayPage } from '../../pages/console/tray.tsx';
import type { FieldError } from '../../pages/parts.tsx';
import { paths, patterns } from '../../paths.ts';
import { quotedCases, suggestCases } from '../../presenters/tray.ts';
import { type Answer, page, route, seeOther, type Visit } from '../../route.ts';
import { consoleOf, idOf, notFound } from './frame.tsx';
import { sendFile } from './send-file.ts';

export function trayRoutes(app: FastifyInstance): void {
  route(app, { method: 'GET', url: patterns.tray, may: 'task.read', handler: (visit) => trayPage(visit) });
  route(app, { method: 'POST', url: patterns.trayMail, may: 'mail.file', handler: fileMail });
  route(app, { method: 'GET', url: patterns.mailFile, may: 'document.read', handler: sendMailFile });
}

async function trayPage(visit: Visit<Action>, wrong?: Wrong) {
  const { records, treaty } = visit.deps;
  const [on, lying, { contacts }] = await Promise.all([
    consoleOf(visit),
    trayMails({ records }),
    register({ records }),
  ]);
  const named = lying.flatMap((mail) => [mail.caseId ?? [], quotedCases({ mail, treaty })].flat());
  const filable = await filingCases({ records, treaty: treaty.id, named });
  const newestFirst = titled(filable, treaty);
  const mails = lying.map((mail) => ({
    mail,
    suggestions: suggestCases({ mail, contacts, treaty, cases: newestFirst }),
  }));
  const cases = newestFirst.toSorted((one, other) => one.title.localeCompare(other.title, 'en'));
  return <TrayPage {...{ on, mails, cases, wrong }} />;
}

/** The cases by the names people look for. */
function titled(cases: FilingCase[], treaty: Treaty): TrayCase[] {
  const names = new Map(treaty.states.map(({ iso3, names: { en } }) => [iso3, en]));
  return cases.map((each) => {
    const closed = each.closedAt ? ' (closed)' : '';
    return { ...each, title: `${names.get(each.stateParty ?? '')}, ${each.kind} report, ${each.year}${closed}` };
  });
}

/** The fields carry the mail's id, so that each form on the page has names of its own. */
async function fileMail(visit: Visit<Action>): Promise<Answer> {
  const { deps, reply, viewer, form } = visit;
  const mailId = idOf(visit);
  if (!mailId) return notFound(visit);
  const [caseField, asField] = [`case-${mailId}`, `as-${mailId}`];
  const caseId = form[caseField] ?? '';
  const as = form[asField] ?? '';
  const errors: FieldError[] = [];
  if (!caseId) errors.push({ field: caseField, text: 'Choose the case it belongs to.' });
  if (!/^(letter|\d{1,3})$/.test(as)) errors.push({ field: asField, text: 'Say whether it carries the report.' });
  const again = async (wrong: FieldError[]) =>
    page(reply, await trayPage(visit, { mailId, caseId, as, errors: wrong }), 422);
  if (errors.length > 0) return await again(errors);
  const report = as === 'letter' ? null : Number(as);
  const filing = { mailId, caseId, personId: viewer.personId, report };
  try {
    await recordFiling({ records: deps.records, files: deps.files, now: deps.clock.now(), ...filing });
  } catch (error) {
    if (!(error instanceof Refused) || !error.code.startsWith('file')) throw error;
    return await again([{ field: asField, text: `This file cannot be received as the report. ${error.message}` }]);
  }
  return seeOther(reply, paths.tray());
}

async function sendMailFile(visit: Visit<Action>): Promise<Answer> {
  const { records, files } = visit.deps;
  const mailId = idOf(visit);
  const { place } = visit.request.params as { place: string };
  if (!mailId || !/^\d{1,3}$/.test(place)) return notFound(visit);
  const file = await mailFile({ records, files, mailId, place: Number(place) });
  return file ? sendFile(visit.reply, file) : notFound(visit);
}
