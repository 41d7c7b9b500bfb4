import { randomUUID } from 'node:crypto';
import { ApplicationFailure } from '@temporalio/common';
import { sha256 } from '../adapters/fingerprint.ts';
import { composeMime } from '../adapters/mime.ts';
import type { Prisma } from '../adapters/records.ts';
import type { LetterClass, RenderedLetter } from '../domain/letter.ts';
import type { Deps } from './index.ts';

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
  const made = { id, subject, language, templateVersion, text: approvedText, messageId, mimeSha256: sha256(mime) };
  const letter = { ...key, ...made, envelopeFrom: deps.mailFrom, state: 'queued', attempt: 0, createdAt: at };
  if (await insertLetter({ records: deps.records, letter, mime, links })) return id;
  const { caseId, step, recipient, purpose, occurrence } = row;
  const where = { caseId, step, recipient, purpose, occurrence, replacedById: null };
  const there = await deps.records.letter.findFirstOrThrow({ where, select: { id: true, contentHash: true } });
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

/** A lasting fault: what would be written is not what was approved. A person has to act. */
export function notApproved(why: string): ApplicationFailure {
  return ApplicationFailure.nonRetryable(why, 'NotApproved');
}
