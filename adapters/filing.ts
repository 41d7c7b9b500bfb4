import { Refused } from '../domain/refusals.ts';
import { type ReadMail, readMail } from './inbox.ts';
import { checkFile } from './incoming-file.ts';
import { type Records, writeTimeline } from './records.ts';
import { recordSubmission } from './submissions.ts';

type Limits = { maxBytes: number; maxFiles: number };

/**
 * Files the reports a mail carries on a case, by the rules of uploads. Returns how many were filed and a sentence for
 * each attachment that was not.
 */
export async function fileAttachments({
  records,
  now,
  receivedAt,
  caseId,
  mail,
  limits,
  personId,
}: {
  records: Records;
  now: Date;
  /** When the mail arrived: what the report counts from. */
  receivedAt: Date;
  caseId: string;
  mail: ReadMail;
  limits: Limits;
  /** The officer who files it from the tray; null when it files itself. */
  personId: string | null;
}): Promise<{ filed: number; refusals: string[] }> {
  const refusals: string[] = [];
  let filed = 0;
  for (const { bytes, fileName } of mail.attachments.slice(0, limits.maxFiles)) {
    try {
      const file = await checkFile({ bytes, fileName, limits });
      await recordSubmission({ records, now, receivedAt, caseId, file, door: 'email', personId });
      filed++;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      refusals.push(`${fileName}: ${error.message}`);
    }
  }
  return { filed, refusals };
}

export type Filing = { mailId: string; caseId: string; personId: string; asReport: boolean; limits: Limits };

/**
 * Files a mail from the tray on a case, its attachments as reports when `asReport`. Throws {@link Refused}: it is filed
 * already, the case does not exist, or no attachment can be received as a report.
 */
export async function recordFiling({
  records,
  now,
  ...filing
}: Filing & { records: Records; now: Date }): Promise<void> {
  const { mailId, caseId, personId, asReport, limits } = filing;
  const kept = await records.inboundMail.findUniqueOrThrow({ where: { id: mailId } });
  if (kept.filedAt) throw new Refused('taskDone');
  if (!(await records.case.findUnique({ where: { id: caseId }, select: { id: true } })))
    throw new Refused('caseClosed');
  if (asReport) {
    const { bytes } = await records.document.findUniqueOrThrow({ where: { sha256: kept.documentId } });
    const mail = await readMail(Buffer.from(bytes));
    const { filed } = await fileAttachments({
      records,
      now,
      receivedAt: kept.receivedAt,
      caseId,
      mail,
      limits,
      personId,
    });
    if (filed === 0) throw new Refused('fileMissing');
  }
  await records.$transaction(async (tx) => {
    const { count } = await tx.inboundMail.updateMany({
      where: { id: mailId, filedAt: null },
      data: { caseId, filedAt: now, trayWhy: null },
    });
    if (count === 0) throw new Refused('taskDone');
    const detail = { mailId, asReport };
    await writeTimeline(tx, { caseId, at: now, actor: personId, door: 'console', act: 'filed', detail });
  });
}
