import type { Sheet } from '../../adapters/exports.ts';
import type { Ladder } from '../../adapters/overview/board.ts';
import { referenceOf } from '../../domain/case.ts';
import { type BoardRow, COLUMNS, days } from './board.ts';
import { lastContact } from './board-order.ts';
import { WAITING_WORDS } from './case.ts';
import { nextStep } from './next-step.ts';
import { isSettled, STANDING_WORDS, STATUSES, standingOf } from './standing.ts';

/** The rows of the board as a list for Excel: every row that matches, not only one page. */
export function boardSheet({
  rows,
  ladders,
  year,
  now,
}: {
  rows: BoardRow[];
  ladders: ReadonlyMap<string, Ladder>;
  year: number;
  now: Date;
}): Sheet {
  const titles = ['State Party', 'ISO code', 'Report', 'Region', 'Language', 'Status', 'Tasks to settle'];
  const after = [
    'Waiting for',
    'Days waiting',
    'Days overdue',
    'Last contact',
    'Next automatic step',
    'Next on',
    'Outcome',
  ];
  return {
    name: `board-${year}`,
    titles: [...titles, ...COLUMNS.map(({ title }) => title), ...after, 'Received on', 'Reference'],
    rows: rows.map((row) => cellsOf({ row, ladder: ladders.get(row.boardCase.id), now })),
  };
}

function cellsOf({
  row,
  ladder,
  now,
}: {
  row: BoardRow;
  ladder: Ladder | undefined;
  now: Date;
}): Sheet['rows'][number] {
  const { boardCase, state, status, overdueDays } = row;
  const next = nextOf({ row, ladder, now });
  const isWaited = boardCase.waitingFor !== 'nobody';
  return [
    state.names.en,
    state.iso3,
    boardCase.kind ?? '',
    state.region,
    state.language,
    STATUSES[status],
    boardCase.openTasks,
    ...COLUMNS.map(({ name }) => STANDING_WORDS[standingOf({ step: name, boardCase, now })]),
    isWaited ? WAITING_WORDS[boardCase.waitingFor] : '',
    isWaited ? days(boardCase.waitingSince, now) : null,
    overdueDays || null,
    lastContact(boardCase)?.at ?? null,
    next?.words ?? '',
    next ? new Date(next.at) : null,
    boardCase.outcome ?? '',
    boardCase.receivedAt,
    referenceOf(boardCase.id),
  ];
}

export function nextOf({ row, ladder, now }: { row: BoardRow; ladder: Ladder | undefined; now: Date }) {
  const { boardCase } = row;
  return nextStep({
    schedule: ladder?.schedule ?? null,
    climbed: ladder?.climbed ?? [],
    isSettled: isSettled(boardCase),
    isClosed: boardCase.closedAt !== null,
    now: now.getTime(),
  });
}
