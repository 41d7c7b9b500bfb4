import type { CaseFile } from '../../../adapters/overview/case-file.ts';
import { CAUTIONS, type Caution } from '../../../domain/file-cautions.ts';
import { paths } from '../../paths.ts';
import { fileSize, letterState } from '../../presenters/case.ts';
import { counted, letterWords } from '../../presenters/words.ts';
import { Tag } from '../parts.tsx';
import type { Console } from './frame.tsx';
import { LetterText } from './letter-text.tsx';
import { MailFiles } from './mail-files.tsx';

type Papers = { on: Console; file: CaseFile };

/** The reports that came in; the highest version counts, earlier ones are kept. */
export function Submissions({ on, file }: Papers) {
  return (
    <section>
      <h2 class="govuk-heading-s">{headingOf(file)}</h2>
      {file.submissions.map(({ id, version, fileName, receivedAt, door, note, cautions, documentId, document }, at) => (
        <div class="fp-paper" key={id}>
          <a class="govuk-link" href={paths.submission(id)} download>
            <bdi>{fileName}</bdi>
          </a>
          <span class="fp-quiet">
            {' '}
            version {version}
            {at > 0 && ', replaced'}, {fileSize(document.size)}, {DOORS[door] ?? door}
          </span>
          <p class="fp-quiet">{on.words.moment(receivedAt)}</p>
          {note && <p dir="auto">{note}</p>}
          <Cautions codes={cautions as Caution[]} />
          <Fingerprint sha256={documentId} />
        </div>
      ))}
    </section>
  );
}

/** Why a person looks at it with care first. */
function Cautions({ codes }: { codes: Caution[] }) {
  if (codes.length === 0) return null;
  return (
    <p>
      <strong>Needs a person.</strong> {codes.map((code) => CAUTIONS[code]).join(' ')} Open it with care.
    </p>
  );
}

function headingOf({ submissions, closedAt }: CaseFile): string {
  if (submissions.length > 0) return `${counted(submissions.length, 'report')} received`;
  return closedAt ? 'No report' : 'No report yet';
}

const DOORS: Record<string, string> = { link: 'by the link', email: 'by email', post: 'by post', console: 'by post' };

/** Whole, so that it can be compared; the last line of what a receipt says. */
export function Fingerprint({ sha256 }: { sha256: string }) {
  return (
    <p class="fp-print">
      SHA-256 <code>{sha256}</code>
    </p>
  );
}

/** The letters as they were approved and sent, opened in place. */
export function Letters({ on, file }: Papers) {
  if (file.letters.length === 0) return null;
  return (
    <section>
      <h2 class="govuk-heading-s">{counted(file.letters.length, 'letter')}</h2>
      {file.letters.map((letter) => (
        <LetterInPlace key={letter.id} letter={letter} on={on} />
      ))}
    </section>
  );
}

function LetterInPlace({ letter, on }: { letter: CaseFile['letters'][number]; on: Console }) {
  const { words, tone } = letterState(letter.state);
  return (
    <details class="fp-fold">
      <summary>
        {letterWords(letter)} <Tag tone={tone}>{words}</Tag>
        <span class="fp-quiet">
          {on.words.date(letter.endedAt ?? letter.createdAt)}, to {letter.recipient}
        </span>
      </summary>
      <LetterText letter={letter} />
      <p class="fp-quiet">
        Template version <code>{letter.templateVersion.slice(0, 12)}</code>.{' '}
        <a class="govuk-link" href={paths.letter(letter.id)}>
          This letter on a page of its own
        </a>
      </p>
    </details>
  );
}

/** What the State Party wrote. */
export function Mails({ on, file }: Papers) {
  if (file.mails.length === 0) return null;
  return (
    <section>
      <h2 class="govuk-heading-s">{counted(file.mails.length, 'reply', 'replies')}</h2>
      {file.mails.map(({ id, sender, subject, text, files, receivedAt }) => (
        <details class="fp-fold" key={id}>
          <summary>
            <bdi>{subject || '(no subject)'}</bdi>
            <span class="fp-quiet">
              {on.words.date(receivedAt)}, from <bdi>{sender}</bdi>
            </span>
          </summary>
          <pre class="fp-letter" dir="auto">
            {text}
          </pre>
          <MailFiles mail={{ id, files }} />
        </details>
      ))}
    </section>
  );
}
