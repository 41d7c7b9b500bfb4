import type { Language } from '../../domain/treaty.ts';
import { WORDS } from '../words.ts';

type Pages = { page: number; pages: number; href: (page: number) => string; language?: Language };

/** Page numbers around this one, with the first and the last; nothing when all is on one page. */
export function Pagination({ page, pages, href, language = 'en' }: Pages) {
  if (pages < 2) return null;
  const words = WORDS[language].site;
  const near = [...new Set([1, page - 1, page, page + 1, pages])].filter((each) => each >= 1 && each <= pages);
  return (
    <nav class="govuk-pagination" aria-label={words.pages}>
      {page > 1 && <Step kind="prev" href={href(page - 1)} text={words.previous} />}
      <ul class="govuk-pagination__list">
        {near
          .sort((a, b) => a - b)
          .map((each) => (
            <PageNumber key={each} number={each} href={href(each)} isCurrent={each === page} />
          ))}
      </ul>
      {page < pages && <Step kind="next" href={href(page + 1)} text={words.next} />}
    </nav>
  );
}

function Step({ kind, href, text }: { kind: 'prev' | 'next'; href: string; text: string }) {
  return (
    <div class={`govuk-pagination__${kind}`}>
      <a class="govuk-link govuk-pagination__link" href={href} rel={kind}>
        {text}
      </a>
    </div>
  );
}

function PageNumber({ number, href, isCurrent }: { number: number; href: string; isCurrent: boolean }) {
  return (
    <li class={`govuk-pagination__item${isCurrent ? ' govuk-pagination__item--current' : ''}`}>
      <a class="govuk-link govuk-pagination__link" href={href} aria-current={isCurrent ? 'page' : undefined}>
        {number}
      </a>
    </li>
  );
}
