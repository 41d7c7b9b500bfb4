import type { ListedLetter } from '../../../adapters/letters.ts';
import { referenceOf } from '../../../domain/case.ts';
import { LANGUAGES, type Language } from '../../../domain/treaty.ts';
import { paths } from '../../paths.ts';
import { languageName } from '../../presenters/words.ts';
import { Button, ErrorSummary, type FieldError, Form, Hidden, TextArea } from '../parts.tsx';
import { Breadcrumbs, type Console, ConsolePage } from './frame.tsx';
import { Fields, type Fillable, Preview, type Previewed } from './letter-fields.tsx';
import { inForce, type LetterRow } from './letter-list.tsx';

export type TypedText = Record<Language, string> & { note: string };

export type LetterEditor = LetterRow &
  Fillable &
  Previewed & {
    on: Console;
    letter: ListedLetter;
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
    <>
      <p class="govuk-body">
        In force: {inForce(approved, on)}.
        {open &&
          ` A new text was proposed on ${on.words.date(open.at)} and stands below; other words replace it and are asked anew.`}
      </p>
      <ul class="govuk-list fp-tight">
        {approved.map(({ approvalId, caseId, closedAt }, at) => (
          <li key={approvalId}>
            <a class="govuk-link" href={paths.case(referenceOf(caseId))}>
              Version {approved.length - at}
            </a>
            , approved {on.words.date(closedAt)}
          </li>
        ))}
      </ul>
    </>
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
