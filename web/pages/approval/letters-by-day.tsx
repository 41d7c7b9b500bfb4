import { longDate } from '../../../domain/calendar.ts';
import { letterName } from '../../presenters/approval.ts';
import { WORDS } from '../../words.ts';
import type { Review } from './review-props.ts';

/** What leaves when, and how many: one row for each kind and day. */
export function LettersByDay({ link, language }: Review) {
  if (link.approval.subject !== 'plan') return null;
  const words = WORDS[language].review;
  return (
    <>
      <table class="govuk-table">
        <caption class="govuk-table__caption govuk-table__caption--m">{words.byDay}</caption>
        <thead class="govuk-table__head">
          <tr class="govuk-table__row">
            <th scope="col" class="govuk-table__header">
              {words.leaves}
            </th>
            <th scope="col" class="govuk-table__header">
              {words.letter}
            </th>
            <th scope="col" class="govuk-table__header govuk-table__header--numeric">
              {words.count}
            </th>
          </tr>
        </thead>
        <tbody class="govuk-table__body">
          {link.approval.summary.letters.map(({ purpose, kind, on, count }) => (
            <tr class="govuk-table__row" key={`${on}${kind}${purpose}`}>
              <td class="govuk-table__cell">{on ? longDate(on, language) : WORDS[language].letters.onArrival}</td>
              <td class="govuk-table__cell">{letterName({ purpose, isInitial: kind === 'initial', language })}</td>
              <td class="govuk-table__cell govuk-table__cell--numeric">{count}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p class="govuk-body">{words.stops}</p>
    </>
  );
}
