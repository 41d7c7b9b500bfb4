import type { BoardCase } from '../../adapters/overview/board.ts';
import { fold } from '../../domain/state-names.ts';
import type { StateParty, Treaty } from '../../domain/treaty.ts';
import { REGISTRY } from '../../workflows/registry.ts';
import { order } from './board-order.ts';
import { isSettled, type Status, standingOf, statusOf } from './standing.ts';
import { isCalled } from './state-search.ts';

/** The board's columns: one for each step of the case types that have steps. */
export const COLUMNS = REGISTRY.flatMap(({ name, steps }) => steps.map((step) => ({ caseType: name, ...step })));
export const BOARD_TYPES = REGISTRY.filter(({ steps }) => steps.length > 0).map(({ name }) => name);

export type Show = 'needs' | Status;
export type Sort = 'urgency' | 'name' | 'waiting' | 'contact';

/** What a person asked the board for; all of it stands in the address. */
export type BoardQuery = {
  year: number;
  region: string;
  language: string;
  show: Show | '';
  q: string;
  sort: Sort;
  page: number;
};

export const ROWS_PER_PAGE = 120;

export type BoardRow = {
  boardCase: BoardCase;
  state: StateParty;
  status: Status;
  needsPerson: boolean;
  overdueDays: number;
};

export type ColumnHead = { caseType: string; name: string; title: string; done: number; stuck: number };

export type Board = {
  rows: BoardRow[];
  /** All rows the filters leave, in order: `rows` is one page of them. */
  matching: BoardRow[];
  pages: number;
  heads: ColumnHead[];
  /** How many there are under each tile, with the other filters as they are. */
  tiles: Record<Show, number>;
  total: number;
  firstToReport: BoardRow | null;
};

const DAY = 86_400_000;

export function days(from: Date, now: Date): number {
  return Math.max(0, Math.floor((now.getTime() - from.getTime()) / DAY));
}

/** The board as asked for: filtered, counted, ordered, cut to its page. */
export function presentBoard({
  cases,
  treaty,
  query,
  now,
}: {
  cases: BoardCase[];
  treaty: Treaty;
  query: BoardQuery;
  now: Date;
}): Board {
  const all = rowsOf({ cases, treaty, now });
  const listed = all.filter(listedBy(query));
  const tiles = { needs: listed.filter((row) => row.needsPerson).length, overdue: 0, waiting: 0, progress: 0, done: 0 };
  for (const { status } of listed) tiles[status]++;
  const matching = listed.filter((row) => isUnder(row, query.show)).sort(order(query.sort));
  const pages = Math.max(1, Math.ceil(matching.length / ROWS_PER_PAGE));
  const from = (Math.min(query.page, pages) - 1) * ROWS_PER_PAGE;
  return {
    rows: matching.slice(from, from + ROWS_PER_PAGE),
    matching,
    pages,
    heads: COLUMNS.map((column) => headOf({ column, rows: listed, now })),
    tiles,
    total: all.length,
    firstToReport: firstOf(all),
  };
}

function rowsOf({ cases, treaty, now }: { cases: BoardCase[]; treaty: Treaty; now: Date }): BoardRow[] {
  const states = new Map(treaty.states.map((state) => [state.iso3, state]));
  return cases.flatMap((boardCase) => {
    const state = states.get(boardCase.stateParty);
    if (!state) return [];
    const status = statusOf(boardCase, now);
    const overdueDays = status === 'overdue' ? days(boardCase.dueAt ?? now, now) + 1 : 0;
    return [{ boardCase, state, status, needsPerson: boardCase.openTasks > 0, overdueDays }];
  });
}

function isUnder(row: BoardRow, show: Show | ''): boolean {
  if (show === '') return true;
  return show === 'needs' ? row.needsPerson : row.status === show;
}

function listedBy({ region, language, q }: BoardQuery): (row: BoardRow) => boolean {
  const text = fold(q);
  return ({ state }) =>
    (region === '' || state.region === region) &&
    (language === '' || state.language === language) &&
    (text === '' || isCalled(state, text));
}

function headOf({ column, rows, now }: { column: (typeof COLUMNS)[number]; rows: BoardRow[]; now: Date }): ColumnHead {
  const { caseType, name, title } = column;
  let done = 0;
  let stuck = 0;
  for (const { boardCase, needsPerson } of rows) {
    if (boardCase.caseType !== caseType) continue;
    const standing = standingOf({ step: name, boardCase, now });
    if (standing === 'done') done++;
    if (standing === 'overdue' || (needsPerson && name === stepOfWaiting(boardCase, now))) stuck++;
  }
  return { caseType, name, title, done, stuck };
}

/** The step a case is at: the first that is not behind it. */
function stepOfWaiting(boardCase: BoardCase, now: Date): string | undefined {
  return COLUMNS.find(
    ({ caseType, name }) =>
      caseType === boardCase.caseType &&
      !['done', 'notNeeded', 'missed'].includes(standingOf({ step: name, boardCase, now })),
  )?.name;
}

function firstOf(rows: BoardRow[]): BoardRow | null {
  const reported = rows.filter(({ boardCase }) => boardCase.receivedAt !== null && isSettled(boardCase));
  return reported.reduce<BoardRow | null>(
    (first, row) => (first && first.boardCase.receivedAt! <= row.boardCase.receivedAt! ? first : row),
    null,
  );
}
