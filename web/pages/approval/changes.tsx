import type { Difference } from '../../../adapters/approval-page.ts';
import { dateAt, longDate } from '../../../domain/calendar.ts';
import { joinNames } from '../../../domain/letter-text.ts';
import type { Language } from '../../../domain/treaty.ts';
import { letterName } from '../../presenters/approval.ts';
import { useSite } from '../../site.tsx';
import { WORDS } from '../../words.ts';
import { DecisionList } from './decisions.tsx';
import type { Review } from './review-props.ts';

/** Up to this many States Parties are named in a row; of more, their number says enough. */
const NAMED = 3;

/** What is different from the version before, letters of one kind and day in one row. */
export function Changes({ link, language, differences, before, stateName }: Review) {
  const { approval } = link;
  if (approval.version === 1) return null;
  const words = WORDS[language].review;
  const reason = approval.summary.change?.reason;
  return (
    <section>
      <h2 class="govuk-heading-m">{words.changed(approval.version - 1)}</h2>
      {reason && (
        <p class="govuk-body">
          {words.reason}: <bdi>{reason}</bdi>
        </p>
      )}
      {differences.length === 0 ? (
        <p class="govuk-body">{words.unchanged}</p>
      ) : (
        <DifferenceTable differences={differences} language={language} stateName={stateName} />
      )}
      {before.length > 0 && <h3 class="govuk-heading-s">{words.decisionsOn(approval.version - 1)}</h3>}
      <DecisionList decisions={before} language={language} />
    </section>
  );
}

function DifferenceTable({ differences, language, stateName }: Pick<Review, 'differences' | 'language' | 'stateName'>) {
  const words = WORDS[language].review;
  return (
    <table class="govuk-table fp-narrow">
      <thead class="govuk-table__head">
        <tr class="govuk-table__row">
          <th scope="col" class="govuk-table__header">
            {words.letter}
          </th>
          <th scope="col" class="govuk-table__header">
            {words.was}
          </th>
          <th scope="col" class="govuk-table__header">
            {words.is}
          </th>
          <th scope="col" class="govuk-table__header govuk-table__header--numeric">
            {words.count}
          </th>
        </tr>
      </thead>
      <tbody class="govuk-table__body">
        {differences.map((difference) => (
          <DifferenceRow
            key={JSON.stringify(difference)}
            difference={difference}
            language={language}
            stateName={stateName}
          />
        ))}
      </tbody>
    </table>
  );
}

function DifferenceRow({
  difference,
  language,
  stateName,
}: {
  difference: Difference;
  language: Language;
  stateName: (iso3: string) => string;
}) {
  const { timeZone } = useSite();
  const { kind, purpose, before, after, count, stateParties } = difference;
  const words = WORDS[language];
  const day = (at: Date | null) => (at ? longDate(dateAt(at.getTime(), timeZone), language) : words.letters.onArrival);
  return (
    <tr class="govuk-table__row">
      <td class="govuk-table__cell">
        {letterName({ purpose, isInitial: false, language })}: {words.review.kinds[kind]}
        {stateParties.length <= NAMED && (
          <span class="fp-quiet"> ({joinNames(stateParties.map(stateName), language)})</span>
        )}
      </td>
      <td class="govuk-table__cell">{kind === 'added' ? '–' : day(before)}</td>
      <td class="govuk-table__cell">{kind === 'removed' ? '–' : day(after)}</td>
      <td class="govuk-table__cell govuk-table__cell--numeric">{count}</td>
    </tr>
  );
}
