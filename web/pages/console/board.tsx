import { plainDate } from '../../../domain/calendar.ts';
import type { CycleDates } from '../../../domain/cycle.ts';
import { paths } from '../../paths.ts';
import type { Board, BoardQuery } from '../../presenters/board.ts';
import { boardAddress } from '../../presenters/board-address.ts';
import type { Received } from '../../presenters/received.ts';
import { Pagination } from '../parts.tsx';
import { BoardFilters, BoardTiles } from './board-filters.tsx';
import type { TableRow } from './board-row.tsx';
import { BoardLegend, BoardTable } from './board-table.tsx';
import { type Console, ConsolePage, Exports } from './frame.tsx';
import { Symbols } from './marks.tsx';
import { ReceivedSection } from './received.tsx';

export type BoardPageProps = {
  on: Console;
  board: Board;
  rows: TableRow[];
  query: BoardQuery;
  dates: CycleDates;
  regions: string[];
  languages: string[];
  received: Received;
};

/** Where every State Party stands: 112 rows, one column for each step. */
export function BoardPage(props: BoardPageProps) {
  const { on, board, query, dates } = props;
  const address = boardAddress({ query, change: { page: query.page } });
  return (
    <ConsolePage on={on} title={`Board ${query.year}`} active="board" wide>
      <Symbols />
      <div class="fp-title">
        <h1 class="govuk-heading-l">
          Reports for {dates.reportingYear}, due {plainDate(dates.deadlineOn, 'en')}
        </h1>
        <Years on={on} query={query} />
      </div>
      <div
        id="counts"
        data-live
        hx-get={address}
        hx-trigger={on.simulation?.mode === 'playing' ? 'every 2s' : 'every 15s'}
        hx-select="#counts"
        hx-select-oob="#board"
        hx-swap="outerHTML"
      >
        <BoardTiles board={board} query={query} />
      </div>
      <div class="fp-above">
        <BoardFilters {...props} />
        <FirstToReport board={board} on={on} />
      </div>
      {board.matching.length === 0 ? <NothingFound query={query} /> : <BoardTable {...props} />}
      <div class="fp-below">
        <BoardLegend />
        <a class="govuk-link fp-small" href={paths.about()}>
          What the words and marks mean
        </a>
        <Exports href={(format) => boardAddress({ query, format })} />
      </div>
      <Pagination page={query.page} pages={board.pages} href={(page) => boardAddress({ query, change: { page } })} />
      <ReceivedSection received={props.received} year={query.year} />
    </ConsolePage>
  );
}

function Years({ on, query }: { on: Console; query: BoardQuery }) {
  if (on.counts.years.length < 2) return null;
  return (
    <nav aria-label="Cycles" class="fp-years">
      {on.counts.years.map((year) => (
        <a
          key={year}
          class="govuk-link"
          href={boardAddress({ query, change: { year } })}
          aria-current={year === query.year ? 'page' : undefined}
        >
          {year}
        </a>
      ))}
    </nav>
  );
}

/** A good word for who was first. */
function FirstToReport({ board, on }: { board: Board; on: Console }) {
  const { firstToReport } = board;
  if (!firstToReport) return null;
  const { state, boardCase } = firstToReport;
  return (
    <p class="fp-first">
      <bdi>{state.names.en}</bdi> reported first, on {on.words.date(boardCase.receivedAt!)}. Thank you!
    </p>
  );
}

function NothingFound({ query }: { query: BoardQuery }) {
  const all = { region: '', language: '', show: '' as const, q: '' };
  return (
    <p class="govuk-body fp-empty">
      No State Party is here with these filters.{' '}
      <a class="govuk-link" href={boardAddress({ query, change: all })}>
        Show all
      </a>
    </p>
  );
}
