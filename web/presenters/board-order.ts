import type { BoardCase } from '../../adapters/overview/board.ts';
import type { BoardRow, Sort } from './board.ts';

const collator = new Intl.Collator('en');

/** How the rows stand: by default what needs a person first, then what is overdue longest, then by name. */
export function order(sort: Sort): (one: BoardRow, other: BoardRow) => number {
  const byName = (one: BoardRow, other: BoardRow) => collator.compare(one.state.names.en, other.state.names.en);
  const since = ({ boardCase }: BoardRow) =>
    boardCase.waitingFor === 'nobody' ? Infinity : boardCase.waitingSince.getTime();
  const contact = ({ boardCase }: BoardRow) => lastContact(boardCase)?.at.getTime() ?? 0;
  const sorts: Record<Sort, (one: BoardRow, other: BoardRow) => number> = {
    name: byName,
    waiting: (one, other) => compare(since(one), since(other)) || byName(one, other),
    contact: (one, other) => compare(contact(other), contact(one)) || byName(one, other),
    urgency: (one, other) =>
      Number(other.needsPerson) - Number(one.needsPerson) || other.overdueDays - one.overdueDays || byName(one, other),
  };
  return sorts[sort];
}

function compare(one: number, other: number): number {
  return one === other ? 0 : one - other;
}

/** The last time we wrote or they did, whichever is later. */
export function lastContact({ lastLetterAt, lastHeardAt }: BoardCase): { at: Date; by: 'us' | 'them' } | null {
  if (lastHeardAt && (!lastLetterAt || lastHeardAt >= lastLetterAt)) return { at: lastHeardAt, by: 'them' };
  return lastLetterAt ? { at: lastLetterAt, by: 'us' } : null;
}
