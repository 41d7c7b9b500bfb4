import type { FilingCase, TrayMail } from '../../../adapters/overview/tasks.ts';
import { paths } from '../../paths.ts';
import type { Suggestion } from '../../presenters/tray.ts';
import { Button, type FieldError, Form, Hidden, Radios, Select } from '../parts.tsx';
import type { Console } from './frame.tsx';

export type TrayCase = FilingCase & { title: string };

/** What was chosen for a mail, and what is wrong with it. */
export type Wrong = { mailId: string; caseId: string; as: string; errors: FieldError[] };

type FileMailProps = {
  on: Console;
  mail: TrayMail;
  suggestions: Suggestion<TrayCase>[];
  cases: TrayCase[];
  wrong: Wrong | undefined;
};

/** One click for each case it may belong to; any other by hand. */
export function FileMail(props: FileMailProps) {
  const { on, mail, suggestions, wrong } = props;
  return (
    <>
      {suggestions.map((suggestion) => (
        <OneClick key={suggestion.case.id} on={on} mail={mail} suggestion={suggestion} />
      ))}
      <details class="fp-fold" open={wrong !== undefined || suggestions.length === 0}>
        <summary>{suggestions.length === 0 ? 'No proposal: choose the case' : 'File it on another case'}</summary>
        <ByHand {...props} />
      </details>
    </>
  );
}

const MOST_FILES = 3;

function OneClick({ on, mail, suggestion }: { on: Console; mail: TrayMail; suggestion: Suggestion<TrayCase> }) {
  const { id, title, closedAt } = suggestion.case;
  const files = mail.files.map(({ fileName, refusal }, place) => ({ fileName, refusal, place }));
  const receivable = files.filter(({ refusal }) => refusal === null).slice(0, MOST_FILES);
  const follows = closedAt ? 'no letter of receipt follows: the case is closed' : AS_REPORT;
  return (
    <Form action={paths.trayMail(mail.id)} proof={on.viewer.proof} class="fp-file">
      <Hidden values={{ [`case-${mail.id}`]: id }} />
      <p class="govuk-body fp-small">
        Proposed: <strong>{title}</strong>, because {suggestion.because}.
        {receivable.length > 0 && ` As the report: ${follows}.`}
      </p>
      <div class="govuk-button-group">
        {receivable.map(({ fileName, place }) => (
          <Button key={place} look="secondary" name={`as-${mail.id}`} value={String(place)}>
            File “<bdi>{fileName}</bdi>” as the report
          </Button>
        ))}
        <Button look="secondary" name={`as-${mail.id}`} value="letter">
          Keep the mail with this case
        </Button>
      </div>
    </Form>
  );
}

const AS_REPORT = 'reminders stop and a letter of receipt is sent';

function ByHand({ on, mail, cases, wrong }: FileMailProps) {
  const errors = wrong?.errors ?? [];
  const files = mail.files.map(({ fileName, refusal }, place) => ({
    value: String(place),
    text: `“${fileName}” is the report: ${AS_REPORT} while the case is open`,
    hint: refusal ?? undefined,
  }));
  return (
    <Form action={paths.trayMail(mail.id)} proof={on.viewer.proof} class="fp-file">
      <Select
        name={`case-${mail.id}`}
        label="Case"
        value={wrong?.caseId}
        errors={errors}
        options={[{ value: '', text: 'Choose' }, ...cases.map(({ id, title }) => ({ value: id, text: title }))]}
      />
      <Radios
        name={`as-${mail.id}`}
        label="What is it?"
        chosen={wrong?.as}
        errors={errors}
        options={[...files, { value: 'letter', text: 'It carries no report: keep it with the case' }]}
      />
      <Button look="secondary">File it</Button>
    </Form>
  );
}
