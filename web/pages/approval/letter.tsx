import type { ShownLetter } from '../../../adapters/approval-page.ts';
import { dateAt, longDate, longMoment } from '../../../domain/calendar.ts';
import { LATE_BOUND } from '../../../domain/letter.ts';
import { COLON } from '../../../domain/letter-text.ts';
import type { Language } from '../../../domain/treaty.ts';
import { isInitial, letterName } from '../../presenters/approval.ts';
import { flowing } from '../../presenters/letter-text.ts';
import { useSite } from '../../site.tsx';
import { WORDS } from '../../words.ts';

/** One line: which letter, and when it leaves. */
export function LetterLine({ letter, language }: { letter: ShownLetter; language: Language }) {
  const { timeZone } = useSite();
  const { plannedAt, purpose, template } = letter;
  const when = plannedAt
    ? longDate(dateAt(plannedAt.getTime(), timeZone), language)
    : WORDS[language].letters.onArrival;
  return (
    <>
      {letterName({ purpose, isInitial: isInitial(template), language })}, {when}
    </>
  );
}

/** The letter as it reads, in its own language. */
export function Letter({ letter, language, heading }: { letter: ShownLetter; language: Language; heading?: string }) {
  const { timeZone } = useSite();
  const words = WORDS[language].review;
  return (
    <article class="fp-sample">
      {heading && <h3 class="govuk-heading-s">{heading}</h3>}
      <p class="fp-sample__head">
        {words.to}
        {COLON[language]}
        <bdi>{letter.recipient}</bdi>
        {letter.plannedAt && (
          <>
            <br />
            {longMoment(letter.plannedAt.getTime(), language, timeZone)}
          </>
        )}
      </p>
      <div class="fp-sample__text" lang={letter.language}>
        <strong>{letter.subject}</strong>
        {'\n\n'}
        {flowing(letter.text).replaceAll(LATE_BOUND.uploadLink, words.personalLink)}
      </div>
    </article>
  );
}
