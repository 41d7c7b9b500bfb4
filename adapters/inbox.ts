import { z } from 'zod';

export { type ReadMail, readMail } from './inbox/read-mail.ts';

/**
 * One mail as it came. `uid` rises with every mail of its mailbox; `mailbox` names one life of it (for IMAP, its name
 * and UIDVALIDITY): made anew it has another name, and its uids begin again. `size` is of the whole mail, in bytes; of a
 * monstrous one `raw` is only the beginning.
 */
export type InboundMail = { mailbox: string; uid: number; receivedAt: Date; raw: Buffer; size: number };

/** Mail addressed to us, in the order of its uids. */
export type Inbox = {
  /**
   * The next mails after the uid up to which the mailbox has been read (0: from the first), not necessarily all: ask
   * again until there is none. The inbox knows which mailbox that is; the caller how far it has come in it.
   */
  fetchAfter(readUpTo: (mailbox: string) => Promise<number>): Promise<InboundMail[]>;
};

const PATIENCE_MS = 30_000;
/** What one call may hold in memory; a single larger mail still comes, alone. */
const BYTES_AT_A_TIME = 64_000_000;

const NAMED = z.object({ name: z.string() });
const LISTED = z.array(z.object({ uid: z.number(), receivedAt: z.coerce.date(), size: z.number() }));

/**
 * The inbox of the built-in mailbox: what comes to the secretariat's own address, plus addresses included. Never the
 * mail of its people: that may hold their sign-in links. Throws an Error when the mailbox does not answer; asking again
 * later is safe.
 */
export function createMailboxInbox({ url, address }: { url: string; address: string }): Inbox {
  return {
    async fetchAfter(readUpTo) {
      const { name: mailbox } = NAMED.parse(await (await ask(`${url}/api/mailbox`)).json());
      const question = new URLSearchParams({ address, after: String(await readUpTo(mailbox)) });
      const listed = LISTED.parse(await (await ask(`${url}/api/inbox?${question}`)).json());
      const mails: InboundMail[] = [];
      let bytes = 0;
      for (const { uid, receivedAt, size } of listed) {
        bytes += size;
        if (bytes > BYTES_AT_A_TIME && mails.length > 0) break;
        const answer = await ask(`${url}/api/messages/${uid}/raw`);
        mails.push({ mailbox, uid, receivedAt, size, raw: Buffer.from(await answer.arrayBuffer()) });
      }
      return mails;
    },
  };
}

async function ask(address: string): Promise<Response> {
  const answer = await fetch(address, { signal: AbortSignal.timeout(PATIENCE_MS) });
  if (!answer.ok) throw new Error(`The mailbox answered ${answer.status} at ${new URL(address).pathname}`);
  return answer;
}
