import { randomUUID } from 'node:crypto';
import { Refused } from '../domain/refusals.ts';
import { sha256 as fingerprint } from './fingerprint.ts';
import { post } from './outbox.ts';
import { type Records, type TimelineAct, type Transaction, writeTimeline } from './records.ts';

export type ReceivedFile = { bytes: Buffer; fileName: string; mediaType: string };

export type Submitting = {
  caseId: string;
  file: ReceivedFile;
  door: TimelineAct['door'];
  personId?: string | null;
  linkSelector?: string | null;
  note?: string;
  /** When it counts as received; for a report by post, when it reached the office. Otherwise now. */
  receivedAt?: Date;
};

export type Submitted = { submissionId: string; version: number; sha256: string; at: Date };

/**
 * Files a report on its case. A later version replaces the earlier one, which is kept; the very same file sent again is
 * the submission already there. Throws {@link Refused} when there is no such case.
 */
export async function recordSubmission({
  records,
  now,
  ...submitting
}: Submitting & {
  records: Records;
  now: Date;
}): Promise<Submitted> {
  const { caseId, file } = submitting;
  const sha256 = fingerprint(file.bytes);
  return await records.$transaction(async (tx) => {
    const [found] = await tx.$queryRaw<{ id: string }[]>`SELECT id FROM "Case" WHERE id = ${caseId} FOR NO KEY UPDATE`;
    if (!found) throw new Refused('caseClosed');
    const last = await tx.submission.findFirst({ where: { caseId }, orderBy: { version: 'desc' } });
    if (last?.documentId === sha256)
      return { submissionId: last.id, version: last.version, sha256, at: last.receivedAt };
    return await insert(tx, { submitting, sha256, version: (last?.version ?? 0) + 1, now });
  });
}

async function insert(
  tx: Transaction,
  {
    submitting,
    sha256,
    version,
    now,
  }: {
    submitting: Submitting;
    sha256: string;
    version: number;
    now: Date;
  },
): Promise<Submitted> {
  const { caseId, file, door, personId = null, linkSelector = null, note = '', receivedAt = now } = submitting;
  const id = randomUUID();
  const how = { fileName: file.fileName, door, personId, linkSelector, note };
  await keepDocument(tx, { sha256, file, now });
  await tx.submission.create({ data: { id, version, receivedAt, ...how, caseId, documentId: sha256 } });
  const payload = { submissionId: id, version, at: receivedAt.getTime() };
  await post(tx, { id, workflowId: caseId, kind: 'signal', name: 'reportReceived', payload });
  const act = { caseId, at: now, actor: personId ?? 'State Party', door, act: 'reported' } as const;
  await writeTimeline(tx, { ...act, detail: { ...payload, fileName: file.fileName, note }, contentHash: sha256 });
  return { submissionId: id, version, sha256, at: receivedAt };
}

/** Bytes are kept once, however often they arrive. */
export async function keepDocument(
  tx: Transaction,
  { sha256, file, now }: { sha256: string; file: ReceivedFile; now: Date },
): Promise<void> {
  const { bytes, mediaType } = file;
  const document = { sha256, bytes: new Uint8Array(bytes), mediaType, size: bytes.length, createdAt: now };
  await tx.document.createMany({ data: document, skipDuplicates: true });
}
