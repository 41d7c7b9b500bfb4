import type { TaskFile } from '../../../adapters/overview/tasks.ts';
import { referenceOf } from '../../../domain/case.ts';
import { can } from '../../../domain/permissions.ts';
import { ANSWERS } from '../../../domain/task.ts';
import { paths } from '../../paths.ts';
import { letterState } from '../../presenters/case.ts';
import { letterWords } from '../../presenters/words.ts';
import {
  Button,
  ButtonLink,
  ErrorSummary,
  type FieldError,
  Form,
  Hidden,
  Inset,
  Radios,
  SummaryList,
  Tag,
  TextArea,
} from '../parts.tsx';
import { Breadcrumbs, type Console, ConsolePage } from './frame.tsx';

type TaskPageProps = {
  on: Console;
  task: TaskFile;
  stateName: string;
  settledBy: string;
  typed?: { answer: string; note: string };
  errors?: FieldError[];
};

/** One thing to settle: why it is asked, what it is about, and what each answer does. */
export function TaskPage(props: TaskPageProps) {
  const { on, task, typed, errors = [] } = props;
  const isOpen = task.doneAt === null && can(on.viewer, 'task.answer');
  return (
    <ConsolePage on={on} title={task.title} active="tasks">
      <Breadcrumbs steps={[{ href: paths.tasks(), text: 'Tasks' }]} />
      <div class="fp-reading">
        <ErrorSummary errors={errors} language="en" />
        <h1 class="govuk-heading-l">{task.title}</h1>
        <p class="govuk-body">{task.why}</p>
        <About {...props} />
        {task.answered && <Settled {...props} />}
        {isOpen && (
          <Form action={paths.task(task.id)} proof={on.viewer.proof}>
            <Radios
              name="answer"
              label="What shall be done?"
              errors={errors}
              chosen={typed?.answer}
              options={task.answers.map((answer) => ({ value: answer, text: ANSWERS[answer] ?? answer }))}
            />
            <TextArea
              name="note"
              label="Note (optional)"
              hint="It stands in the timeline of the case."
              rows={3}
              value={typed?.note}
              errors={errors}
            />
            <Button>Settle</Button>
          </Form>
        )}
      </div>
    </ConsolePage>
  );
}

function About({ on, task, stateName }: TaskPageProps) {
  const { letter, mail, approval } = task;
  return (
    <>
      <SummaryList
        rows={[
          {
            key: 'Case',
            value: (
              <a class="govuk-link" href={paths.case(referenceOf(task.case.id))}>
                <bdi>{stateName}</bdi>
              </a>
            ),
          },
          { key: 'Asked', value: on.words.moment(task.createdAt) },
          letter && {
            key: 'Letter',
            value: (
              <>
                <a class="govuk-link" href={paths.letter(letter.id)}>
                  {letterWords(letter)}
                </a>{' '}
                <Tag tone={letterState(letter.state).tone}>{letterState(letter.state).words}</Tag>
              </>
            ),
          },
          letter && { key: 'To', value: letter.recipient },
          letter !== null &&
            letter.response !== null && { key: 'The mail server said', value: <bdi>{letter.response}</bdi> },
          mail && { key: 'From', value: <bdi>{mail.sender}</bdi> },
          mail && { key: 'Subject', value: <bdi>{mail.subject}</bdi> },
          approval && { key: 'Plan', value: `${approval.title}, version ${approval.version}` },
        ]}
      />
      {mail && (
        <pre class="fp-letter" dir="auto">
          {mail.text}
        </pre>
      )}
      {approval?.decisions
        .filter(({ comment }) => comment)
        .map(({ id, person, comment }) => (
          <Inset key={id}>
            <bdi>{person.name}</bdi>: <span dir="auto">{comment}</span>
          </Inset>
        ))}
    </>
  );
}

function Settled({ on, task, settledBy }: TaskPageProps) {
  const { answer, note, at } = task.answered!;
  return (
    <Inset>
      <strong>{ANSWERS[answer] ?? answer}</strong>: <bdi>{settledBy}</bdi>, {on.words.moment(at)}. Nothing more to do.
      {note && (
        <p class="govuk-body" dir="auto">
          {note}
        </p>
      )}
    </Inset>
  );
}

/** Before a letter leaves a second time: one sentence, the address, and the button that says so. */
export function CheckSendAgainPage({
  on,
  task,
  stateName,
  note,
}: {
  on: Console;
  task: TaskFile;
  stateName: string;
  note: string;
}) {
  const letter = task.letter!;
  return (
    <ConsolePage on={on} title="Check before it is sent again" active="tasks">
      <Breadcrumbs steps={[{ href: paths.tasks(), text: 'Tasks' }]} />
      <div class="fp-reading">
        <h1 class="govuk-heading-l">Check before it is sent again</h1>
        <p class="govuk-body">
          The same letter, “{letterWords(letter)}”, goes once more to <bdi>{stateName}</bdi> at{' '}
          <strong>{letter.recipient}</strong>, at once.
          {letter.state === 'unknown' && ' It may have arrived already: then the State Party has it twice.'} It cannot
          be unsent.
        </p>
        <Form action={paths.task(task.id)} proof={on.viewer.proof}>
          <Hidden values={{ answer: 'sendAgain', note, checked: 'yes' }} />
          <Button look="warning">Send 1 letter again</Button>
        </Form>
        <ButtonLink href={paths.task(task.id)} look="secondary">
          Back, nothing is sent
        </ButtonLink>
      </div>
    </ConsolePage>
  );
}
