import type { TrayMail } from '../../../adapters/overview/tasks.ts';
import { can } from '../../../domain/permissions.ts';
import { paths } from '../../paths.ts';
import type { Guess } from '../../presenters/tray.ts';
import { counted } from '../../presenters/words.ts';
import { Button, ErrorSummary, type FieldError, Form, Radios, Select } from '../parts.tsx';
import { type Console, ConsolePage } from './frame.tsx';

export type TrayCase = { id: string; title: string };

type TrayPageProps = {
  on: Console;
  mails: { mail: TrayMail; guess: Guess | null; guessedCase: string }[];
  /** The open cases a mail can be filed on, by name. */
  cases: TrayCase[];
  wrong?: { mailId: string; errors: FieldError[] };
};

/** Mail that a person must look at: it found no case by itself, or holds no report. It lies here until it is filed. */
export function TrayPage({ on, mails, cases, wrong }: TrayPageProps) {
  return (
    <ConsolePage on={on} title="Tray" active="tray">
      <ErrorSummary errors={wrong?.errors ?? []} language="en" />
      <h1 class="govuk-heading-l">
        {mails.length === 0 ? 'The tray is empty' : `${counted(mails.length, 'mail')} to file`}
      </h1>
      <p class="govuk-body">
        {mails.length === 0
          ? 'A mail that holds no report, or whose case cannot be told, comes here as it arrived.'
          : 'A person should read these. Nothing is lost: file each where it belongs.'}
      </p>
      {mails.map(({ mail, guess, guessedCase }) => (
        <article class="fp-mail" key={mail.id} aria-labelledby={`m${mail.id}`}>
          <h2 class="govuk-heading-s" id={`m${mail.id}`}>
            <bdi>{mail.subject || '(no subject)'}</bdi>
          </h2>
          <p class="fp-quiet">
            from <bdi>{mail.sender}</bdi>, {on.words.moment(mail.receivedAt)}. {mail.trayWhy}
          </p>
          <details class="fp-fold">
            <summary>Read it</summary>
            <pre class="fp-letter" dir="auto">
              {mail.text || '(no text)'}
            </pre>
          </details>
          {can(on.viewer, 'mail.file') && (
            <FileIt
              {...{ on, mail, guess, guessedCase, cases }}
              errors={wrong?.mailId === mail.id ? wrong.errors : []}
            />
          )}
        </article>
      ))}
    </ConsolePage>
  );
}

function FileIt({
  on,
  mail,
  guess,
  guessedCase,
  cases,
  errors,
}: TrayPageProps['mails'][number] & {
  on: Console;
  cases: TrayCase[];
  errors: FieldError[];
}) {
  const hint = guess
    ? `Proposed: ${guess.state.names.en}, because ${guess.because}.`
    : 'No proposal: choose the State Party.';
  return (
    <Form action={paths.trayMail(mail.id)} proof={on.viewer.proof} class="fp-file">
      <Select
        name={`case-${mail.id}`}
        label="Case"
        hint={hint}
        value={guessedCase}
        errors={errors}
        options={[{ value: '', text: 'Choose' }, ...cases.map(({ id, title }) => ({ value: id, text: title }))]}
      />
      <Radios
        name={`as-${mail.id}`}
        label="What is it?"
        errors={errors}
        options={[
          { value: 'report', text: 'It carries the report: file it, reminders stop, a receipt is sent' },
          { value: 'letter', text: 'It carries no report: keep it with the case' },
        ]}
      />
      <Button look="secondary">File it</Button>
    </Form>
  );
}
