import { randomUUID } from 'node:crypto';
import type { Caution } from '../domain/file-cautions.ts';
import { Refused } from '../domain/refusals.ts';
import { sha256 as fingerprint, idOf } from './fingerprint.ts';
import { post } from './outbox.ts';
import { type Records, type TimelineAct, type Transaction, writeTimeline } from './records.ts';
import { putTask } from './tasks.ts';

/** `cautions`: what an officer should know of it before anything else is done with it. */
export type ReceivedFile = { bytes: Buffer; fileName: string; mediaType: string; cautions: Caution[] };

export type Submitting = {
  caseId: string;
  file: ReceivedFile;
  door: TimelineAct['door'];
  personId?: string | null;
  linkSelector?: string | null;
  note?: string;
  /** When it counts as received; for a report by post, when it reached the office. Otherwise now. */
  receivedAt?: Date;
  now: Date;
};

export type Submitted = { submissionId: string; version: number; sha256: string; at: Date };

/**
 * Files a report on its case. A later version replaces the earlier one, which is kept; the very same file sent again is
 * the submission already there. Throws {@link Refused} when there is no such case.
 */
export async function recordSubmission({
  records,
  ...submitting
}: Submitting & { records: Records }): Promise<Submitted> {
  return await records.$transaction(async (tx) => {
    const { submitted, acts } = await submit(tx, submitting);
    await writeTimeline(tx, ...acts);
    return submitted;
  });
}

/** {@link recordSubmission} as part of a transaction, whose caller writes `acts` to the timeline last. */
export async function submit(
  tx: Transaction,
  submitting: Submitting,
): Promise<{ submitted: Submitted; acts: TimelineAct[] }> {
  const { caseId, file } = submitting;
  const sha256 = fingerprint(file.bytes);
  const [found] = await tx.$queryRaw<{ closedAt: Date | null }[]>`
    SELECT "closedAt" FROM "Case" WHERE id = ${caseId} FOR NO KEY UPDATE`;
  if (!found) throw new Refused('noSuchCase');
  const last = await tx.submission.findFirst({ where: { caseId }, orderBy: { version: 'desc' } });
  if (last?.documentId === sha256)
    return { submitted: { submissionId: last.id, version: last.version, sha256, at: last.receivedAt }, acts: [] };
  const { submitted, act } = await insert(tx, { submitting, sha256, version: (last?.version ?? 0) + 1 });
  return { submitted, acts: [act, ...(await tell(tx, { submitting, submitted, isClosed: found.closedAt !== null }))] };
}

async function insert(
  tx: Transaction,
  { submitting, sha256, version }: { submitting: Submitting; sha256: string; version: number },
): Promise<{ submitted: Submitted; act: TimelineAct }> {
  const { caseId, file, door, personId = null, linkSelector = null, note = '', now, receivedAt = now } = submitting;
  const { fileName, cautions } = file;
  const id = randomUUID();
  await keepDocument(tx, { sha256, file, now });
  const row = {
    id,
    caseId,
    version,
    documentId: sha256,
    fileName,
    door,
    personId,
    linkSelector,
    note,
    cautions,
    receivedAt,
  };
  await tx.submission.create({ data: row });
  const detail = { submissionId: id, version, at: receivedAt.getTime(), fileName, note };
  return {
    submitted: { submissionId: id, version, sha256, at: receivedAt },
    act: { caseId, at: now, actor: personId ?? 'State Party', door, act: 'reported', detail, contentHash: sha256 },
  };
}

/** A case that runs is told and sends its receipt. A closed one hears nothing any more: the ISU is told instead. */
async function tell(
  tx: Transaction,
  { submitting, submitted, isClosed }: { submitting: Submitting; submitted: Submitted; isClosed: boolean },
): Promise<TimelineAct[]> {
  const { caseId, personId, now } = submitting;
  const { submissionId: id, version, at } = submitted;
  if (isClosed) return personId ? [] : await askAboutReceipt(tx, { caseId, submissionId: id, now });
  const payload = { submissionId: id, version, at: at.getTime() };
  await post(tx, { id, workflowId: caseId, kind: 'signal', name: 'reportReceived', payload });
  return [];
}

/**
 * What the ISU must know when a case closes: that the last report filed on it has had no letter of receipt, because it
 * came while the case was closing. Returns the entries for the timeline.
 */
export async function missedReceipt(
  tx: Transaction,
  { caseId, now }: { caseId: string; now: Date },
): Promise<TimelineAct[]> {
  const last = await tx.submission.findFirst({ where: { caseId }, orderBy: { version: 'desc' } });
  if (!last) return [];
  const receipt = { caseId, purpose: 'receipt', occurrence: last.version, state: { not: 'cancelled' } };
  if (await tx.letter.findFirst({ where: receipt, select: { id: true } })) return [];
  return await askAboutReceipt(tx, { caseId, submissionId: last.id, now });
}

async function askAboutReceipt(
  tx: Transaction,
  { caseId, submissionId, now }: { caseId: string; submissionId: string; now: Date },
): Promise<TimelineAct[]> {
  const id = idOf(`no receipt for ${submissionId}`);
  return await putTask(tx, { id, caseId, kind: 'noReceipt', about: { submissionId }, answers: ['noted'], at: now });
}

/** Bytes are kept once, however often they arrive. */
export async function keepDocument(
  tx: Transaction,
  { sha256, file, now }: { sha256: string; file: Pick<ReceivedFile, 'bytes' | 'mediaType'>; now: Date },
): Promise<void> {
  const { bytes, mediaType } = file;
  const document = { sha256, bytes: new Uint8Array(bytes), mediaType, size: bytes.length, createdAt: now };
  await tx.document.createMany({ data: document, skipDuplicates: true });
}
