import type { LetterFile } from '../../../adapters/overview/case-file.ts';
import { referenceOf } from '../../../domain/case.ts';
import type { StateParty } from '../../../domain/treaty.ts';
import { paths } from '../../paths.ts';
import { letterState } from '../../presenters/case.ts';
import { languageName, letterWords } from '../../presenters/words.ts';
import { SummaryList, Tag } from '../parts.tsx';
import { Fingerprint } from './case-papers.tsx';
import { Breadcrumbs, type Console, ConsolePage } from './frame.tsx';

const EVENTS: Record<string, string> = {
  dot: 'Handed over; the answer was awaited',
  sent: 'Taken by the mail server',
  refused: 'Refused',
  unknown: 'No answer came back',
  later: 'The mail server asked to come later',
};

/** One letter as it was approved, and what each try at sending it met. The personal link in it is never shown. */
export function LetterPage({ on, letter, state }: { on: Console; letter: LetterFile; state: StateParty | null }) {
  const { words, tone } = letterState(letter.state);
  const reference = referenceOf(letter.caseId);
  return (
    <ConsolePage on={on} title={letterWords(letter)} active="board">
      <Breadcrumbs
        steps={[
          { href: paths.board(), text: 'Board' },
          { href: paths.case(reference), text: state?.names.en ?? reference },
        ]}
      />
      <h1 class="govuk-heading-l">
        {letterWords(letter)} <Tag tone={tone}>{words}</Tag>
      </h1>
      <SummaryList
        rows={[
          { key: 'To', value: letter.recipient },
          { key: 'Subject', value: <bdi lang={letter.language}>{letter.subject}</bdi> },
          { key: 'Language', value: languageName(letter.language) },
          { key: 'Written', value: on.words.moment(letter.createdAt) },
          letter.endedAt && { key: letter.state === 'sent' ? 'Sent' : 'Ended', value: on.words.moment(letter.endedAt) },
          letter.approval && {
            key: 'Approved in',
            value: `${letter.approval.title}, version ${letter.approval.version}`,
          },
          letter.response !== null && { key: 'The mail server said', value: <bdi>{letter.response}</bdi> },
        ]}
      />
      <h2 class="govuk-heading-m">The text</h2>
      <pre class="fp-letter fp-letter--page" lang={letter.language} dir="auto">
        {letter.text}
      </pre>
      <p class="fp-quiet">As approved. The personal link each recipient got is not kept here.</p>
      <Attempts letter={letter} on={on} />
      <p class="govuk-body">
        <a class="govuk-link" href={paths.letterEvidence(letter.id)}>
          Evidence sheet (PDF)
        </a>
        : who approved it, what was sent, what came of it
      </p>
      <details class="fp-fold">
        <summary>Fingerprints</summary>
        <p>Of what was approved:</p>
        <Fingerprint sha256={letter.contentHash} />
        <p>Of the bytes that were sent:</p>
        <Fingerprint sha256={letter.mimeSha256} />
        <p>Of the template:</p>
        <Fingerprint sha256={letter.templateVersion} />
        <p>
          Message-ID <code>{letter.messageId}</code>
        </p>
      </details>
    </ConsolePage>
  );
}

function Attempts({ letter, on }: { letter: LetterFile; on: Console }) {
  if (letter.attempts.length === 0) return null;
  return (
    <>
      <h2 class="govuk-heading-m">Sending it</h2>
      <ol class="fp-timeline">
        {letter.attempts.map(({ id, at, attempt, event, detail }) => (
          <li key={String(id)}>
            <time dateTime={at.toISOString()}>{on.words.moment(at)}</time>
            <p>
              Try {attempt}: {EVENTS[event] ?? event}
              {detail && <span class="fp-quiet"> ({detail})</span>}
            </p>
          </li>
        ))}
      </ol>
    </>
  );
}
