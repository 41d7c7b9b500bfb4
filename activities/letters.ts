import { createHash, randomUUID } from 'node:crypto';
import { ApplicationFailure } from '@temporalio/common';
import { newLink, writeToken } from '../adapters/links.ts';
import { composeMime } from '../adapters/mime.ts';
import type { Prisma } from '../adapters/records.ts';
import { dateAt, longMoment } from '../domain/calendar.ts';
import type { Purpose } from '../domain/cycle.ts';
import type { LetterClass, RenderedLetter } from '../domain/letter.ts';
import { STEP_OF } from '../domain/plan.ts';
import { approvedContent, dateLine } from '../domain/state-letter.ts';
import type { Language } from '../domain/treaty.ts';
import type { Deps } from './index.ts';
import { sha256 } from './plan.ts';

type Wanted = {
  caseId: string;
  approvalId: string | null;
  purpose: string;
  occurrence: number;
  submissionId: string | null;
  now: number;
};
type Item = Prisma.ApprovalItemGetPayload<object>;

export function letterActivities(deps: Deps) {
  const { records } = deps;
  return {
    /**
     * Makes the letters to a State Party from what was approved, once: a retry finds the rows already there.
     * `postponed`: a newer version of the plan is being decided and says otherwise.
     * Fails with `NotApproved` when no approved letter reads exactly like this one.
     */
    async draftLetters(wanted: Wanted): Promise<{ letterIds: string[]; postponed: boolean }> {
      const step = STEP_OF[wanted.purpose as Purpose];
      const there = await writtenLetters({ deps, wanted, step });
      if (there.length > 0) return { letterIds: there, postponed: false };
      const { items, postponed, closesAt } = await agreedLetters({ deps, wanted });
      if (postponed) return { letterIds: [], postponed };
      const letterIds: string[] = [];
      for (const item of items) letterIds.push(await draft({ deps, wanted, item, step, closesAt }));
      return { letterIds, postponed: false };
    },

    /**
     * Does what a person answered about a letter refused or in doubt. `queued`: the same bytes are to be sent again.
     * A late answer of the mail server may have settled it meanwhile: then nothing is changed.
     */
    async settleLetter(settling: Settling): Promise<{ queued: boolean }> {
      await settle({ records, settling });
      const { state } = await records.letter.findUniqueOrThrow({
        where: { id: settling.letterId },
        select: { state: true },
      });
      return { queued: state === 'queued' };
    },
  };
}

async function writtenLetters({ deps, wanted, step }: { deps: Deps; wanted: Wanted; step: string }): Promise<string[]> {
  const { caseId, purpose, occurrence } = wanted;
  const rows = await deps.records.$queryRaw<{ id: string }[]>`
    SELECT id FROM "Letter"
    WHERE "caseId" = ${caseId} AND step = ${step} AND purpose = ${purpose} AND occurrence = ${occurrence}`;
  return rows.map(({ id }) => id);
}

type Agreed = { items: Item[]; postponed: boolean; closesAt: number };

/**
 * The approved letters this is to be made from, and whether they must wait: the plan was replaced, or a newer version
 * that does not hold them is being decided. A receipt is approved once and written for each version received.
 */
async function agreedLetters({ deps, wanted }: { deps: Deps; wanted: Wanted }): Promise<Agreed> {
  const { approvalId, caseId, purpose } = wanted;
  const occurrence = purpose === 'receipt' ? 1 : wanted.occurrence;
  const items = await deps.records.$queryRaw<(Item & { postponed: boolean; closesAt: number })[]>`
    SELECT i.*, (c.input->'schedule'->>'closesAt')::float8 AS "closesAt",
      a.state = 'superseded' OR EXISTS (
        SELECT FROM "Approval" newer WHERE newer."caseId" = a."caseId" AND newer.subject = a.subject
          AND newer.version > a.version AND newer.state = 'open'
          AND NOT EXISTS (SELECT FROM "ApprovalItem" same WHERE same."approvalId" = newer.id AND same.hash = i.hash)
      ) AS postponed
    FROM "ApprovalItem" i JOIN "Approval" a ON a.id = i."approvalId" JOIN "Case" c ON c.id = i."caseId"
    WHERE i."approvalId" = ${approvalId}::uuid AND i."caseId" = ${caseId}
      AND i.purpose = ${purpose} AND i.occurrence = ${occurrence}`;
  const [first] = items;
  if (!first) throw notApproved(`${purpose} ${occurrence} is not part of an approved plan`);
  return { items, postponed: items.some((item) => item.postponed), closesAt: first.closesAt };
}

async function draft({
  deps,
  wanted,
  item,
  step,
  closesAt,
}: {
  deps: Deps;
  wanted: Wanted;
  item: Item;
  step: string;
  closesAt: number;
}): Promise<string> {
  const { caseId, purpose, occurrence } = wanted;
  const language = item.language as Language;
  const values = item.values as Record<string, string | number>;
  const approved = deps.letters.render({ template: item.template, language, values });
  const plannedAt = item.plannedAt?.getTime() ?? null;
  const contentHash = sha256(approvedContent({ caseId, recipient: item.recipient, plannedAt, rendered: approved }));
  if (contentHash !== item.hash) throw notApproved(`${purpose} ${occurrence} reads differently from what was approved`);
  const link = uploadLink({ deps, wanted, closesAt });
  const late = { uploadLink: link.url, ...(await receiptValues({ deps, wanted, language })) };
  const final = deps.letters.render({ template: item.template, language, values: { ...values, ...late } });
  const row = {
    caseId,
    step,
    purpose,
    occurrence,
    recipient: item.recipient,
    class: purpose === 'invitation' || purpose === 'receipt' ? 'official' : 'reminder',
    approvalId: item.approvalId,
    contentHash,
    approvedText: approved.text,
  } as const;
  return await keepLetter({ deps, row, rendered: final, now: wanted.now, links: [link.row] });
}

/** A link of its own for each letter: write-only, alive as long as the door for late reports is open, and a week. */
function uploadLink({ deps, wanted, closesAt }: { deps: Deps; wanted: Wanted; closesAt: number }) {
  const { caseId, now } = wanted;
  const { selector, secret, secretHash } = newLink();
  const expiresAt = new Date(closesAt + WEEK);
  const row = { selector, secretHash, purpose: 'upload', caseId, createdAt: new Date(now), expiresAt };
  return { row, url: `${deps.baseUrl}/u/${writeToken({ selector, secret })}` };
}

const WEEK = 7 * 86_400_000;

async function receiptValues({ deps, wanted, language }: { deps: Deps; wanted: Wanted; language: Language }) {
  if (!wanted.submissionId) return {};
  const submission = await deps.records.submission.findUniqueOrThrow({ where: { id: wanted.submissionId } });
  const zone = deps.treaty.policy.treatyTimeZone;
  return {
    receivedAt: longMoment(submission.receivedAt.getTime(), language, zone),
    dateLine: dateLine(dateAt(wanted.now, zone), language),
    fileName: submission.fileName,
    documentHash: submission.documentId,
  };
}

type Settling = { letterId: string; taskId: string; answer: string; now: number };

async function settle({ records, settling }: { records: Deps['records']; settling: Settling }): Promise<void> {
  const { letterId, taskId, answer } = settling;
  const at = new Date(settling.now);
  const state = { arrived: 'sent', sendAgain: 'queued' }[answer] ?? 'cancelled';
  const detail = JSON.stringify({ letterId, taskId, answer });
  await records.$executeRaw`
    WITH settled AS (
      UPDATE "Letter" SET state = ${state}, "endedAt" = CASE WHEN ${state} = 'queued' THEN NULL ELSE ${at}::timestamptz END
      WHERE id = ${letterId}::uuid AND state IN ('refused', 'unknown', 'queued') AND state <> ${state}
      RETURNING "caseId", step, class, "contentHash"
    ), reached AS (
      INSERT INTO "CaseStep" ("caseId", step, standing, at)
      SELECT "caseId", step, 'done', ${at} FROM settled WHERE ${state} = 'sent' AND class <> 'internal'
      ON CONFLICT ("caseId", step) DO NOTHING
    )
    INSERT INTO "TimelineEntry" ("caseId", at, actor, door, act, detail, "contentHash")
    SELECT "caseId", ${at}, 'engine', 'engine', 'settledLetter', ${detail}::jsonb, "contentHash" FROM settled`;
}

export type LetterRow = {
  caseId: string;
  step: string;
  purpose: string;
  occurrence: number;
  recipient: string;
  recipientName?: string;
  class: LetterClass;
  approvalId: string | null;
  contentHash: string;
  /** The text with its late-bound places open; what is shown of the letter afterwards. */
  approvedText: string;
  personId?: string;
};

/** Keeps the letter's bytes, made once, with its links and its timeline entry. Returns the id of the row that counts. */
export async function keepLetter({
  deps,
  row,
  rendered,
  now,
  links,
  attachments = [],
}: {
  deps: Deps;
  row: LetterRow;
  rendered: RenderedLetter;
  now: number;
  links: Prisma.LinkCreateManyInput[];
  attachments?: { fileName: string; bytes: Uint8Array; mediaType: string }[];
}): Promise<string> {
  const id = randomUUID();
  const at = new Date(now);
  const { approvedText, recipientName, ...key } = row;
  const messageId = `<${id}@${deps.mailFrom.split('@')[1]}>`;
  const mime = await composeMime({
    from: { name: deps.treaty.office.name[rendered.language], address: deps.mailFrom },
    to: { name: recipientName, address: row.recipient },
    replyTo: deps.mailFrom,
    subject: rendered.subject,
    text: rendered.text,
    html: rendered.html,
    messageId,
    date: at,
    attachments,
  });
  const { subject, language, templateVersion } = rendered;
  const made = { id, subject, language, templateVersion, text: approvedText, messageId, mimeSha256: sha256Bytes(mime) };
  const letter = { ...key, ...made, envelopeFrom: deps.mailFrom, state: 'queued', attempt: 0, createdAt: at };
  if (await insertLetter({ records: deps.records, letter, mime, links })) return id;
  const { caseId, step, recipient, purpose, occurrence } = row;
  const where = { caseId_step_recipient_purpose_occurrence: { caseId, step, recipient, purpose, occurrence } };
  const there = await deps.records.letter.findUniqueOrThrow({ where, select: { id: true, contentHash: true } });
  if (row.class !== 'internal' && there.contentHash !== row.contentHash)
    throw notApproved(`${purpose} ${occurrence} was written already, with other content`);
  return there.id;
}

/** The letter, its links and its timeline entry in one statement. False: another run of this activity was first. */
async function insertLetter({
  records,
  letter,
  mime,
  links,
}: {
  records: Deps['records'];
  letter: LetterFields;
  mime: Buffer;
  links: Prisma.LinkCreateManyInput[];
}): Promise<boolean> {
  const { id, caseId, createdAt, purpose, occurrence, contentHash } = letter;
  const detail = JSON.stringify({ letterId: id, purpose, occurrence });
  const written = await records.$executeRaw`
    WITH letter AS (
      INSERT INTO "Letter" SELECT * FROM jsonb_populate_record(NULL::"Letter",
        ${JSON.stringify(letter)}::jsonb || jsonb_build_object('mime', ${new Uint8Array(mime)}::bytea))
      ON CONFLICT DO NOTHING RETURNING id
    ), link AS (
      INSERT INTO "Link" SELECT link.* FROM letter, jsonb_populate_recordset(NULL::"Link", ${JSON.stringify(links)}::jsonb) link
    )
    INSERT INTO "TimelineEntry" ("caseId", at, actor, door, act, detail, "contentHash")
    SELECT ${caseId}, ${createdAt}, 'engine', 'engine', 'wrote', ${detail}::jsonb, ${contentHash} FROM letter`;
  return written === 1;
}

type LetterFields = Omit<LetterRow, 'approvedText' | 'recipientName'> & {
  id: string;
  createdAt: Date;
  messageId: string;
};

function notApproved(why: string): ApplicationFailure {
  return ApplicationFailure.nonRetryable(why, 'NotApproved');
}

function sha256Bytes(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
