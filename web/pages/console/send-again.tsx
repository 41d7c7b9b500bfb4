import type { TaskFile } from '../../../adapters/overview/tasks.ts';
import { paths } from '../../paths.ts';
import { letterWords } from '../../presenters/words.ts';
import { Button, ButtonLink, Form, Hidden } from '../parts.tsx';
import { Breadcrumbs, type Console, ConsolePage } from './frame.tsx';

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
