import type { ComponentChildren } from 'preact';
import type { RefusalCode } from '../../domain/refusals.ts';
import type { Language } from '../../domain/treaty.ts';
import { WORDS } from '../words.ts';
import { Layout } from './layout.tsx';

/** A page that says no, or that something went wrong: what happened, what is safe, what to do. */
export function Refusal({
  title,
  language,
  children,
}: {
  title: string;
  language: Language;
  children: ComponentChildren;
}) {
  return (
    <Layout title={title} language={language}>
      <div class="fp-reading">
        <h1 class="govuk-heading-l">{title}</h1>
        {children}
      </div>
    </Layout>
  );
}

type Refused = { code: RefusalCode; language: Language; contact: string; typed?: string[] };

/** One sentence, what to do, and what had been typed, so that nothing written is lost. */
export function RefusedPage({ code, language, contact, typed = [] }: Refused) {
  const words = WORDS[language].refused;
  return (
    <Refusal title={words.codes[code]} language={language}>
      <p class="govuk-body">{code === 'unknownLink' ? words.linkAgain : words.nothingChanged}</p>
      <p class="govuk-body">
        {words.whomToAsk}{' '}
        <a class="govuk-link" href={`mailto:${contact}`}>
          {contact}
        </a>
        .
      </p>
      {typed.length > 0 && (
        <>
          <h2 class="govuk-heading-m">{words.typed}</h2>
          {typed.map((text) => (
            <blockquote class="fp-typed" dir="auto" key={text}>
              {text}
            </blockquote>
          ))}
        </>
      )}
    </Refusal>
  );
}

export function TooManyPage({ language }: { language: Language }) {
  const words = WORDS[language].refused;
  return (
    <Refusal title={words.tooMany} language={language}>
      <p class="govuk-body">{words.tooManyWhy}</p>
    </Refusal>
  );
}

export function TooLongPage({ language }: { language: Language }) {
  const words = WORDS[language].refused;
  return (
    <Refusal title={words.tooLong} language={language}>
      <p class="govuk-body">{words.tooLongWhy}</p>
    </Refusal>
  );
}

export function NotFound({ language }: { language: Language }) {
  const words = WORDS[language].refused;
  return (
    <Refusal title={words.notFound} language={language}>
      <p class="govuk-body">{words.notFoundWhy}</p>
    </Refusal>
  );
}

/** Something went wrong on our side. */
export function Trouble({ language, reference }: { language: Language; reference: string }) {
  const words = WORDS[language].refused;
  return (
    <Refusal title={words.trouble} language={language}>
      <p class="govuk-body">{words.troubleSafe}</p>
      <p class="govuk-body">{words.troubleDo(reference)}</p>
    </Refusal>
  );
}
