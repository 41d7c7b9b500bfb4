import type { TrayMail } from '../../../adapters/overview/tasks.ts';
import { can } from '../../../domain/permissions.ts';
import type { Suggestion } from '../../presenters/tray.ts';
import { counted } from '../../presenters/words.ts';
import { ErrorSummary } from '../parts.tsx';
import { FileMail, type TrayCase, type Wrong } from './file-mail.tsx';
import { type Console, ConsolePage } from './frame.tsx';
import { MailFiles } from './mail-files.tsx';

type TrayPageProps = {
  on: Console;
  mails: { mail: TrayMail; suggestions: Suggestion<TrayCase>[] }[];
  /** The cases a mail can be filed on, by name. */
  cases: TrayCase[];
  /** What was chosen for one of them, and what is wrong with it. */
  wrong?: Wrong;
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
          : 'A person should read these. Nothing is lost: file each where it belongs. Answer from the office’s own mailbox: Focalpoint sends no letter that was not approved.'}
      </p>
      {mails.map(({ mail, suggestions }) => (
        <article class="fp-mail" key={mail.id} aria-labelledby={`m${mail.id}`}>
          <h2 class="govuk-heading-s" id={`m${mail.id}`}>
            <bdi>{mail.subject || '(no subject)'}</bdi>
          </h2>
          <p class="fp-quiet">
            from <bdi>{mail.sender || 'an unknown sender'}</bdi>, {on.words.moment(mail.receivedAt)}. {mail.trayWhy}
          </p>
          <details class="fp-fold">
            <summary>Read it</summary>
            <pre class="fp-letter" dir="auto">
              {mail.text || '(no text)'}
            </pre>
          </details>
          <MailFiles mail={mail} />
          {mail.sender && (
            <p class="govuk-body fp-small">
              <a class="govuk-link" href={answerTo(mail)}>
                Answer it from the office’s own mailbox
              </a>
            </p>
          )}
          {can(on.viewer, 'mail.file') && (
            <FileMail {...{ on, mail, suggestions, cases }} wrong={wrong?.mailId === mail.id ? wrong : undefined} />
          )}
        </article>
      ))}
    </ConsolePage>
  );
}

function answerTo({ sender, subject }: TrayMail): string {
  const address = encodeURIComponent(/[^\s<>]+@[^\s<>]+/.exec(sender)?.[0] ?? '').replace('%40', '@');
  return `mailto:${address}?subject=${encodeURIComponent(/^re:/i.test(subject) ? subject : `Re: ${subject}`)}`;
}
