import type { MailFile } from '../filing.ts';
import type { Records } from '../records.ts';

export type TaskLists = Awaited<ReturnType<typeof taskLists>>;

/** What is before the ISU, oldest first, and what was settled, newest first. */
export async function taskLists({ records, settled }: { records: Records; settled: number }) {
  const about = { case: { select: { id: true, stateParty: true, kind: true } } };
  const [open, done] = await Promise.all([
    records.task.findMany({ where: { doneAt: null }, include: about, orderBy: { createdAt: 'asc' } }),
    records.task.findMany({
      where: { doneAt: { not: null } },
      include: { ...about, answered: true },
      orderBy: { doneAt: 'desc' },
      take: settled,
    }),
  ]);
  return { open, done };
}

export type TaskFile = NonNullable<Awaited<ReturnType<typeof taskFile>>>;

/** One task with the letter or mail it is about; null when there is no such task. */
export async function taskFile({ records, taskId }: { records: Records; taskId: string }) {
  const task = await records.task.findUnique({
    where: { id: taskId },
    include: { answered: true, case: { select: { id: true, stateParty: true, kind: true } } },
  });
  if (!task) return null;
  const { letterId, mailId, approvalId } = task.about as Record<string, string | undefined>;
  const letter = letterId ? await records.letter.findUnique({ where: { id: letterId }, omit: { mime: true } }) : null;
  const mail = mailId ? await records.inboundMail.findUnique({ where: { id: mailId } }) : null;
  const approval = approvalId
    ? await records.approval.findUnique({
        where: { id: approvalId },
        include: { decisions: { include: { person: true } } },
      })
    : null;
  return { ...task, letter, mail, approval };
}

export type TrayMail = Awaited<ReturnType<typeof trayMails>>[number];

/** The mail a person must look at, oldest first: no case was found for it, or it is no report. */
export async function trayMails({ records }: { records: Records }) {
  const mails = await records.inboundMail.findMany({ where: { filedAt: null }, orderBy: { receivedAt: 'asc' } });
  return mails.map((mail) => ({ ...mail, files: mail.files as MailFile[] }));
}

export type FilingCase = Awaited<ReturnType<typeof filingCases>>[number];

/** The cases a mail can be filed on: those about a State Party that are not closed, and those named anyway. */
export async function filingCases({ records, treaty, named }: { records: Records; treaty: string; named: string[] }) {
  return await records.case.findMany({
    where: { treaty, stateParty: { not: null }, OR: [{ closedAt: null }, { id: { in: named } }] },
    select: { id: true, stateParty: true, kind: true, year: true, caseType: true, closedAt: true },
    orderBy: [{ year: 'desc' }, { kind: 'asc' }],
  });
}
