import type { Difference } from '../../../adapters/plan-differences.ts';
import { dateAt, longDate } from '../../../domain/calendar.ts';
import { COLON, joinNames } from '../../../domain/letter-text.ts';
import { letterName } from '../../presenters/approval.ts';
import { useSite } from '../../site.tsx';
import { WORDS } from '../../words.ts';
import { Table } from '../parts.tsx';
import { DecisionList } from './decisions.tsx';
import type { Review } from './review-props.ts';

/** Up to this many States Parties are named in a row; of more, their number says enough. */
const NAMED = 3;

/** What is different from the version this one is compared with, letters of one kind and day in one row. */
export function Changes({ link, language, differences, before, stateName }: Review) {
  const { approval } = link;
  const change = approval.subject === 'plan' ? approval.summary.change : null;
  if (!change) return null;
  const words = WORDS[language].review;
  return (
    <section>
      <h2 class="govuk-heading-m">{words.changed(change.since)}</h2>
      {change.reason && (
        <p class="govuk-body">
          {words.reason}
          {COLON[language]}
          <bdi>{change.reason}</bdi>
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
  const words = WORDS[language];
  const { letter, was, is, count } = words.review;
  const { timeZone } = useSite();
  const day = (at: Date | null) => (at ? longDate(dateAt(at.getTime(), timeZone), language) : words.letters.onArrival);
  const what = ({ kind, purpose, stateParties }: Difference) => (
    <>
      {letterName({ purpose, isInitial: false, language }) + COLON[language] + words.review.kinds[kind]}
      {stateParties.length <= NAMED && (
        <span class="fp-quiet"> ({joinNames(stateParties.map(stateName), language)})</span>
      )}
    </>
  );
  return (
    <Table
      isNarrow
      titles={[letter, was, is, count]}
      rows={differences.map((difference) => {
        const { kind, before, after } = difference;
        const days = [kind === 'added' ? '–' : day(before), kind === 'removed' ? '–' : day(after)];
        return { key: JSON.stringify(difference), cells: [what(difference), ...days, difference.count] };
      })}
    />
  );
}
