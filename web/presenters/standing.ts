import type { BoardCase } from '../../adapters/overview/board.ts';
import type { Standing } from '../../domain/case.ts';

/** What a cell of the board says. */
export type CellStanding = Standing | 'notStarted' | 'notNeeded';

export const STANDING_WORDS: Record<CellStanding, string> = {
  done: 'done',
  inProgress: 'in progress',
  waiting: 'waiting for the State',
  overdue: 'overdue',
  notStarted: 'not started',
  missed: 'not received',
  notNeeded: 'not needed',
};

/** Where a case stands as a whole: each case is in exactly one of these. */
export type Status = 'overdue' | 'waiting' | 'progress' | 'done';

export const STATUSES: Record<Status, string> = {
  overdue: 'Overdue',
  waiting: 'Waiting for the State',
  progress: 'In progress',
  done: 'Done',
};

type Standings = Pick<BoardCase, 'steps' | 'dueAt' | 'outcome' | 'closedAt' | 'waitingFor'>;

/** Is the report there, or its absence counted? */
export function isSettled({ steps, outcome, closedAt }: Pick<Standings, 'steps' | 'outcome' | 'closedAt'>): boolean {
  return steps['report'] === 'done' || outcome !== null || closedAt !== null;
}

export function statusOf(boardCase: Standings, now: Date): Status {
  if (isSettled(boardCase)) return 'done';
  if (boardCase.dueAt && now > boardCase.dueAt) return 'overdue';
  return boardCase.waitingFor === 'stateParty' ? 'waiting' : 'progress';
}

/** The standing of one step, from what was stored of it and from what the calendar makes of the case. */
export function standingOf({ step, boardCase, now }: { step: string; boardCase: Standings; now: Date }): CellStanding {
  const { steps, dueAt } = boardCase;
  const stored = steps[step];
  const settled = isSettled(boardCase);
  if (step === 'reminders') {
    if (settled) return stored ?? 'notNeeded';
    return stored ? 'inProgress' : 'notStarted';
  }
  if (step === 'report' && !settled) {
    if (dueAt && now > dueAt) return 'overdue';
    return steps['invitation'] ? 'waiting' : 'notStarted';
  }
  if (step === 'receipt' && !stored && settled) return steps['report'] === 'done' ? 'inProgress' : 'notNeeded';
  return stored ?? 'notStarted';
}
