import type { ShownLetter } from '../../../adapters/approval-page.ts';
import { LANGUAGES } from '../../../domain/treaty.ts';
import { paths } from '../../paths.ts';
import { isInitial, letterName } from '../../presenters/approval.ts';
import { WORDS } from '../../words.ts';
import { Details } from '../parts.tsx';
import { Letter, LetterLine } from './letter.tsx';
import type { Review } from './review-props.ts';

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

const ORDER = ['invitation', 'reminder', 'overdue', 'receipt'];

function inOrder(a: ShownLetter, b: ShownLetter): number {
  return ORDER.indexOf(a.purpose) - ORDER.indexOf(b.purpose) || a.template.length - b.template.length;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
