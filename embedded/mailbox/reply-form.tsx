import type { Complaints } from './form.ts';
import type { OpenLetter } from './letter.ts';
import { TextAndFiles } from './letter-form.tsx';
import type { Draft } from './send.ts';
import type { StoredMessage } from './store.ts';

type ToReply = { message: StoredMessage; letter: OpenLetter; draft: Draft; complaints?: Complaints };

/** From is one of the addresses the letter came to. */
export function ReplyForm({ message, letter, draft, complaints }: ToReply) {
  if (!letter.replyAddress) return null;
  return (
    <section class="reply" aria-labelledby="reply">
      <h2 id="reply">Reply</h2>
      <form
        class="form"
        action={`/message/${message.uid}/reply`}
        method="post"
        encType="multipart/form-data"
        noValidate
      >
        <p>
          To <bdi>{letter.replyAddress}</bdi>
        </p>
        <From addresses={message.envelopeTo} chosen={draft.from} />
        <TextAndFiles draft={draft} complaints={complaints} />
        <button class="button" type="submit">
          Send the reply
        </button>
      </form>
    </section>
  );
}

function From({ addresses, chosen }: { addresses: string[]; chosen: string }) {
  if (addresses.length === 1) {
    return (
      <p>
        From <bdi>{chosen}</bdi>
        <input type="hidden" name="from" value={chosen} />
      </p>
    );
  }
  return (
    <div class="field">
      <label for="from">From</label>
      <select id="from" name="from">
        {addresses.map((address) => (
          <option key={address} value={address} selected={address === chosen}>
            {address}
          </option>
        ))}
      </select>
    </div>
  );
}
