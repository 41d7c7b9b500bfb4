import type { Board, BoardQuery, Sort } from '../../presenters/board.ts';
import { boardAddress } from '../../presenters/board-address.ts';
import type { CellStanding } from '../../presenters/standing.ts';
import { counted } from '../../presenters/words.ts';
import { Row, type TableRow } from './board-row.tsx';
import type { Console } from './frame.tsx';
import { Standing } from './marks.tsx';

type TableProps = { on: Console; board: Board; rows: TableRow[]; query: BoardQuery };

export function BoardTable({ on, board, rows, query }: TableProps) {
  return (
    <div class="fp-scroll" tabIndex={0} role="region" aria-label="Where each State Party stands">
      <table class="fp-board" id="board" data-live>
        <caption class="fp-vh">
          {counted(board.matching.length, 'report')} of {board.total}. {ORDERED[query.sort]}
        </caption>
        <thead>
          <tr>
            <Sortable sort="name" query={query}>
              State Party
            </Sortable>
            {board.heads.map(({ name, title, done, stuck }) => (
              <th scope="col" key={name}>
                {title}
                <small>
                  {done} done{stuck > 0 && <b>, {stuck} stuck</b>}
                </small>
              </th>
            ))}
            <Sortable sort="waiting" query={query}>
              Waiting
            </Sortable>
            <Sortable sort="contact" query={query}>
              Last contact
            </Sortable>
            <th scope="col">Next automatic step</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row key={row.boardCase.id} row={row} on={on} isFirst={row.boardCase === board.firstToReport?.boardCase} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

const ORDERED: Record<Sort, string> = {
  urgency: 'What needs a person stands first, then what is overdue, then by name.',
  name: 'Ordered by name.',
  waiting: 'The longest waiting stand first.',
  contact: 'The latest contact stands first.',
};

/** The head of a column that the table can be ordered by; a second click goes back to the usual order. */
function Sortable({ sort, query, children }: { sort: Sort; query: BoardQuery; children: string }) {
  const isOn = query.sort === sort;
  return (
    <th scope="col" aria-sort={isOn ? (sort === 'contact' ? 'descending' : 'ascending') : undefined}>
      <a href={boardAddress({ query, change: { sort: isOn ? 'urgency' : sort } })}>
        {children}
        <span aria-hidden="true">{isOn ? ' ▾' : ''}</span>
      </a>
    </th>
  );
}

const SHOWN: CellStanding[] = ['done', 'inProgress', 'waiting', 'overdue', 'notStarted', 'notNeeded', 'missed'];

/** What the symbols mean. */
export function BoardLegend() {
  return (
    <ul class="fp-key" aria-label="What the symbols mean">
      {SHOWN.map((standing) => (
        <li key={standing}>
          <Standing standing={standing} />
        </li>
      ))}
    </ul>
  );
}
