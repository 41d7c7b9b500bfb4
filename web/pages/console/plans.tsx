import type { CaseFile, People } from '../../../adapters/overview/case-file.ts';
import { textLines } from '../../../domain/letter-change-words.ts';
import { changeLine } from '../../../domain/plan-words.ts';
import { questionIn } from '../../../domain/question.ts';
import { paths } from '../../paths.ts';
import { CHOICES } from '../../presenters/words.ts';
import { Tag, type Tone } from '../parts.tsx';
import type { Console } from './frame.tsx';
import { PlanLetters } from './plan-letters.tsx';

type Approvals = CaseFile['approvals'];

const STATES: Record<string, { words: string; tone: Tone }> = {
  open: { words: 'Being decided', tone: 'blue' },
  approved: { words: 'Approved', tone: 'teal' },
  changesRequested: { words: 'Changes asked for', tone: 'yellow' },
  refused: { words: 'Refused', tone: 'grey' },
  lapsed: { words: 'Time ran out', tone: 'grey' },
  withdrawn: { words: 'Withdrawn', tone: 'grey' },
  superseded: { words: 'Replaced', tone: 'grey' },
};

/** Each version of what the Coordinators were asked, and who has decided what. */
export function Plans({ on, approvals, people }: { on: Console; approvals: Approvals; people: People }) {
  return (
    <section>
      <h2 class="govuk-heading-m">
        {approvals[0]?.subject === 'letterText' ? 'Text of the letter' : 'Plan of letters'}
      </h2>
      {approvals.length === 0 && <p class="govuk-body">It is being written. The Coordinators get it by email.</p>}
      {approvals.map((approval, at) => (
        <Plan key={approval.id} {...{ approval, on, people }} isLatest={at === 0} />
      ))}
    </section>
  );
}

function Plan({
  approval,
  on,
  people,
  isLatest,
}: {
  approval: Approvals[number];
  on: Console;
  people: People;
  isLatest: boolean;
}) {
  const { words, tone } = STATES[approval.state] ?? { words: approval.state, tone: 'grey' };
  const question = questionIn(approval);
  return (
    <details class="fp-fold" open={isLatest}>
      <summary>
        Version {approval.version} <Tag tone={tone}>{words}</Tag>
        <span class="fp-quiet">
          asked {on.words.date(approval.openedAt)}
          {approval.state === 'open' && `, to be decided by ${on.words.date(approval.dueAt)}`}
        </span>
      </summary>
      {question.subject === 'plan' && question.summary.change && (
        <p class="govuk-body-s">{changeLine(question.summary, 'en')}</p>
      )}
      <ul class="fp-decisions">
        {approval.slots.map(({ personId }) => (
          <li key={personId}>
            <bdi>{people.get(personId)?.name}</bdi>: <Decided {...{ approval, personId, on }} />
          </li>
        ))}
      </ul>
      {question.subject === 'plan' ? (
        <PlanLetters letters={question.summary.letters} />
      ) : (
        <ul class="govuk-list fp-tight">
          {textLines(question.summary, 'en').map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
      <p class="govuk-body-s">
        <a class="govuk-link" href={paths.approvalEvidence(approval.id)}>
          Evidence sheet of version {approval.version} (PDF)
        </a>
      </p>
      <p class="fp-print">
        SHA-256 <code>{approval.contentHash}</code>
      </p>
    </details>
  );
}

function Decided({ approval, personId, on }: { approval: Approvals[number]; personId: string; on: Console }) {
  const last = approval.decisions.filter((decision) => decision.personId === personId).at(-1);
  if (!last) return <>{approval.state === 'open' ? 'has not decided yet' : 'did not decide'}</>;
  return (
    <>
      {CHOICES[last.choice] ?? last.choice}, {on.words.moment(last.at)}
      {last.comment && (
        <blockquote class="fp-typed" dir="auto">
          {last.comment}
        </blockquote>
      )}
    </>
  );
}
