import { paths } from '../../paths.ts';
import type { Board, BoardQuery, Show } from '../../presenters/board.ts';
import { boardAddress } from '../../presenters/board-address.ts';
import { languageName } from '../../presenters/words.ts';
import { Filters } from './filters.tsx';

const TILES: { show: Show; title: string; hint: string }[] = [
  { show: 'needs', title: 'Needs a person', hint: 'something to settle' },
  { show: 'overdue', title: 'Overdue', hint: 'past the deadline' },
  { show: 'waiting', title: 'Waiting for the State', hint: 'invited' },
  { show: 'progress', title: 'In progress', hint: 'not yet invited' },
  { show: 'done', title: 'Done', hint: 'received or counted' },
];

/** How many stand where; each number is also the filter for it. */
export function BoardTiles({ board, query }: { board: Board; query: BoardQuery }) {
  return (
    <>
      <nav class="fp-tiles" aria-label="Filter by status">
        {TILES.map(({ show, title, hint }) => {
          const isOn = query.show === show;
          return (
            <a
              key={show}
              class={`fp-tile fp-tile--${show}`}
              aria-current={isOn ? 'true' : undefined}
              href={boardAddress({ query, change: { show: isOn ? '' : show } })}
            >
              <span class="fp-tile__count">{board.tiles[show]}</span> <span class="fp-tile__title">{title}</span>{' '}
              <span class="fp-vh">{isOn ? 'show all again' : hint}</span>
            </a>
          );
        })}
      </nav>
      <StackedBar board={board} />
    </>
  );
}

/** The same numbers as one bar; the tiles are its table, so it is not read out. */
function StackedBar({ board: { tiles } }: { board: Board }) {
  const parts = (['done', 'waiting', 'progress', 'overdue'] as const).filter((part) => tiles[part] > 0);
  const whole = parts.reduce((sum, part) => sum + tiles[part], 0);
  let from = 0;
  return (
    <svg class="fp-bar" viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true">
      {parts.map((part) => {
        const width = (tiles[part] / whole) * 1000;
        from += width;
        return (
          <rect
            key={part}
            class={`fp-bar__${part}`}
            x={from - width}
            y="0"
            width={Math.max(0, width - 2)}
            height="10"
          />
        );
      })}
    </svg>
  );
}

export function BoardFilters({
  query,
  regions,
  languages,
}: {
  query: BoardQuery;
  regions: string[];
  languages: string[];
}) {
  const { year, show, sort, q } = query;
  const keeps = { year, ...(show && { show }), ...(sort !== 'urgency' && { sort }) };
  return (
    <Filters
      action={paths.board()}
      q={q}
      keeps={keeps}
      more={
        <>
          <label for="region">Region</label>
          <Choice name="region" value={query.region} options={regions} />
          <label for="language">Language</label>
          <Choice name="language" value={query.language} options={languages} nameOf={languageName} />
        </>
      }
    />
  );
}

function Choice({
  name,
  value,
  options,
  nameOf = (option) => option,
}: {
  name: string;
  value: string;
  options: string[];
  nameOf?: (option: string) => string;
}) {
  return (
    <select id={name} name={name} class="govuk-select">
      <option value="">All</option>
      {options.map((option) => (
        <option key={option} value={option} selected={option === value}>
          {nameOf(option)}
        </option>
      ))}
    </select>
  );
}
