import { referenceOf } from '../../../domain/case.ts';
import { paths } from '../../paths.ts';
import { boardAddress } from '../../presenters/board-address.ts';
import { type Board, type BoardQuery, type BoardRow, COLUMNS, days, type Sort } from '../../presenters/board.ts';
import { lastContact } from '../../presenters/board-order.ts';
import { WAITING_WORDS } from '../../presenters/case.ts';
import type { NextStep } from '../../presenters/next-step.ts';
import { type CellStanding, STANDING_WORDS, standingOf } from '../../presenters/standing.ts';
import { counted, type DateWords } from '../../presenters/words.ts';
import type { Console } from './frame.tsx';
import { Sign, Standing, StateName } from './marks.tsx';

export type TableRow = BoardRow & { next: NextStep | null; reminders: number };

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

function Row({ row, on, isFirst }: { row: TableRow; on: Console; isFirst: boolean }) {
  const { boardCase, state, next } = row;
  const contact = lastContact(boardCase);
  return (
    <tr>
      <th scope="row">
        <a href={paths.case(referenceOf(boardCase.id))}>
          <StateName state={state} />
        </a>
        {boardCase.kind === 'initial' && <i> (initial report)</i>}
        {isFirst && <b class="fp-good">first to report</b>}
        {row.needsPerson && (
          <b class="fp-needs">
            <Sign name="person" /> {boardCase.openTasks} to settle
          </b>
        )}
      </th>
      {COLUMNS.map(({ caseType, name }) =>
        caseType === boardCase.caseType ? <Cell key={name} step={name} row={row} on={on} /> : <td key={name} />,
      )}
      <td>{waiting(row, on.now)}</td>
      <td>{contact && `${brief(contact.at, on)}, ${contact.by === 'us' ? 'from us' : 'from them'}`}</td>
      <td>{next && `${next.words}, ${brief(new Date(next.at), on)}`}</td>
    </tr>
  );
}

function waiting({ boardCase }: TableRow, now: Date) {
  const { waitingFor, waitingSince } = boardCase;
  if (waitingFor === 'nobody' || waitingFor === 'date') return null;
  const who = waitingFor === 'stateParty' ? null : <span class="fp-vh"> for {WAITING_WORDS[waitingFor]}</span>;
  return (
    <>
      {counted(days(waitingSince, now), 'day')}
      {who}
    </>
  );
}

/** "3 Feb", with the year when it is not this one. */
function brief(at: Date, { words, now }: { words: DateWords; now: Date }): string {
  const year = words.iso(at).slice(0, 4);
  return year === words.iso(now).slice(0, 4) ? words.short(at) : `${words.short(at)} ${year}`;
}

/** Symbol, colour and words: none of them is needed to understand the others. */
function Cell({ step, row, on }: { step: string; row: TableRow; on: Console }) {
  const standing = standingOf({ step, boardCase: row.boardCase, now: on.now });
  const { words, hidden } = cellWords({ step, standing, row, on });
  return (
    <td class={`fp-${standing}`}>
      <Sign name={standing} />
      <span class="fp-vh">{hidden}</span>
      {words && ` ${words}`}
    </td>
  );
}

function cellWords({ step, standing, row, on }: { step: string; standing: CellStanding; row: TableRow; on: Console }) {
  const { boardCase, overdueDays, reminders } = row;
  const hidden = STANDING_WORDS[standing];
  if (step === 'report' && standing === 'done' && boardCase.receivedAt)
    return { hidden: 'received', words: brief(boardCase.receivedAt, on) };
  if (step === 'report' && standing === 'overdue') return { hidden, words: counted(overdueDays, 'day') };
  if (step === 'reminders' && reminders > 0) return { hidden: `${hidden}, sent`, words: String(reminders) };
  return { hidden, words: '' };
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
