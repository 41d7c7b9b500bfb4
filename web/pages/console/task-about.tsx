import type { TaskFile } from '../../../adapters/overview/tasks.ts';
import { referenceOf } from '../../../domain/case.ts';
import { ANSWERS } from '../../../domain/task.ts';
import { paths } from '../../paths.ts';
import { letterState } from '../../presenters/case.ts';
import { letterWords } from '../../presenters/words.ts';
import { Inset, SummaryList, Tag } from '../parts.tsx';
import type { Console } from './frame.tsx';

type AboutProps = { on: Console; task: TaskFile; stateName: string };

/** The case, letter, mail or plan a task is about. */
export function About({ on, task, stateName }: AboutProps) {
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

/** What was answered, by whom and when. */
export function Settled({ on, task, settledBy }: { on: Console; task: TaskFile; settledBy: string }) {
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
