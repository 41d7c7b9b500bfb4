import type { FastifyInstance } from 'fastify';
import { renderToString } from 'preact-render-to-string';
import { boardCases, laddersOf, receivedDays } from '../../../adapters/overview/board.ts';
import { latestMove } from '../../../adapters/overview/cycle.ts';
import { dateAt } from '../../../domain/calendar.ts';
import { caseIdOf } from '../../../domain/case.ts';
import { type CycleDates, cycleDates, cycleYear } from '../../../domain/cycle.ts';
import type { Action } from '../../../domain/permissions.ts';
import type { WebDeps } from '../../deps.ts';
import { BoardPage } from '../../pages/console/board.tsx';
import { EmptyBoardPage } from '../../pages/console/empty-board.tsx';
import type { Console } from '../../pages/console/frame.tsx';
import { ReceivedPicture } from '../../pages/console/received-picture.tsx';
import { paths, patterns } from '../../paths.ts';
import { BOARD_TYPES, type BoardRow, presentBoard } from '../../presenters/board.ts';
import { readBoardQuery } from '../../presenters/board-address.ts';
import { boardSheet, nextOf } from '../../presenters/board-sheet.ts';
import { presentReceived } from '../../presenters/received.ts';
import { type Answer, route, seeOther, type Visit } from '../../route.ts';
import { consoleOf, formatOf, sendSheet } from './frame.tsx';

export function boardRoutes(app: FastifyInstance): void {
  route(app, {
    method: 'GET',
    url: patterns.home,
    may: 'board.read',
    handler: ({ reply }) => seeOther(reply, paths.board()),
  });
  route(app, { method: 'GET', url: patterns.board, may: 'board.read', handler: showBoard });
  route(app, { method: 'GET', url: patterns.received, may: 'board.read', handler: showReceived });
}

async function showBoard(visit: Visit<Action>): Promise<Answer> {
  const { request, reply, deps } = visit;
  const { records, treaty } = deps;
  const on = await consoleOf(visit);
  const [latestYear] = on.counts.years;
  if (!latestYear) return <EmptyBoardPage on={on} year={nextYear(deps)} state="none" />;

  const query = readBoardQuery({ query: request.query, latestYear });
  const cases = await boardCases({ records, treaty: treaty.id, year: query.year, caseTypes: BOARD_TYPES });
  if (cases.length === 0) return <EmptyBoardPage on={on} year={query.year} state="planning" />;
  const board = presentBoard({ cases, treaty, query, now: on.now });

  const format = formatOf(visit);
  if (format) {
    const ladders = await laddersOf({ records, caseIds: cases.map(({ id }) => id) });
    const sheet = boardSheet({ rows: board.matching, ladders, year: query.year, now: on.now });
    return sendSheet({ reply, sheet, format });
  }
  return (
    <BoardPage
      {...{ on, board, query }}
      {...choices(deps)}
      {...(await beside({ deps, on, year: query.year, shown: board.rows }))}
    />
  );
}

/** What the page shows beside the rows themselves. */
async function beside({ deps, on, year, shown }: { deps: WebDeps; on: Console; year: number; shown: BoardRow[] }) {
  const [ladders, { received, dates }] = await Promise.all([
    laddersOf({ records: deps.records, caseIds: shown.map(({ boardCase }) => boardCase.id) }),
    receivedIn({ deps, year, now: on.now }),
  ]);
  const rows = shown.map((row) => {
    const ladder = ladders.get(row.boardCase.id);
    const reminders = ladder?.climbed.filter((rung) => /^(reminder|overdue)\//.test(rung)).length ?? 0;
    return { ...row, reminders, next: nextOf({ row, ladder, now: on.now }) };
  });
  return { rows, received, dates };
}

function choices({ treaty }: WebDeps): { regions: string[]; languages: string[] } {
  const regions = [...new Set(treaty.states.map(({ region }) => region))].sort();
  return { regions, languages: [...new Set(treaty.states.map(({ language }) => language))].sort() };
}

async function showReceived({ request, reply, deps }: Visit<Action>): Promise<Answer> {
  const { year } = readBoardQuery({ query: request.query, latestYear: nextYear(deps) });
  const { received } = await receivedIn({ deps, year, now: deps.clock.now() });
  return reply.type('image/svg+xml').send(renderToString(<ReceivedPicture received={received} />));
}

async function receivedIn({ deps, year, now }: { deps: WebDeps; year: number; now: Date }) {
  const { records, treaty } = deps;
  const { treatyTimeZone: timeZone, report } = treaty.policy;
  const years = [year - 1, year];
  const [dates, counted] = await Promise.all([
    datesOf({ deps, year }),
    receivedDays({ records, treaty: treaty.id, years, opens: report.opens, timeZone }),
  ]);
  return { dates, received: presentReceived({ counted, dates, now, timeZone }) };
}

/** The cycle's dates as they stand, moved or not. */
export async function datesOf({ deps, year }: { deps: WebDeps; year: number }): Promise<CycleDates> {
  const { records, treaty } = deps;
  const cycleId = caseIdOf({ treaty: treaty.id, year, caseType: 'annual-cycle' });
  return cycleDates({ treaty, year, moved: await latestMove({ records, cycleId }) });
}

/** The cycle that opens next, or has opened by the calendar and not here. */
export function nextYear({ treaty, clock }: WebDeps): number {
  const { policy } = treaty;
  return cycleYear({ policy, on: dateAt(clock.now().getTime(), policy.treatyTimeZone), upcoming: false });
}
