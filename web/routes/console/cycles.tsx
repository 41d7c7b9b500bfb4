import type { FastifyInstance } from 'fastify';
import { recordCycleOpening } from '../../../adapters/facts.ts';
import { peopleById } from '../../../adapters/overview/case-file.ts';
import { cycleFile, cycleProgress } from '../../../adapters/overview/cycle.ts';
import { register } from '../../../adapters/overview/register.ts';
import { endOfDay } from '../../../domain/calendar.ts';
import { caseIdOf } from '../../../domain/case.ts';
import { cycleDates, reportsDue } from '../../../domain/cycle.ts';
import type { Action } from '../../../domain/permissions.ts';
import { Refused } from '../../../domain/refusals.ts';
import type { WebDeps } from '../../deps.ts';
import { CyclePage } from '../../pages/console/cycle.tsx';
import { CyclesPage } from '../../pages/console/cycles.tsx';
import type { MovingForm } from '../../pages/console/move-dates.tsx';
import { paths, patterns } from '../../paths.ts';
import { previewPlan } from '../../presenters/cycle.ts';
import { type Answer, route, seeOther, type Visit } from '../../route.ts';
import { datesOf, nextYear } from './board.tsx';
import { consoleOf, notFound } from './frame.tsx';

export function cycleRoutes(app: FastifyInstance): void {
  route(app, { method: 'GET', url: patterns.cycles, may: 'cycle.read', handler: showCycles });
  route(app, { method: 'POST', url: patterns.cycles, may: 'cycle.open', handler: openCycle });
  route(app, { method: 'GET', url: patterns.cycle, may: 'cycle.read', handler: (visit) => cyclePage(visit) });
}

export function cycleIdOf({ treaty }: WebDeps, year: number): string {
  return caseIdOf({ treaty: treaty.id, year, caseType: 'annual-cycle' });
}

/** The cycle that is on and the next one, as far as they are not open. */
function yearsToOpen(deps: WebDeps, open: number[]): number[] {
  const year = nextYear(deps);
  return [year, year + 1].filter((each) => !open.includes(each));
}

async function showCycles(visit: Visit<Action>): Promise<Answer> {
  const { request, deps } = visit;
  const { records, treaty } = deps;
  const on = await consoleOf(visit);
  const years = yearsToOpen(deps, on.counts.years);
  const asked = Number((request.query as { year?: unknown }).year);
  const year = years.includes(asked) ? asked : years[0];
  const { contacts, people } = await register({ records });
  const preview = year ? previewPlan({ treaty, year, now: on.now, contacts }) : null;
  const coordinators = people
    .filter(({ role, id }) => role === 'coordinator' && id !== on.viewer.personId)
    .map(({ name }) => name);
  const known = new Set(contacts.map(({ stateParty }) => stateParty));
  const silent = treaty.states.filter(({ iso3 }) => !known.has(iso3)).map(({ names }) => names.en);
  return <CyclesPage {...{ on, years, preview, coordinators, silent }} policy={treaty.policy.certainty} />;
}

async function openCycle({ deps, reply, viewer, form }: Visit<Action>): Promise<Answer> {
  const year = Number(form['year']);
  if (!yearsToOpen(deps, []).includes(year)) throw new Refused('noChoice');
  const { treaty, records } = deps;
  const caseId = cycleIdOf(deps, year);
  const closesAt = endOfDay(cycleDates({ treaty, year }).closesOn, treaty.policy.treatyTimeZone);
  await recordCycleOpening({ records, caseId, input: { caseId, year, openedBy: viewer.personId, closesAt } });
  return seeOther(reply, paths.cycle(year));
}

export async function cyclePage(visit: Visit<Action>, moving?: MovingForm) {
  const { deps } = visit;
  const { records, treaty } = deps;
  const year = yearOf(visit);
  const file = await cycleFile({ records, cycleId: cycleIdOf(deps, year) });
  if (!file.cycle && !file.isAsked) return notFound(visit);
  const [on, dates, progress, people] = await Promise.all([
    consoleOf(visit),
    datesOf({ deps, year }),
    cycleProgress({ records, treaty: treaty.id, year }),
    peopleById(records),
  ]);
  const expected = reportsDue({ states: treaty.states, dates }).length;
  return (
    <CyclePage {...{ on, year, file, dates, progress, people, expected, moving }} policy={treaty.policy.certainty} />
  );
}

export function yearOf({ request }: Visit<Action>): number {
  const { year } = request.params as { year: string };
  return /^\d{4}$/.test(year) ? Number(year) : 0;
}
