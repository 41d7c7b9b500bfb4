import type { FastifyInstance } from 'fastify';
import { recordFiling } from '../../../adapters/filing.ts';
import { register } from '../../../adapters/overview/register.ts';
import { filingCases, trayMails } from '../../../adapters/overview/tasks.ts';
import type { Action } from '../../../domain/permissions.ts';
import { Refused } from '../../../domain/refusals.ts';
import { TrayPage } from '../../pages/console/tray.tsx';
import type { FieldError } from '../../pages/parts.tsx';
import { paths, patterns } from '../../paths.ts';
import { guessState } from '../../presenters/tray.ts';
import { type Answer, page, route, seeOther, type Visit } from '../../route.ts';
import { consoleOf, idOf, notFound } from './frame.tsx';

export function trayRoutes(app: FastifyInstance): void {
  route(app, { method: 'GET', url: patterns.tray, may: 'task.read', handler: (visit) => trayPage(visit) });
  route(app, { method: 'POST', url: patterns.trayMail, may: 'mail.file', handler: fileMail });
}

async function trayPage(visit: Visit<Action>, wrong?: { mailId: string; errors: FieldError[] }) {
  const { records, treaty } = visit.deps;
  const [on, lying, { contacts }] = await Promise.all([
    consoleOf(visit),
    trayMails({ records }),
    register({ records }),
  ]);
  const answered = lying.flatMap(({ caseId }) => caseId ?? []);
  const open = await filingCases({ records, treaty: treaty.id, answered });
  const names = new Map(treaty.states.map(({ iso3, names: { en } }) => [iso3, en]));
  const cases = open
    .map(({ id, stateParty, kind, year }) => ({ id, title: `${names.get(stateParty ?? '')}, ${kind} report, ${year}` }))
    .sort((one, other) => one.title.localeCompare(other.title, 'en'));
  const mails = lying.map((mail) => {
    const guess = guessState({ mail, contacts, treaty });
    const guessed = open.find(({ stateParty }) => stateParty === guess?.state.iso3)?.id;
    return { mail, guess, guessedCase: mail.caseId ?? guessed ?? '' };
  });
  return <TrayPage {...{ on, mails, cases, wrong }} />;
}

/** The fields carry the mail's id, so that each form on the page has names of its own. */
async function fileMail(visit: Visit<Action>): Promise<Answer> {
  const { deps, reply, viewer, form } = visit;
  const mailId = idOf(visit);
  if (!mailId) return notFound(visit);
  const caseId = form[`case-${mailId}`] ?? '';
  const as = form[`as-${mailId}`] ?? '';
  const errors: FieldError[] = [];
  if (!caseId) errors.push({ field: `case-${mailId}`, text: 'Choose the case it belongs to.' });
  if (as !== 'report' && as !== 'letter')
    errors.push({ field: `as-${mailId}`, text: 'Say whether it carries the report.' });
  if (errors.length > 0) return page(reply, await trayPage(visit, { mailId, errors }), 422);
  try {
    const filing = { mailId, caseId, personId: viewer.personId, asReport: as === 'report' };
    await recordFiling({ records: deps.records, now: deps.clock.now(), limits: deps.treaty.policy.upload, ...filing });
  } catch (error) {
    if (!(error instanceof Refused) || error.code !== 'fileMissing') throw error;
    const text = 'The mail has no attachment that can be received as a report (PDF or Word).';
    return page(reply, await trayPage(visit, { mailId, errors: [{ field: `as-${mailId}`, text }] }), 422);
  }
  return seeOther(reply, paths.tray());
}
