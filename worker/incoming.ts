import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Clock } from '../adapters/clock.ts';
import { sha256 } from '../adapters/fingerprint.ts';
import { type InboundMail, type Inbox, type ReadMail, readMail } from '../adapters/inbox.ts';
import type { IncomingFiles, ReceivedFile } from '../adapters/incoming-file.ts';
import { type Records, writeTimeline } from '../adapters/records.ts';
import { keepDocument, submit } from '../adapters/submissions.ts';
import type { Policy } from '../domain/treaty.ts';
import { caseOf } from './mail-case.ts';
import { examineFiles, type MailFiles } from './mail-files.ts';

/** Reads the mailbox and files what arrives: reports on their cases, answers beside them, everything else in the tray. */
export type Incoming = {
  /** Files what has arrived since the last time; returns how many mails. */
  collect(): Promise<number>;
  run(signal: AbortSignal): Promise<void>;
};

const LOOK_EVERY_MS = 2_000;

type Deps = { records: Records; inbox: Inbox; files: IncomingFiles; clock: Clock; policy: Policy; log: Logger };

/** A mail is read as far as it can be; what fails then is the database, and the same mail is tried again. */
export function createIncoming(deps: Deps): Incoming {
  const { records, inbox, log } = deps;
  const readUpTo = async (mailbox: string) =>
    Number((await records.inboxCursor.findUnique({ where: { mailbox } }))?.uid ?? 0);
  const collect = async () => {
    const mails = await inbox.fetchAfter(readUpTo);
    for (const mail of mails) {
      await fileMail(deps, mail);
      const { mailbox, uid } = mail;
      await records.inboxCursor.upsert({ where: { mailbox }, create: { mailbox, uid }, update: { uid } });
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

/** One mail, once: one that was filed before (the cursor was lost, the mailbox made anew) is left alone. */
async function fileMail(deps: Deps, inbound: InboundMail): Promise<void> {
  const documentId = sha256(inbound.raw);
  if (await isFiled(deps.records, { ...inbound, documentId })) return;
  const mail = await readMail(inbound.raw, inbound.size).catch((error: Error) => error);
  const read = mail instanceof Error ? unreadable(mail) : await readWhole(deps, mail);
  await keep(deps, { inbound, documentId, read });
}

/** The very bytes with a Message-ID that lie in another mailbox are that mail, not another one like it. */
async function isFiled(
  records: Records,
  { mailbox, uid, documentId }: { mailbox: string; uid: number; documentId: string },
): Promise<boolean> {
  const sameBytes = { documentId, messageId: { not: null }, mailbox: { not: mailbox } };
  const where = { OR: [{ mailbox, uid }, sameBytes] };
  return (await records.inboundMail.findFirst({ where, select: { id: true } })) !== null;
}

/** What becomes of a mail. `trayWhy`: why a person must look at it; null when it files itself. */
type Read = {
  mail: ReadMail | null;
  caseId: string | null;
  trayWhy: string | null;
  files: MailFiles['listed'];
  report: ReceivedFile | null;
};

function unreadable({ message }: Error): Read {
  return { mail: null, caseId: null, trayWhy: message, files: [], report: null };
}

async function readWhole({ records, files, policy, log }: Deps, mail: ReadMail): Promise<Read> {
  const isAutomatic = mail.isBounce || mail.isAutoReply;
  const { caseId, isOwnPerson, why } = await caseOf({ records, mail, isAutomatic });
  const found = await examineFiles({ mail, files, maxFiles: policy.upload.maxFiles, log });
  const read = { mail, caseId, files: found.listed, report: null };
  if (why) return { ...read, trayWhy: why };
  if (isAutomatic) return { ...read, trayWhy: automatic(mail) };
  if (isOwnPerson) return { ...read, trayWhy: OF_OUR_OWN };
  return { ...read, report: found.report, trayWhy: found.report ? null : found.why };
}

/** An automatic answer needs nobody; one with files may be a scanner that sends a report. */
function automatic({ attachments, isBounce }: ReadMail): string | null {
  return attachments.length > 0 && !isBounce
    ? 'It calls itself automatic but holds files. Look whether they are a report.'
    : null;
}

const OF_OUR_OWN = 'It answers a letter to one of our own people: a comment, not a decision and not a report.';

type Kept = { inbound: InboundMail; documentId: string; read: Read };

/**
 * Keeps the mail as it came, what a person reads of it, and the report it carries, in one transaction: whatever breaks
 * off, the mail is filed whole or tried again. With a reason it lies in the tray until a person files it.
 */
async function keep({ records, clock }: Deps, { inbound, documentId, read }: Kept): Promise<void> {
  const { mailbox, uid, raw, receivedAt } = inbound;
  const { mail, caseId, trayWhy, files, report } = read;
  const now = clock.now();
  const id = randomUUID();
  const said = {
    messageId: mail?.messageId ? storable(mail.messageId) : null,
    sender: storable(mail?.from.address ?? ''),
    subject: storable(mail?.subject ?? ''),
    text: storable((mail?.text ?? '').slice(0, 100_000)),
  };
  const filing = { caseId, files, trayWhy: trayWhy && storable(trayWhy), filedAt: trayWhy === null ? now : null };
  const detail = { mailId: id, isAutoReply: mail?.isAutoReply ?? false, isBounce: mail?.isBounce ?? false };
  const wrote = { caseId, at: now, actor: 'State Party', door: 'email', act: 'wroteToUs', detail } as const;
  await records.$transaction(async (tx) => {
    const file = { bytes: raw, fileName: '', mediaType: 'message/rfc822' };
    await keepDocument(tx, { sha256: documentId, file, now });
    const row = { id, mailbox, uid, documentId, receivedAt, ...filing, ...said };
    const { count } = await tx.inboundMail.createMany({ data: row, skipDuplicates: true });
    // Another worker was first.
    if (count === 0) return;
    const submitting = report && caseId && { caseId, file: report, door: 'email' as const, receivedAt, now };
    const acts = submitting ? (await submit(tx, submitting)).acts : [];
    await writeTimeline(tx, ...acts, { ...wrote, contentHash: documentId });
  });
}

/** What PostgreSQL can keep as text: no NUL, no half characters. The mail itself is kept as it came. */
function storable(text: string): string {
  return text.replaceAll('\0', '').toWellFormed();
}
