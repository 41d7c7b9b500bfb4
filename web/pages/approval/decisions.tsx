import type { ShownDecision } from '../../../adapters/approval-page.ts';
import { longMoment } from '../../../domain/calendar.ts';
import { joinNames } from '../../../domain/letter-text.ts';
import type { Language } from '../../../domain/treaty.ts';
import { useSite } from '../../site.tsx';
import { WORDS } from '../../words.ts';
import type { Review } from './review-props.ts';

/** Who has decided what, with their words, and who has not. */
export function Decisions({ language, decisions, undecided }: Pick<Review, 'language' | 'decisions' | 'undecided'>) {
  const words = WORDS[language].review;
  const names = undecided.map(({ name }) => name);
  const missing = decisions.length > 0 ? joinNames(names, language) : '';
  return (
    <section>
      <h2 class="govuk-heading-m">{words.decisions}</h2>
      {decisions.length === 0 && <p class="govuk-body">{words.nobody}</p>}
      <DecisionList decisions={decisions} language={language} />
      {missing && <p class="govuk-body">{words.undecided(missing)}</p>}
    </section>
  );
}

export function DecisionList({ decisions, language }: { decisions: ShownDecision[]; language: Language }) {
  const { timeZone } = useSite();
  return (
    <>
      {decisions.map(({ personId, name, choice, comment, at }) => (
        <div key={personId}>
          <p class="govuk-body">
            <strong>
              <bdi>{name}</bdi>
            </strong>{' '}
            {WORDS[language].review.did[choice](longMoment(at.getTime(), language, timeZone))}
          </p>
          {comment && (
            <blockquote class="fp-typed" dir="auto">
              {comment}
            </blockquote>
          )}
        </div>
      ))}
    </>
  );
}
