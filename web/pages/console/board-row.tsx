import { referenceOf } from '../../../domain/case.ts';
import { paths } from '../../paths.ts';
import { type BoardRow, COLUMNS, days } from '../../presenters/board.ts';
import { lastContact } from '../../presenters/board-order.ts';
import { WAITING_WORDS } from '../../presenters/case.ts';
import type { NextStep } from '../../presenters/next-step.ts';
import { type CellStanding, STANDING_WORDS, standingOf } from '../../presenters/standing.ts';
import { counted } from '../../presenters/words.ts';
import type { Console } from './frame.tsx';
import { Sign, StateName } from './marks.tsx';

export type TableRow = BoardRow & { next: NextStep | null; reminders: number };

/** One report case: every cell in symbol, colour and words, and only the State Party's name a link. */
export function Row({ row, on, isFirst }: { row: TableRow; on: Console; isFirst: boolean }) {
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
      <td>{contact && `${on.words.brief(contact.at)}, ${contact.by === 'us' ? 'from us' : 'from them'}`}</td>
      <td>{next && `${next.words}, ${on.words.brief(next.at)}`}</td>
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
    return { hidden: 'received', words: on.words.brief(boardCase.receivedAt) };
  if (step === 'report' && standing === 'overdue') return { hidden, words: counted(overdueDays, 'day') };
  if (step === 'reminders' && reminders > 0) return { hidden: `${hidden}, sent`, words: String(reminders) };
  return { hidden, words: '' };
}
