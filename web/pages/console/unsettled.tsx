import { Fragment } from 'preact';
import type { TrayMail } from '../../../adapters/overview/tasks.ts';
import { referenceOf } from '../../../domain/case.ts';
import { type WaitingFacts, waitingWords } from '../../../domain/fact-words.ts';
import { paths } from '../../paths.ts';
import { counted } from '../../presenters/words.ts';
import { Inset } from '../parts.tsx';
import type { Console } from './frame.tsx';

/** Nothing to settle, but to be known: what people brought is kept and has not taken effect yet. */
export function HeldUp({ on, waiting }: { on: Console; waiting: WaitingFacts[] }) {
  return waiting.map(({ since, caseIds, ...facts }) => (
    <Inset key={String(facts.reason)}>
      {waitingWords({ ...facts, since: on.words.moment(since) })}
      <br />
      {caseIds.slice(0, MOST_CASES).map((id, at) => (
        <Fragment key={id}>
          {at > 0 && ', '}
          <a class="govuk-link" href={paths.case(referenceOf(id))}>
            {referenceOf(id)}
          </a>
        </Fragment>
      ))}
      {caseIds.length > MOST_CASES && ` and ${counted(caseIds.length - MOST_CASES, 'more case')}`}
    </Inset>
  ));
}

const MOST_CASES = 5;

/** What people wrote and nobody has read yet. */
export function InTray({ on, mails }: { on: Console; mails: TrayMail[] }) {
  if (mails.length === 0) return null;
  return (
    <>
      <h2 class="govuk-heading-m">{counted(mails.length, 'mail')} to read and file</h2>
      <ul class="fp-tasks">
        {mails.map(({ id, subject, sender, receivedAt }) => (
          <li key={id}>
            <a class="govuk-link" href={paths.inTray(id)}>
              <bdi>{subject || '(no subject)'}</bdi>
            </a>
            <span>
              from <bdi>{sender || 'an unknown sender'}</bdi>, {on.words.date(receivedAt)}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}
