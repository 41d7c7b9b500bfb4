import { createRequire } from 'node:module';
import type { FastifyInstance } from 'fastify';
import { register } from '../../../adapters/overview/register.ts';
import type { Action } from '../../../domain/permissions.ts';
import { fold } from '../../../domain/state-names.ts';
import { AboutPage } from '../../pages/console/about.tsx';
import type { RegisterRow } from '../../pages/console/contact-table.tsx';
import { RegisterPage } from '../../pages/console/register.tsx';
import { paths, patterns } from '../../paths.ts';
import { isCalled } from '../../presenters/state-search.ts';
import { type Answer, route, type Visit } from '../../route.ts';
import { consoleOf, formatOf, searchOf, sendSheet } from './frame.tsx';

const { version } = createRequire(import.meta.url)('../../../package.json') as { version: string };

export function registerRoutes(app: FastifyInstance): void {
  route(app, { method: 'GET', url: patterns.register, may: 'case.read', handler: showRegister });
  route(app, { method: 'GET', url: patterns.about, may: 'case.read', handler: showAbout });
}

async function showRegister(visit: Visit<Action>): Promise<Answer> {
  const { reply, deps } = visit;
  const { treaty, records } = deps;
  const { contacts, people } = await register({ records });
  const q = searchOf(visit);
  const rows = treaty.states
    .map((state) => ({ state, contacts: contacts.filter(({ stateParty }) => stateParty === state.iso3) }))
    .filter((row) => isAsked(row, q))
    .sort((one, other) => one.state.names.en.localeCompare(other.state.names.en, 'en'));
  const format = formatOf(visit);
  if (format) return sendSheet({ reply, format, sheet: sheetOf(rows) });
  const stateNames = new Map(treaty.states.map(({ iso3, names: { en } }) => [iso3, en]));
  const on = await consoleOf(visit);
  return <RegisterPage {...{ on, rows, people, stateNames, q }} address={(asked) => addressOf({ q, format: asked })} />;
}

function isAsked({ state, contacts }: RegisterRow, q: string): boolean {
  return q === '' || isCalled(state, fold(q)) || contacts.some(({ email }) => email.includes(q.toLowerCase()));
}

function addressOf({ q, format = '' }: { q: string; format?: string }): string {
  return `${paths.register()}?${new URLSearchParams(Object.entries({ q, format }).filter(([, value]) => value !== ''))}`;
}

/** With the titles the import reads, so that the list can go out, be corrected, and come in again. */
function sheetOf(rows: RegisterRow[]) {
  return {
    name: 'contacts',
    titles: ['state', 'kind', 'name', 'email', 'language'],
    rows: rows.flatMap(({ state, contacts }) =>
      contacts.map(({ kind, name, email, language }) => [state.names.en, kind, name, email, language]),
    ),
  };
}

async function showAbout(visit: Visit<Action>): Promise<Answer> {
  return <AboutPage on={await consoleOf(visit)} treaty={visit.deps.treaty} version={version} />;
}
