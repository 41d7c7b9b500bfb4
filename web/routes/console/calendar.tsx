import type { FastifyInstance } from 'fastify';
import { type UpcomingLetter, upcomingLetters } from '../../../adapters/overview/upcoming.ts';
import { dateAt, workCalendar } from '../../../domain/calendar.ts';
import { referenceOf } from '../../../domain/case.ts';
import type { Action } from '../../../domain/permissions.ts';
import { fold } from '../../../domain/state-names.ts';
import type { StateParty } from '../../../domain/treaty.ts';
import { CalendarPage } from '../../pages/console/calendar.tsx';
import { paths, patterns } from '../../paths.ts';
import { isCalled } from '../../presenters/state-search.ts';
import { DAYS_AHEAD, presentCalendar } from '../../presenters/upcoming.ts';
import { letterWords } from '../../presenters/words.ts';
import { type Answer, route, type Visit } from '../../route.ts';
import { consoleOf, formatOf, searchOf, sendSheet } from './frame.tsx';

export function calendarRoutes(app: FastifyInstance): void {
  route(app, { method: 'GET', url: patterns.calendar, may: 'calendar.read', handler: showCalendar });
}

async function showCalendar(visit: Visit<Action>): Promise<Answer> {
  const { reply, deps } = visit;
  const { records, treaty } = deps;
  const on = await consoleOf(visit);
  const q = searchOf(visit);
  const calendar = workCalendar({ timeZone: treaty.policy.treatyTimeZone, holidays: treaty.holidays });
  const states = new Map(treaty.states.map((state) => [state.iso3, state]));
  const until = new Date(on.now.getTime() + (DAYS_AHEAD + 1) * 86_400_000);
  const all = await upcomingLetters({ records, treaty: treaty.id, until });
  const letters = all
    .filter(({ stateParty }) => isAsked({ state: states.get(stateParty), q }))
    .sort((one, other) => byTimeAndName({ one, other, states }));
  const format = formatOf(visit);
  if (format) return sendSheet({ reply, format, sheet: sheetOf(letters, states) });
  const today = dateAt(on.now.getTime(), calendar.timeZone);
  const days = presentCalendar({ letters, today, calendar, holidays: treaty.holidays });
  return <CalendarPage {...{ on, days, states, q }} address={(asked) => addressOf({ q, format: asked })} />;
}

function byTimeAndName({
  one,
  other,
  states,
}: {
  one: UpcomingLetter;
  other: UpcomingLetter;
  states: Map<string, StateParty>;
}) {
  const name = ({ stateParty }: UpcomingLetter) => states.get(stateParty)?.names.en ?? stateParty;
  return one.plannedAt.getTime() - other.plannedAt.getTime() || name(one).localeCompare(name(other), 'en');
}

function isAsked({ state, q }: { state: StateParty | undefined; q: string }): boolean {
  return q === '' || (state !== undefined && isCalled(state, fold(q)));
}

function addressOf({ q, format = '' }: { q: string; format?: string }): string {
  const search = new URLSearchParams(Object.entries({ q, format }).filter(([, value]) => value !== ''));
  return `${paths.calendar()}?${search}`;
}

function sheetOf(letters: UpcomingLetter[], states: ReadonlyMap<string, StateParty>) {
  return {
    name: 'calendar',
    titles: [
      'Leaves on',
      'State Party',
      'ISO code',
      'Letter',
      'Language',
      'Recipient',
      'Subject',
      'Approved',
      'Reference',
    ],
    rows: letters.map((letter) => [
      letter.plannedAt,
      states.get(letter.stateParty)?.names.en ?? '',
      letter.stateParty,
      letterWords(letter),
      letter.language,
      letter.recipient,
      letter.subject,
      letter.isApproved ? 'yes' : 'not yet',
      referenceOf(letter.caseId),
    ]),
  };
}
