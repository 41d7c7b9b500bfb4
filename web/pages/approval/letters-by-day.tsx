import { longDate } from '../../../domain/calendar.ts';
import { letterName } from '../../presenters/approval.ts';
import { WORDS } from '../../words.ts';
import { Table } from '../parts.tsx';
import type { Review } from './review-props.ts';

/** What leaves when, and how many: one row for each kind and day. */
export function LettersByDay({ link, language }: Review) {
  if (link.approval.subject !== 'plan') return null;
  const words = WORDS[language].review;
  return (
    <Table
      caption={words.byDay}
      titles={[words.leaves, words.letter, words.count]}
      rows={link.approval.summary.letters.map(({ purpose, kind, on, count }) => ({
        key: `${on} ${kind} ${purpose}`,
        cells: [
          on ? longDate(on, language) : WORDS[language].letters.onArrival,
          letterName({ purpose, isInitial: kind === 'initial', language }),
          on ? count : words.each,
        ],
      }))}
    />
  );
}
