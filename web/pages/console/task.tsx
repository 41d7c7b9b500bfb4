import type { TaskFile } from '../../../adapters/overview/tasks.ts';
import { can } from '../../../domain/permissions.ts';
import { ANSWERS } from '../../../domain/task.ts';
import { paths } from '../../paths.ts';
import { Button, ErrorSummary, type FieldError, Form, Radios, TextArea } from '../parts.tsx';
import { Breadcrumbs, type Console, ConsolePage } from './frame.tsx';
import { About, Settled } from './task-about.tsx';

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
