import { Refused } from '../domain/refusals.ts';
import { readMail } from './inbox.ts';
import type { IncomingFiles, ReceivedFile } from './incoming-file.ts';
import { type Records, writeTimeline } from './records.ts';
import { submit } from './submissions.ts';

/** A file that came with a mail; `refusal`: the sentence why it could not be received as a report when it came. */
export type MailFile = { fileName: string; size: number; refusal: string | null };

/**
 * A file that came with a mail, by its place, checked by the rules of uploads; null when there is no such mail or file.
 * Throws {@link Refused}: what {@link IncomingFiles} say of it.
 */
export async function mailFile({
  records,
  files,
  mailId,
  place,
}: {
  records: Records;
  files: IncomingFiles;
  mailId: string;
  place: number;
}): Promise<ReceivedFile | null> {
  const mail = await records.inboundMail.findUnique({ where: { id: mailId } });
  if (!mail || place >= (mail.files as MailFile[]).length) return null;
  const { bytes } = await records.document.findUniqueOrThrow({ where: { sha256: mail.documentId } });
  const file = (await readMail(Buffer.from(bytes))).attachments[place]!;
  return await files.check({ bytes: file.bytes, fileName: file.fileName });
}

export type Filing = {
  mailId: string;
  caseId: string;
  personId: string;
  /** Which of its files is the report, by its place; null: none is. */
  report: number | null;
};

/**
 * Files a mail from the tray on a case, one of its files as the report when `report` says so; the others stay with the
 * mail. Throws {@link Refused}: it is filed already, there is no such case, or the file cannot be received.
 */
export async function recordFiling({
  records,
  files,
  now,
  ...filing
}: Filing & { records: Records; files: IncomingFiles; now: Date }): Promise<void> {
  const { mailId, caseId, personId, report } = filing;
  const file = report === null ? null : await mailFile({ records, files, mailId, place: report });
  if (report !== null && !file) throw new Refused('fileMissing');
  await records.$transaction(async (tx) => {
    const [mail] = await tx.$queryRaw<{ receivedAt: Date; filedAt: Date | null }[]>`
      SELECT "receivedAt", "filedAt" FROM "InboundMail" WHERE id = ${mailId}::uuid FOR UPDATE`;
    if (!mail || mail.filedAt) throw new Refused('mailFiled');
    if (!(await tx.case.findUnique({ where: { id: caseId }, select: { id: true } }))) throw new Refused('noSuchCase');
    const { receivedAt } = mail;
    const given = { caseId, door: 'email', personId, receivedAt, now } as const;
    const acts = file ? (await submit(tx, { ...given, file })).acts : [];
    await tx.inboundMail.update({ where: { id: mailId }, data: { caseId, filedAt: now, trayWhy: null } });
    const detail = { mailId, asReport: file !== null };
    await writeTimeline(tx, ...acts, { caseId, at: now, actor: personId, door: 'console', act: 'filed', detail });
  });
}
