import type { People } from '../../../adapters/overview/case-file.ts';
import type { TaskLists, TrayMail } from '../../../adapters/overview/tasks.ts';
import { referenceOf } from '../../../domain/case.ts';
import type { WaitingFacts } from '../../../domain/fact-words.ts';
import { ANSWERS } from '../../../domain/task.ts';
import type { StateParty } from '../../../domain/treaty.ts';
import { paths } from '../../paths.ts';
import { days } from '../../presenters/board.ts';
import { counted } from '../../presenters/words.ts';
import { type Console, ConsolePage } from './frame.tsx';
import { HeldUp, InTray } from './unsettled.tsx';

type TasksPageProps = {
  on: Console;
  lists: TaskLists;
  states: ReadonlyMap<string, StateParty>;
  people: People;
  /** Facts that are held up on their way, and mail that lies in the tray. */
  waiting: WaitingFacts[];
  mails: TrayMail[];
};

/** The inbox of what is undecided, oldest first; below it what was settled. */
export function TasksPage({ on, lists, states, people, waiting, mails }: TasksPageProps) {
  const { open, done } = lists;
  return (
    <ConsolePage on={on} title="Tasks" active="tasks">
      <h1 class="govuk-heading-l">
        {open.length > 0 && `${counted(open.length, 'task')} to settle`}
        {open.length === 0 && (mails.length > 0 ? 'No task to settle' : 'Nothing to settle')}
      </h1>
      <HeldUp on={on} waiting={waiting} />
      {open.length === 0 && (
        <p class="govuk-body">
          Here stands what Focalpoint does not decide by itself: a letter that was refused, a reply to read, a plan that
          was not approved. Each comes with its reason and its answers.
        </p>
      )}
      <ul class="fp-tasks">
        {open.map((task) => (
          <li key={task.id}>
            <a class="govuk-link" href={paths.task(task.id)}>
              {task.title}
            </a>
            <span>
              <About task={task} states={states} />, open for {counted(days(task.createdAt, on.now), 'day')}
            </span>
          </li>
        ))}
      </ul>
      <InTray on={on} mails={mails} />
      {done.length > 0 && (
        <>
          <h2 class="govuk-heading-m">Settled</h2>
          <ul class="fp-tasks fp-tasks--done">
            {done.map((task) => (
              <li key={task.id}>
                <a class="govuk-link" href={paths.task(task.id)}>
                  {task.title}
                </a>
                <span>
                  <About task={task} states={states} />:{' '}
                  {task.answered && (ANSWERS[task.answered.answer] ?? task.answered.answer)}
                  {task.answered && `, ${people.get(task.answered.personId)?.name ?? 'a person who has left'}`}
                  {task.doneAt && `, ${on.words.date(task.doneAt)}`}
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </ConsolePage>
  );
}

type Listed = TaskLists['open'][number] | TaskLists['done'][number];

function About({ task, states }: { task: Pick<Listed, 'case'>; states: ReadonlyMap<string, StateParty> }) {
  const { id, stateParty, kind } = task.case;
  const name = states.get(stateParty ?? '')?.names.en;
  return (
    <a class="govuk-link" href={paths.case(referenceOf(id))}>
      <bdi>{name ?? referenceOf(id)}</bdi>
      {kind === 'initial' && ' (initial report)'}
    </a>
  );
}
