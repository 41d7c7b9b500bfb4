import type { FetchMessageObject, ImapFlow } from 'imapflow';
import type { InboundMail } from '../inbox.ts';

/** The mail that could not be fetched the last time, and how often it has been tried. */
export type Stuck = { uid: number; tries: number };

const MOST_AT_A_TIME = 50;
/** What one look may hold in memory; a single larger mail still comes, alone. */
const BYTES_AT_A_TIME = 64_000_000;
const LARGEST_KEPT = 64_000_000;
/** Of a larger mail: who sent it, and what it says first. */
const BEGINNING = 1_000_000;
const CHUNK = 1_000_000;
/** Eight waits add up to some eight minutes; then the mails behind it come. */
const MOST_TRIES = 8;

type Looked = { client: ImapFlow; mailbox: string; after: number; stuck: Stuck };

/**
 * The next mails after a uid, in their order, from the folder that is open. Throws what the library throws, but not while
 * it has mails to give: the one that cannot be fetched then comes first the next time.
 */
export async function fetchMails({ client, mailbox, after, stuck }: Looked): Promise<InboundMail[]> {
  const mails: InboundMail[] = [];
  let bytes = 0;
  for (const listed of await list({ client, after })) {
    const { uid, size = 0 } = listed;
    bytes += Math.min(size, LARGEST_KEPT);
    if (bytes > BYTES_AT_A_TIME && mails.length > 0) break;
    try {
      const fetched = await fetchOne({ client, mailbox, listed, stuck });
      // Null: somebody deleted it since it was listed.
      if (fetched) mails.push({ mailbox, uid, receivedAt: arrivalOf(listed), ...fetched });
    } catch (error) {
      if (mails.length > 0) break;
      throw error;
    }
  }
  return mails;
}

async function list({ client, after }: { client: ImapFlow; after: number }): Promise<FetchMessageObject[]> {
  // `n:*` names the last mail even when its uid is smaller (RFC 9051 §9).
  const found = (await client.search({ uid: `${after + 1}:*` }, { uid: true })) || [];
  const next = found.filter((uid) => uid > after).sort((a, b) => a - b);
  if (next.length === 0) return [];
  const asked = { uid: true, size: true, internalDate: true };
  const listed = await client.fetchAll(next.slice(0, MOST_AT_A_TIME).join(','), asked, { uid: true });
  return listed.sort((a, b) => a.uid - b.uid);
}

type One = { client: ImapFlow; mailbox: string; listed: FetchMessageObject; stuck: Stuck };

/** One mail the server can never give must not hold up all that come after it. */
async function fetchOne({ client, mailbox, listed, stuck }: One): Promise<{ raw: Buffer; size: number } | null> {
  const { uid, size = 0 } = listed;
  if (stuck.uid !== uid) Object.assign(stuck, { uid, tries: 0 });
  if (stuck.tries >= MOST_TRIES) {
    const note = Buffer.from(`Not-Fetched: ${mailbox}, ${uid}\r\n\r\n`);
    return { raw: note, size: Math.max(size, note.length + 1) };
  }
  stuck.tries++;
  // A server may estimate the size: whether a mail is whole is known from what we asked for.
  const isWhole = size <= LARGEST_KEPT;
  const maxBytes = isWhole ? LARGEST_KEPT : BEGINNING;
  const { content } = await client.download(String(uid), undefined, { uid: true, chunkSize: CHUNK, maxBytes });
  if (!content) return null;
  const chunks: Buffer[] = [];
  for await (const chunk of content) chunks.push(chunk);
  const raw = Buffer.concat(chunks);
  return { raw, size: isWhole ? raw.length : size };
}

function arrivalOf({ internalDate }: FetchMessageObject): Date {
  const at = new Date(internalDate ?? Number.NaN);
  return Number.isNaN(at.getTime()) ? new Date() : at;
}
