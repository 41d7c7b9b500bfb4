import type { AskedWording } from '../../../adapters/asked-wording.ts';
import type { Piece } from '../../../domain/letter-change.ts';
import type { Language } from '../../../domain/treaty.ts';
import { flowing } from '../../presenters/letter-text.ts';
import { WORDS } from '../../words.ts';
import { Details } from '../parts.tsx';

/** What changes in each language, and how the letter will read. */
export function Wordings({ wordings, language }: { wordings: readonly AskedWording[]; language: Language }) {
  const words = WORDS[language];
  const ownFirst = [...wordings].sort((a, b) => Number(b.language === language) - Number(a.language === language));
  return (
    <section>
      <h2 class="govuk-heading-m" id="texts">
        {words.wording.changed}
      </h2>
      <p class="govuk-body">{words.wording.marks}</p>
      {ownFirst.map(({ language: each, pieces, sample }) => (
        <article key={each}>
          <h3 class="govuk-heading-s fp-capital">{words.site.names[each]}</h3>
          {pieces.every(({ kind }) => kind === 'same') ? (
            <p class="govuk-body">{words.wording.unchanged}</p>
          ) : (
            <Marked pieces={pieces} lang={each} language={language} />
          )}
          <Details summary={words.wording.sample}>
            <div class="fp-sample fp-sample__text" lang={each} dir="auto">
              <strong>{sample.subject}</strong>
              {'\n\n'}
              {flowing(sample.text)}
            </div>
          </Details>
        </article>
      ))}
    </section>
  );
}

/** A text with what is taken out and what is new; a screen reader hears which is which. */
function Marked({ pieces, lang, language }: { pieces: readonly Piece[]; lang: Language; language: Language }) {
  const { removed, added } = WORDS[language].wording;
  return (
    <div class="fp-sample fp-source" lang={lang} dir="auto">
      {pieces.map(({ kind, text }, at) => {
        if (kind === 'same') return text;
        const Mark = kind === 'removed' ? 'del' : 'ins';
        return (
          <Mark key={at} aria-label={`${kind === 'removed' ? removed : added}: ${text.trim()}`}>
            {text}
          </Mark>
        );
      })}
    </div>
  );
}
