import { createHash, randomUUID } from 'node:crypto';
import type { Choice } from '../domain/approval.ts';
import type { MovedDates } from '../domain/cycle.ts';
import { Refused } from '../domain/refusals.ts';
import {
  isDuplicate,
  type Prisma,
  type Records,
  type TimelineAct,
  type Transaction,
  writeTimeline,
} from './records.ts';

/**
 * What people and mail bring. Each fact is one transaction: the row, the outbox row that carries it to its workflow, the
 * timeline entry. Nothing else writes these tables.
 */

type Door = TimelineAct['door'];

async function post(
  tx: Transaction,
  fact: {
    id: string;
    workflowId: string;
    kind: 'start' | 'update' | 'signal';
    name: string;
    payload: Prisma.InputJsonObject;
  },
): Promise<void> {
  await tx.outbox.createMany({ data: fact });
}

export type GivenAnswer = {
  approvalId: string;
  personId: string;
  choice: Choice;
  comment: string;
  door: Door;
  linkSelector: string | null;
  /** What the person had before them: a decision counts for exactly that, and only once. */
  seen: { contentHash: string; version: number; revision: number };
};

type Asked = {
  caseId: string;
  state: string;
  version: number;
  contentHash: string;
  askedById: string | null;
  isAsked: boolean;
  linkWorks: boolean;
  revision: number;
  choice: string | null;
  comment: string | null;
};

/**
 * Records a decision. The same answer given again is the same decision (`repeated`). Throws {@link Refused}: link used
 * up, approval ended, other content than seen, not asked, own draft, or decided otherwise on another page meanwhile.
 */
export async function recordDecision({
  records,
  now,
  answer,
}: {
  records: Records;
  now: Date;
  answer: GivenAnswer;
}): Promise<{ repeated: boolean }> {
  return await records.$transaction(async (tx) => {
    const asked = await lockApproval(tx, answer, now);
    const { seen, choice, comment } = answer;
    if (!asked.isAsked) throw new Refused('notYours');
    if (asked.askedById === answer.personId) throw new Refused('ownDraft');
    if (asked.revision === seen.revision + 1 && asked.choice === choice && asked.comment === comment)
      return { repeated: true };
    if (asked.state !== 'open') throw new Refused('alreadyClosed');
    if (!asked.linkWorks) throw new Refused('revokedLink');
    if (asked.version !== seen.version || asked.contentHash !== seen.contentHash) throw new Refused('otherContent');
    if (asked.revision !== seen.revision) throw new Refused('changedMeanwhile');
    await insertDecision(tx, { answer, asked, now });
    return { repeated: false };
  });
}

/**
 * Locks the approval, and only then looks: a statement that waits for a lock goes on with what it saw before it waited,
 * and would not know of a decision made meanwhile.
 */
async function lockApproval(tx: Transaction, answer: GivenAnswer, now: Date): Promise<Asked> {
  await tx.$executeRaw`SELECT FROM "Approval" WHERE id = ${answer.approvalId}::uuid FOR UPDATE`;
  const [asked] = await tx.$queryRaw<Asked[]>`
    SELECT a."caseId", a.state, a.version, a."contentHash", a."askedById"::text,
      EXISTS (SELECT FROM "ApprovalSlot" s WHERE s."approvalId" = a.id AND s."personId" = ${answer.personId}::uuid) AS "isAsked",
      ${answer.linkSelector}::text IS NULL OR EXISTS (SELECT FROM "Link" l WHERE l.selector = ${answer.linkSelector}
        AND l."approvalId" = a.id AND l."personId" = ${answer.personId}::uuid
        AND l."revokedAt" IS NULL AND l."expiresAt" > ${now}) AS "linkWorks",
      coalesce(d.revision, 0) AS revision, d.choice, d.comment
    FROM "Approval" a
    LEFT JOIN LATERAL (SELECT revision, choice, comment FROM "Decision"
      WHERE "approvalId" = a.id AND "personId" = ${answer.personId}::uuid ORDER BY revision DESC LIMIT 1) d ON true
    WHERE a.id = ${answer.approvalId}::uuid`;
  if (!asked) throw new Refused('unknownLink');
  return asked;
}

async function insertDecision(
  tx: Transaction,
  { answer, asked, now }: { answer: GivenAnswer; asked: Asked; now: Date },
): Promise<void> {
  const { approvalId, personId, choice, comment, door, linkSelector } = answer;
  const id = randomUUID();
  const revision = asked.revision + 1;
  const payload = JSON.stringify({ id, approvalId, personId, choice, revision });
  const detail = JSON.stringify({ decisionId: id, approvalId, choice, comment, revision });
  await tx.$executeRaw`
    WITH decision AS (
      INSERT INTO "Decision" (id, "approvalId", "personId", revision, choice, comment, "contentHash", door, "linkSelector", at)
      VALUES (${id}::uuid, ${approvalId}::uuid, ${personId}::uuid, ${revision}, ${choice}, ${comment},
        ${asked.contentHash}, ${door}, ${linkSelector}, ${now})
    ), used AS (
      UPDATE "Link" SET "usedAt" = ${now} WHERE selector = ${linkSelector}
    ), outbox AS (
      INSERT INTO "Outbox" (id, "workflowId", kind, name, payload)
      VALUES (${id}::uuid, ${asked.caseId}, 'update', 'decide', ${payload}::jsonb)
    )
    INSERT INTO "TimelineEntry" ("caseId", at, actor, door, act, detail, "contentHash")
    VALUES (${asked.caseId}, ${now}, ${personId}, ${door}, 'decided', ${detail}::jsonb, ${asked.contentHash})`;
}

export type ReceivedFile = { bytes: Buffer; fileName: string; mediaType: string };

/**
 * Files a report on its case. A later version replaces the earlier one, which is kept; the very same file sent again is
 * the submission already there. Throws {@link Refused} when there is no such case.
 */
export async function recordSubmission({
  records,
  now,
  caseId,
  file,
  door,
  personId,
  linkSelector,
  note,
  receivedAt,
}: {
  records: Records;
  now: Date;
  caseId: string;
  file: ReceivedFile;
  door: Door;
  personId?: string | null;
  linkSelector?: string | null;
  note?: string;
  /** When it counts as received; for a report by post, when it reached the office. */
  receivedAt?: Date;
}): Promise<{ submissionId: string; version: number; sha256: string; at: Date }> {
  const sha256 = createHash('sha256').update(file.bytes).digest('hex');
  return await records.$transaction(async (tx) => {
    const [found] = await tx.$queryRaw<{ id: string }[]>`SELECT id FROM "Case" WHERE id = ${caseId} FOR UPDATE`;
    if (!found) throw new Refused('caseClosed');
    const last = await tx.submission.findFirst({ where: { caseId }, orderBy: { version: 'desc' } });
    if (last?.documentId === sha256)
      return { submissionId: last.id, version: last.version, sha256, at: last.receivedAt };
    await keepDocument(tx, { sha256, file, now });
    const submission = {
      id: randomUUID(),
      version: (last?.version ?? 0) + 1,
      receivedAt: receivedAt ?? now,
    };
    const how = { fileName: file.fileName, door, personId: personId ?? null, linkSelector: linkSelector ?? null };
    await tx.submission.create({ data: { ...submission, ...how, caseId, documentId: sha256, note: note ?? '' } });
    const payload = { submissionId: submission.id, version: submission.version, at: submission.receivedAt.getTime() };
    await post(tx, { id: submission.id, workflowId: caseId, kind: 'signal', name: 'reportReceived', payload });
    await writeTimeline(tx, {
      caseId,
      at: now,
      actor: personId ?? 'State Party',
      door,
      act: 'reported',
      detail: { ...payload, fileName: file.fileName, note: note ?? '' },
      contentHash: sha256,
    });
    return { submissionId: submission.id, version: submission.version, sha256, at: submission.receivedAt };
  });
}

export async function keepDocument(
  tx: Transaction,
  { sha256, file, now }: { sha256: string; file: ReceivedFile; now: Date },
): Promise<void> {
  const { bytes, mediaType } = file;
  const document = { sha256, bytes: new Uint8Array(bytes), mediaType, size: bytes.length, createdAt: now };
  await tx.document.createMany({ data: document, skipDuplicates: true });
}

/** Records how a person settled a task. Throws {@link Refused}: settled already, or not an answer the task offers. */
export async function recordTaskAnswer({
  records,
  now,
  taskId,
  personId,
  answer,
  note,
}: {
  records: Records;
  now: Date;
  taskId: string;
  personId: string;
  answer: string;
  note: string;
}): Promise<void> {
  await records.$transaction(async (tx) => {
    const task = await tx.task.findUnique({ where: { id: taskId } });
    if (!task || !task.answers.includes(answer)) throw new Refused('noChoice');
    const id = randomUUID();
    await tx.taskAnswer
      .create({ data: { id, taskId, personId, answer, note, at: now } })
      .catch(refuseTwice('taskDone'));
    await tx.task.update({ where: { id: taskId }, data: { doneAt: now } });
    const workflowId = task.caseId;
    await post(tx, { id, workflowId, kind: 'signal', name: 'taskAnswered', payload: { taskId, answer } });
    const detail = { taskId, kind: task.kind, answer, note };
    await writeTimeline(tx, {
      caseId: task.caseId,
      at: now,
      actor: personId,
      door: 'console',
      act: 'answered',
      detail,
    });
  });
}

/** Asks for the cycle to be opened. The engine may be away: it opens when it is back. Throws {@link Refused}: open. */
export async function recordCycleOpening({
  records,
  caseId,
  input,
}: {
  records: Records;
  caseId: string;
  input: Prisma.InputJsonObject;
}): Promise<void> {
  const digest = createHash('sha256').update(`start ${caseId}`).digest('hex');
  const id = digest.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');
  const fact = { id, workflowId: caseId, kind: 'start' as const, name: 'annualCycle', payload: input };
  await records.$transaction((tx) => post(tx, fact)).catch(refuseTwice('cycleOpen'));
}

/** Records that an admin moved the dates of a cycle; what has not been sent is planned and approved anew. */
export async function recordDateChange({
  records,
  now,
  cycleId,
  moved,
  reason,
  personId,
}: {
  records: Records;
  now: Date;
  cycleId: string;
  moved: MovedDates;
  reason: string;
  personId: string;
}): Promise<void> {
  const id = randomUUID();
  const dates = { deadlineOn: moved.deadlineOn ?? '', meetingOn: moved.meetingOn ?? '' };
  await records.$transaction(async (tx) => {
    await tx.dateChange.create({ data: { id, caseId: cycleId, ...dates, reason, personId, at: now } });
    const payload = { changeId: id };
    await post(tx, { id, workflowId: cycleId, kind: 'signal', name: 'datesMoved', payload });
    const detail = { ...dates, reason };
    await writeTimeline(tx, { caseId: cycleId, at: now, actor: personId, door: 'console', act: 'movedDates', detail });
  });
}

function refuseTwice(code: 'taskDone' | 'cycleOpen') {
  return (error: unknown): never => {
    throw isDuplicate(error) ? new Refused(code) : error;
  };
}
