import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Clock } from '../adapters/clock.ts';
import { fileAttachments } from '../adapters/filing.ts';
import { sha256 } from '../adapters/fingerprint.ts';
import { type InboundMail, type Inbox, type ReadMail, readMail } from '../adapters/inbox.ts';
import { type Records, writeTimeline } from '../adapters/records.ts';
import { keepDocument } from '../adapters/submissions.ts';
import type { Policy } from '../domain/treaty.ts';

/** Reads the mailbox and files what arrives: reports on their cases, answers beside them, everything else in the tray. */
export type Incoming = {
  /** Files what has arrived since the last time; returns how many mails. */
  collect(): Promise<number>;
  run(signal: AbortSignal): Promise<void>;
};

const LOOK_EVERY_MS = 2_000;
const MAILBOX = 'secretariat';

type Deps = { records: Records; inbox: Inbox; clock: Clock; policy: Policy; log: Logger };

export function createIncoming(deps: Deps): Incoming {
  const { records, inbox, log } = deps;
  const collect = async () => {
    const cursor = (await records.inboxCursor.findUnique({ where: { mailbox: MAILBOX } }))?.uid ?? 0;
    const mails = await inbox.fetchAfter(cursor);
    for (const mail of mails) {
      await fileMail(deps, mail);
      const moved = { mailbox: MAILBOX, uid: mail.uid };
      await records.inboxCursor.upsert({ where: { mailbox: MAILBOX }, create: moved, update: moved });
    }
    return mails.length;
  };
  return {
    collect,
    async run(signal) {
      while (!signal.aborted) {
        await collect().catch((error: Error) => log.warn({ error: error.name }, 'incoming mail waits'));
        await pause(LOOK_EVERY_MS, undefined, { signal }).catch(() => {});
      }
    },
  };
}

/** One mail, once: a mail filed before (the cursor was lost) is left alone. */
async function fileMail(deps: Deps, { uid, raw, receivedAt }: InboundMail): Promise<void> {
  if (await deps.records.inboundMail.findUnique({ where: { uid }, select: { id: true } })) return;
  const read = await readMail(raw).catch((error: Error) => error);
  if (read instanceof Error)
    return await keep(deps, { uid, raw, receivedAt, mail: null, caseId: null, trayWhy: read.message });
  const { caseId, isOwnPerson } = await senderOf(deps.records, read);
  if (!caseId) {
    const trayWhy = 'It answers none of our letters and comes from no address in the contact register.';
    return await keep(deps, { uid, raw, receivedAt, mail: read, caseId, trayWhy });
  }
  if (read.isBounce || read.isAutoReply)
    return await keep(deps, { uid, raw, receivedAt, mail: read, caseId, trayWhy: automatic(read) });
  const trayWhy = isOwnPerson ? OF_OUR_OWN : await fileReports(deps, { caseId, receivedAt, mail: read });
  await keep(deps, { uid, raw, receivedAt, mail: read, caseId, trayWhy });
}

/** An automatic answer needs nobody; one with files may be a scanner that sends a report. */
function automatic({ attachments, isBounce }: ReadMail): string | null {
  return attachments.length > 0 && !isBounce
    ? 'It calls itself automatic but holds files. Look whether they are a report.'
    : null;
}

const OF_OUR_OWN = 'It answers a letter to one of our own people: a comment, not a decision and not a report.';

/**
 * The case a mail belongs to: by the letter it answers; otherwise by the sender's address, when that State Party has one
 * open report case. `isOwnPerson`: the letter was to one of our own people.
 */
async function senderOf(records: Records, mail: ReadMail): Promise<{ caseId: string | null; isOwnPerson: boolean }> {
  const named = [mail.inReplyTo, ...mail.references].filter((each) => each != null).map(storable);
  const answered = await records.letter.findFirst({
    where: { messageId: { in: named } },
    select: { caseId: true, class: true },
  });
  if (answered) return { caseId: answered.caseId, isOwnPerson: answered.class === 'internal' };
  const contact = await records.contact.findFirst({
    where: { email: { equals: storable(mail.from.address), mode: 'insensitive' }, endedAt: null },
  });
  if (!contact) return { caseId: null, isOwnPerson: false };
  const open = await records.case.findMany({
    where: { stateParty: contact.stateParty, caseType: 'report-intake', closedAt: null },
    select: { id: true },
  });
  return { caseId: open.length === 1 ? open[0]!.id : null, isOwnPerson: false };
}

/** Files the reports attached. Null: all is filed; otherwise why a person must look. */
async function fileReports(
  deps: Deps,
  { caseId, receivedAt, mail }: { caseId: string; receivedAt: Date; mail: ReadMail },
): Promise<string | null> {
  const { records, clock, policy, log } = deps;
  try {
    const filing = { records, now: clock.now(), receivedAt, caseId, mail, limits: policy.upload, personId: null };
    const { filed, refusals } = await fileAttachments(filing);
    if (refusals.length > 0) return `An attachment could not be received. ${refusals.join(' ')}`;
    return filed > 0 ? null : 'It holds no report. Read it and answer.';
  } catch (error) {
    log.warn({ error: (error as Error).name }, 'attachment could not be read');
    return 'An attachment could not be read. Open it with care.';
  }
}

type Kept = {
  uid: number;
  raw: Buffer;
  receivedAt: Date;
  mail: ReadMail | null;
  caseId: string | null;
  trayWhy: string | null;
};

/** Keeps the mail as it came, and what a person reads of it. With a reason it lies in the tray until it is filed. */
async function keep(deps: Deps, { uid, raw, receivedAt, mail, caseId, trayWhy }: Kept): Promise<void> {
  const now = deps.clock.now();
  const documentId = sha256(raw);
  const id = randomUUID();
  const said = {
    messageId: mail?.messageId ? storable(mail.messageId) : null,
    sender: storable(mail?.from.address ?? ''),
    subject: storable(mail?.subject ?? ''),
    text: storable((mail?.text ?? '').slice(0, 100_000)),
  };
  const filing = { caseId, trayWhy: trayWhy && storable(trayWhy), filedAt: trayWhy === null ? now : null };
  const detail = { mailId: id, isAutoReply: mail?.isAutoReply ?? false, isBounce: mail?.isBounce ?? false };
  const act = { caseId, at: now, actor: 'State Party', door: 'email', act: 'wroteToUs', detail } as const;
  await deps.records.$transaction(async (tx) => {
    await keepDocument(tx, {
      sha256: documentId,
      file: { bytes: raw, fileName: '', mediaType: 'message/rfc822' },
      now,
    });
    await tx.inboundMail.create({ data: { id, uid, documentId, receivedAt, ...filing, ...said } });
    await writeTimeline(tx, { ...act, contentHash: documentId });
  });
}

/** What PostgreSQL can keep as text: no NUL, no half characters. The mail itself is kept as it came. */
function storable(text: string): string {
  return text.replaceAll('\0', '').toWellFormed();
}
