import type { Letters, ListedLetter } from '../../../adapters/letters.ts';
import { LANGUAGES, type Language, type StateParty } from '../../../domain/treaty.ts';
import { paths } from '../../paths.ts';
import { languageName } from '../../presenters/words.ts';
import { Button, ErrorSummary, type FieldError, Form, Hidden, TextArea } from '../parts.tsx';
import { Breadcrumbs, type Console, ConsolePage } from './frame.tsx';
import { inForce, type LetterRow } from './letter-list.tsx';

export type TypedText = Record<Language, string> & { note: string };

export type LetterEditor = LetterRow & {
  on: Console;
  letter: ListedLetter;
  fields: ReturnType<Letters['fields']>;
  /** To preview the letter with; none for letters to our own people. */
  states: readonly Pick<StateParty, 'iso3' | 'names'>[];
  typed: TypedText;
  /** How many wordings had been proposed when the page was made. */
  seen: number;
  errors: readonly FieldError[];
};

/** One letter in three languages side by side. Works without any script: the preview is a form sent into a frame. */
export function LetterEditorPage(editor: LetterEditor) {
  const { on, letter, seen, typed, errors } = editor;
  const { template, name } = letter;
  return (
    <ConsolePage on={on} title={name.en} active="letters" wide>
      <Breadcrumbs steps={[{ href: paths.letterTexts(), text: 'Letters' }]} />
      <h1 class="govuk-heading-l">{name.en}</h1>
      <Standing {...editor} />
      <ErrorSummary errors={errors} language="en" />
      <Form action={paths.letterText(template)} proof={on.viewer.proof}>
        <Hidden values={{ seen }} />
        <div class="fp-languages-beside">
          {LANGUAGES.map((language) => (
            <Source key={language} language={language} value={typed[language]} errors={errors} />
          ))}
        </div>
        <Preview {...editor} />
        <TextArea
          name="note"
          label="Why the text is changed"
          hint="The Coordinators read it before they decide."
          rows={2}
          value={typed.note}
          errors={errors}
        />
        <Button>See what would change</Button>
      </Form>
      <Fields {...editor} />
    </ConsolePage>
  );
}

function Standing({ on, approved, open }: LetterEditor) {
  return (
    <p class="govuk-body">
      In force: {inForce(approved, on).toLowerCase()}.
      {open &&
        ` A new text was proposed on ${on.words.date(open.at)} and stands below; other words replace it and are asked anew.`}
    </p>
  );
}

/** The line break before the value is not part of it: a browser drops the first one. */
function Source({ language, value, errors }: { language: Language; value: string; errors: readonly FieldError[] }) {
  const mine = errors.filter(({ field }) => field === language);
  const id = `${language}-errors`;
  return (
    <div class={`govuk-form-group${mine.length > 0 ? ' govuk-form-group--error' : ''}`}>
      <label class="govuk-label govuk-label--s" for={language}>
        {languageName(language)}
      </label>
      {mine.length > 0 && (
        <ul class="govuk-error-message" id={id}>
          {mine.map(({ text }) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
      )}
      <textarea
        class={`govuk-textarea fp-source-field${mine.length > 0 ? ' govuk-textarea--error' : ''}`}
        id={language}
        name={language}
        lang={language}
        rows={22}
        dir="auto"
        spellcheck
        aria-describedby={mine.length > 0 ? id : undefined}
        aria-invalid={mine.length > 0 ? 'true' : undefined}
      >
        {`\n${value}`}
      </textarea>
    </div>
  );
}

function Preview({ letter: { template, name }, states }: LetterEditor) {
  return (
    <section aria-label="Preview">
      {states.length > 0 && (
        <div class="govuk-form-group">
          <label class="govuk-label" for="state">
            Preview as it would read for
          </label>
          <select class="govuk-select" id="state" name="state">
            <option value="">made-up values</option>
            {states.map(({ iso3, names }) => (
              <option key={iso3} value={iso3}>
                {names.en}
              </option>
            ))}
          </select>
        </div>
      )}
      <div class="govuk-button-group">
        {LANGUAGES.map((language) => (
          <button
            key={language}
            type="submit"
            class="govuk-button govuk-button--secondary"
            name="language"
            value={language}
            formAction={paths.letterTextPreview(template)}
            formTarget="preview"
          >
            Preview in {languageName(language)}
          </button>
        ))}
      </div>
      <iframe class="fp-preview" name="preview" title={`Preview of ${name.en}`} sandbox="" />
    </section>
  );
}

function Fields({ fields }: LetterEditor) {
  return (
    <table class="govuk-table fp-fields">
      <caption class="govuk-table__caption govuk-table__caption--m">What can be filled in</caption>
      <thead class="govuk-table__head">
        <tr class="govuk-table__row">
          {['You write', 'What it holds', 'For example'].map((title) => (
            <th key={title} scope="col" class="govuk-table__header">
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody class="govuk-table__body">
        {fields.map(({ field, meaning, sample, mayBeAbsent }) => (
          <tr class="govuk-table__row" key={field}>
            <td class="govuk-table__cell">
              <code>{`{{${field}}}`}</code>
            </td>
            <td class="govuk-table__cell">
              {meaning}
              {mayBeAbsent && (
                <>
                  . Ask for it first: <code>{`{{#if ${field}}} … {{/if}}`}</code>
                </>
              )}
            </td>
            <td class="govuk-table__cell fp-quiet">{sample}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
