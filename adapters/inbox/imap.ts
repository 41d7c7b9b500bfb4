import { ImapFlow, type ImapFlowError } from 'imapflow';
import type { Inbox } from '../inbox.ts';
import { fetchMails, type Stuck } from './imap-mails.ts';
import { accountOf, folderOf, type ImapServer, imapOptions, reasonOf } from './imap-server.ts';

/** The mailbox cannot be read now; asking again later is safe. The message holds no address. */
export class InboxAway extends Error {
  override name = 'InboxAway';
  readonly reason: string;
  constructor(reason: string) {
    super(`The mailbox cannot be read: ${reason}`);
    this.reason = reason;
  }
}

/** IDLE says at once that a mail has come, where the server has it and nothing on the way breaks it. */
const LOOK_ANYWAY_MS = 60_000;
const FIRST_WAIT_MS = 2_000;
const LONGEST_WAIT_MS = 5 * 60_000;

type Line = { client: ImapFlow; isNews: boolean; lookedAt: number };

/**
 * A folder of a mail server, read and never changed: it is opened read-only, so no mail is deleted, moved or marked as
 * seen. Keeps one connection. After a failure it answers that there is nothing until it is time to try again: after two
 * seconds at first, five minutes at most, and after a sign-in that was refused always, lest the account be locked. A mail
 * over 64 MB comes as its beginning, one that the server cannot give as a note of that, each with its `size`. Throws
 * {@link InboxAway}.
 */
export function createImapInbox(server: ImapServer): Inbox & { close(): Promise<void> } {
  const stuck: Stuck = { uid: 0, tries: 0 };
  let line: Line | null = null;
  let failures = 0;
  let waitUntil = 0;

  async function guarded<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      const fault = error as ImapFlowError;
      line?.client.close();
      line = null;
      waitUntil = Date.now() + waitAfter({ fault, failures: failures++ });
      throw new InboxAway(reasonOf(fault));
    }
  }

  return {
    async fetchAfter(readUpTo) {
      if (Date.now() < waitUntil || (line && isQuiet(line))) return [];
      const at = await guarded(async () => (line?.client.usable ? line : (line = await connect(server))));
      const mailbox = await guarded(() => open({ ...at, server }));
      const after = await readUpTo(mailbox);
      Object.assign(at, { isNews: false, lookedAt: Date.now() });
      const mails = await guarded(() => fetchMails({ ...at, mailbox, after, stuck }));
      failures = 0;
      if (mails.length > 0) at.isNews = true;
      return mails;
    },
    async close() {
      await line?.client.logout();
    },
  };
}

async function connect(server: ImapServer): Promise<Line> {
  const client = new ImapFlow(await imapOptions(server));
  const line = { client, isNews: true, lookedAt: 0 };
  // What went wrong is known from the next command.
  client.on('error', () => {});
  client.on('exists', () => {
    line.isNews = true;
  });
  await client.connect();
  return line;
}

/** Anew for each look: a folder that was made anew has another UIDVALIDITY, and its uids begin again. */
async function open({ client, server }: { client: ImapFlow; server: ImapServer }): Promise<string> {
  const folder = folderOf(server);
  const { uidValidity } = await client.mailboxOpen(folder, { readOnly: true });
  return `${folder} ${uidValidity} ${accountOf(server)}`;
}

function isQuiet({ client, isNews, lookedAt }: Line): boolean {
  return client.usable && !isNews && Date.now() - lookedAt < LOOK_ANYWAY_MS;
}

function waitAfter({ fault, failures }: { fault: ImapFlowError; failures: number }): number {
  if (fault.authenticationFailed) return LONGEST_WAIT_MS;
  return Math.min(FIRST_WAIT_MS * 2 ** failures, LONGEST_WAIT_MS);
}
