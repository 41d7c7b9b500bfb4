import type { Complaints } from './form.ts';
import { count, Delivered, Moment, mailboxPath, page, sizeInWords } from './layout.tsx';
import type { OpenLetter } from './letter.ts';
import { LetterBody, type View } from './letter-body.tsx';
import { Mistakes } from './letter-form.tsx';
import { ReplyForm } from './reply-form.tsx';
import type { Draft } from './send.ts';
import type { StoredMessage } from './store.ts';

type Shown = {
  message: StoredMessage;
  letter: OpenLetter;
  view: View;
  draft: Draft;
  complaints?: Complaints;
  refusal?: string;
  wasSent?: boolean;
};

export function messagePage(shown: Shown): string {
  const { message, letter } = shown;
  return page({
    title: message.subject || '(no subject)',
    children: (
      <>
        <Mistakes complaints={shown.complaints} refusal={shown.refusal} />
        {shown.wasSent && <Delivered>Your reply was delivered to {letter.replyAddress}.</Delivered>}
        <h1>
          <bdi>{message.subject || '(no subject)'}</bdi>
        </h1>
        <Headers message={message} letter={letter} />
        {letter.replyAddress && (
          <p>
            <a href="#reply">Reply to this letter</a>
          </p>
        )}
        <Attachments message={message} letter={letter} />
        <LetterBody message={message} letter={letter} view={shown.view} />
        <ReplyForm {...shown} />
      </>
    ),
  });
}

/** For bytes that no mail program could open: what we know of them, and the bytes. */
export function unreadablePage({ message }: { message: StoredMessage }): string {
  return page({
    title: 'A letter that cannot be read',
    children: (
      <>
        <h1>This letter cannot be read</h1>
        <p>
          It came from <bdi>{message.envelopeFrom || '(nobody)'}</bdi> on <Moment at={message.receivedAt} long /> and is
          kept as it came. <a href={`/message/${message.uid}/raw`}>See its source</a>
        </p>
      </>
    ),
  });
}

function Headers({ message, letter }: { message: StoredMessage; letter: OpenLetter }) {
  return (
    <dl class="headers">
      <Row name="From">{letter.from || message.envelopeFrom}</Row>
      <Row name="To">{letter.to}</Row>
      {letter.cc && <Row name="Copy to">{letter.cc}</Row>}
      <div class="headers__row">
        <dt>Delivered to</dt>
        <dd>
          {message.envelopeTo.map((address) => (
            <a key={address} href={mailboxPath(address)}>
              <bdi>{address}</bdi>
            </a>
          ))}
        </dd>
      </div>
      <div class="headers__row">
        <dt>Received</dt>
        <dd>
          <Moment at={message.receivedAt} long />
        </dd>
      </div>
      <Row name="Dated">{letter.writtenOn || '(no date)'}</Row>
    </dl>
  );
}

function Row({ name, children }: { name: string; children: string }) {
  return (
    <div class="headers__row">
      <dt>{name}</dt>
      <dd>
        <bdi>{children}</bdi>
      </dd>
    </div>
  );
}

function Attachments({ message, letter }: { message: StoredMessage; letter: OpenLetter }) {
  if (letter.attachments.length === 0) return null;
  return (
    <section aria-labelledby="attachments">
      <h2 id="attachments">{count(letter.attachments.length, 'attachment')}</h2>
      <ul class="files">
        {letter.attachments.map(({ fileName, size }, index) => (
          <li key={fileName}>
            <a href={`/message/${message.uid}/attachment/${index}`} download>
              <bdi>{fileName}</bdi>
            </a>{' '}
            <span class="quiet">{sizeInWords(size)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
