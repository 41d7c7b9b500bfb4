import type { ShownLetter } from '../../../adapters/approval-page.ts';
import { dateAt, longDate, longMoment } from '../../../domain/calendar.ts';
import type { Purpose } from '../../../domain/cycle.ts';
import { type Language, LANGUAGES } from '../../../domain/treaty.ts';
import { paths } from '../../paths.ts';
import { flowing } from '../../presenters/letter-text.ts';
import { useSite } from '../../site.tsx';
import { WORDS } from '../../words.ts';
import { Details } from '../parts.tsx';
import type { Review } from './review.tsx';

/** "Reminder (initial report)". */
export function letterName({
  purpose,
  isInitial,
  language,
}: {
  purpose: string;
  isInitial: boolean;
  language: Language;
}) {
  const words = WORDS[language].letters;
  const name = words[purpose as Purpose] ?? purpose;
  return isInitial ? `${name} (${words.initial})` : name;
}

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

/** One example of each kind in each language, and on request every letter to one State Party. */
export function LetterTexts(review: Review) {
  const { examples, language } = review;
  const words = WORDS[language].review;
  const templates = [...new Map(examples.map((letter) => [letter.template, letter])).values()].sort(inOrder);
  const mine = (letter: ShownLetter) => (letter.language === language ? -1 : LANGUAGES.indexOf(letter.language));
  return (
    <section>
      <h2 class="govuk-heading-m" id="texts">
        {words.texts}
      </h2>
      <p class="govuk-body">{words.textsHint}</p>
      {templates.map(({ template, purpose }) => (
        <Details key={template} summary={letterName({ purpose, isInitial: isInitial(template), language })}>
          {examples
            .filter((letter) => letter.template === template)
            .sort((a, b) => mine(a) - mine(b))
            .map((letter) => (
              <Letter
                key={letter.hash}
                letter={letter}
                language={language}
                heading={`${capital(WORDS[language].site.names[letter.language])} – ${words.example(review.stateName(letter.stateParty))}`}
              />
            ))}
        </Details>
      ))}
      <LettersToOne {...review} />
    </section>
  );
}

function LettersToOne({ link, language, addressed, chosen, stateName }: Review) {
  const words = WORDS[language].review;
  const byName = addressed.stateParties
    .map((iso3) => ({ iso3, name: stateName(iso3) }))
    .sort((a, b) => a.name.localeCompare(b.name, language));
  return (
    <>
      <form method="get" action={`${paths.review(link)}#to-one`} class="govuk-form-group fp-inline" id="to-one">
        <label class="govuk-label govuk-label--s" for="state">
          {words.allTo}
        </label>
        <select class="govuk-select" id="state" name="state">
          {byName.map(({ iso3, name }) => (
            <option key={iso3} value={iso3} selected={iso3 === chosen?.stateParty}>
              {name}
            </option>
          ))}
        </select>{' '}
        <button type="submit" class="govuk-button govuk-button--secondary">
          {words.show}
        </button>
      </form>
      {chosen && (
        <>
          <h3 class="govuk-heading-s">{words.lettersTo(stateName(chosen.stateParty), chosen.letters.length)}</h3>
          {chosen.letters.map((letter) => (
            <Details key={letter.hash} summary={<LetterLine letter={letter} language={language} />}>
              <Letter letter={letter} language={language} />
            </Details>
          ))}
        </>
      )}
    </>
  );
}

function LetterLine({ letter, language }: { letter: ShownLetter; language: Language }) {
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

function Letter({ letter, language, heading }: { letter: ShownLetter; language: Language; heading?: string }) {
  const { timeZone } = useSite();
  const words = WORDS[language].review;
  return (
    <article class="fp-letter">
      {heading && <h3 class="govuk-heading-s">{heading}</h3>}
      <p class="fp-letter__head">
        {words.to}: <bdi>{letter.recipient}</bdi>
        {letter.plannedAt && (
          <>
            <br />
            {longMoment(letter.plannedAt.getTime(), language, timeZone)}
          </>
        )}
      </p>
      <div class="fp-letter__text" lang={letter.language}>
        <strong>{letter.subject}</strong>
        {'\n\n'}
        {flowing(letter.text)}
      </div>
    </article>
  );
}

function isInitial(template: string): boolean {
  return template.includes('/initial-');
}

const ORDER = ['invitation', 'reminder', 'overdue', 'receipt'];

function inOrder(a: ShownLetter, b: ShownLetter): number {
  return ORDER.indexOf(a.purpose) - ORDER.indexOf(b.purpose) || a.template.length - b.template.length;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
