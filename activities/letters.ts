import { createHash, randomUUID } from 'node:crypto';
import { ApplicationFailure } from '@temporalio/common';
import { composeMime } from '../adapters/mime.ts';
import { newLink, writeToken } from '../adapters/links.ts';
import { isDuplicate, type Prisma, type Transaction, writeTimeline } from '../adapters/records.ts';
import { dateAt, longMoment } from '../domain/calendar.ts';
import type { Purpose } from '../domain/cycle.ts';
import type { LetterClass, RenderedLetter } from '../domain/letter.ts';
import { STEP_OF } from '../domain/plan.ts';
import { approvedContent, dateLine } from '../domain/state-letter.ts';
import type { Language } from '../domain/treaty.ts';
import type { Schedule } from '../workflows/messages.ts';
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
      const { caseId, purpose, occurrence } = wanted;
      const step = STEP_OF[purpose as Purpose];
      const there = await records.letter.findMany({
        where: { caseId, step, purpose, occurrence },
        select: { id: true },
      });
      if (there.length > 0) return { letterIds: there.map(({ id }) => id), postponed: false };
      const items = await approvedItems({ deps, wanted });
      if (await isBeingReplanned({ deps, wanted, items })) return { letterIds: [], postponed: true };
      const letterIds: string[] = [];
      for (const item of items) letterIds.push(await draft({ deps, wanted, item, step }));
      return { letterIds, postponed: false };
    },

    /**
     * Does what a person answered about a letter refused or in doubt. `queued`: the same bytes are to be sent again.
     * A late answer of the mail server may have settled it meanwhile: then nothing is changed.
     */
    async settleLetter({
      letterId,
      answer,
      now,
    }: {
      letterId: string;
      taskId: string;
      answer: string;
      now: number;
    }): Promise<{ queued: boolean }> {
      const state = { arrived: 'sent', sendAgain: 'queued' }[answer] ?? 'cancelled';
      const endedAt = state === 'queued' ? null : new Date(now);
      const inDoubt = { id: letterId, state: { in: ['refused', 'unknown', 'queued'] } };
      await records.letter.updateMany({ where: inDoubt, data: { state, endedAt } });
      const letter = await records.letter.findUniqueOrThrow({ where: { id: letterId }, select: { state: true } });
      return { queued: letter.state === 'queued' };
    },
  };
}

/** The approved letters this is to be made from. A receipt is approved once and written for each version received. */
async function approvedItems({ deps, wanted }: { deps: Deps; wanted: Wanted }): Promise<Item[]> {
  const { approvalId, caseId, purpose } = wanted;
  const occurrence = purpose === 'receipt' ? 1 : wanted.occurrence;
  const items = approvalId
    ? await deps.records.approvalItem.findMany({ where: { approvalId, caseId, purpose, occurrence } })
    : [];
  if (items.length === 0) throw notApproved(`${purpose} ${occurrence} is not part of an approved plan`);
  return items;
}

async function isBeingReplanned({
  deps,
  wanted,
  items,
}: {
  deps: Deps;
  wanted: Wanted;
  items: Item[];
}): Promise<boolean> {
  const followed = await deps.records.approval.findUniqueOrThrow({ where: { id: wanted.approvalId! } });
  const { caseId, subject, version } = followed;
  const newer = await deps.records.approval.findFirst({
    where: { caseId, subject, state: 'open', version: { gt: version } },
  });
  if (!newer) return followed.state === 'superseded';
  const hashes = items.map(({ hash }) => hash);
  return (
    (await deps.records.approvalItem.count({ where: { approvalId: newer.id, hash: { in: hashes } } })) < items.length
  );
}

async function draft({
  deps,
  wanted,
  item,
  step,
}: {
  deps: Deps;
  wanted: Wanted;
  item: Item;
  step: string;
}): Promise<string> {
  const { caseId, purpose, occurrence } = wanted;
  const language = item.language as Language;
  const values = item.values as Record<string, string | number>;
  const approved = deps.letters.render({ template: item.template, language, values });
  const plannedAt = item.plannedAt?.getTime() ?? null;
  const contentHash = sha256(approvedContent({ caseId, recipient: item.recipient, plannedAt, rendered: approved }));
  if (contentHash !== item.hash) throw notApproved(`${purpose} ${occurrence} reads differently from what was approved`);
  const link = await uploadLink({ deps, wanted });
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
async function uploadLink({ deps, wanted }: { deps: Deps; wanted: Wanted }) {
  const { caseId, now } = wanted;
  const { input } = await deps.records.case.findUniqueOrThrow({ where: { id: caseId }, select: { input: true } });
  const { closesAt } = (input as unknown as { schedule: Schedule }).schedule;
  const { selector, secret, secretHash } = newLink();
  const row = {
    selector,
    secretHash,
    purpose: 'upload',
    caseId,
    createdAt: new Date(now),
    expiresAt: new Date(closesAt + WEEK),
  };
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
  const bytes = { mime: new Uint8Array(mime), mimeSha256: sha256Bytes(mime), messageId, envelopeFrom: deps.mailFrom };
  const letter = {
    ...key,
    id,
    subject,
    language,
    templateVersion,
    text: approvedText,
    ...bytes,
    state: 'queued',
    createdAt: at,
  };
  try {
    await deps.records.$transaction((tx) => insert(tx, { letter, links }));
    return id;
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    const { caseId, step, recipient, purpose, occurrence } = row;
    const where = { caseId_step_recipient_purpose_occurrence: { caseId, step, recipient, purpose, occurrence } };
    return (await deps.records.letter.findUniqueOrThrow({ where, select: { id: true } })).id;
  }
}

async function insert(
  tx: Transaction,
  {
    letter,
    links,
  }: {
    letter: Prisma.LetterCreateManyInput & { createdAt: Date };
    links: Prisma.LinkCreateManyInput[];
  },
): Promise<void> {
  if (links.length > 0) await tx.link.createMany({ data: links });
  await tx.letter.createMany({ data: letter });
  const { caseId, createdAt: at, purpose, occurrence, contentHash } = letter;
  const detail = { letterId: letter.id, purpose, occurrence };
  await writeTimeline(tx, { caseId, at, actor: 'engine', door: 'engine', act: 'wrote', detail, contentHash });
}

function notApproved(why: string): ApplicationFailure {
  return ApplicationFailure.nonRetryable(why, 'NotApproved');
}

function sha256Bytes(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
