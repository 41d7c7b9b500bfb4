import type { ComponentChildren } from 'preact';
import type { DecisionLink } from '../../../adapters/decision-link.ts';
import { referenceOf } from '../../../domain/case.ts';
import type { Language } from '../../../domain/treaty.ts';
import { paths } from '../../paths.ts';
import { WORDS } from '../../words.ts';
import { Layout } from '../layout.tsx';

type Frame = {
  link: DecisionLink;
  language: Language;
  title: string;
  /** Where this page is to be had again in another language; null when it is an answer to a form. */
  path?: string | null;
  children: ComponentChildren;
};

/** The frame of a page about a link that asks for nothing any more. */
export function Ended({ link, language, title, path = paths.review(link), children }: Frame) {
  const languages = path === null ? undefined : (each: Language) => `${path}?lang=${each}`;
  return (
    <Layout title={title} language={language} languages={languages}>
      <div class="fp-reading">
        <span class="govuk-caption-l">
          {referenceOf(link.approval.caseId)}, {WORDS[language].review.version.toLowerCase()} {link.approval.version}
        </span>
        <h1 class="govuk-heading-l">{title}</h1>
        {children}
      </div>
    </Layout>
  );
}

/** Whom to write to. */
export function Contact({ text, address }: { text: string; address: string }) {
  return (
    <p class="govuk-body">
      {text}{' '}
      <a class="govuk-link" href={`mailto:${address}`}>
        {address}
      </a>
      .
    </p>
  );
}
