import type { MailFile } from '../filing.ts';
import type { Records } from '../records.ts';

export type CaseFile = NonNullable<Awaited<ReturnType<typeof caseFile>>>;

/** Everything the page of one case shows, without any bytes; null when there is no such case. */
export async function caseFile({ records, caseId }: { records: Records; caseId: string }) {
  const found = await records.case.findUnique({
    where: { id: caseId },
    include: {
      steps: true,
      letters: { omit: { mime: true }, orderBy: [{ createdAt: 'desc' }, { recipient: 'asc' }] },
      submissions: {
        include: { document: { select: { size: true, mediaType: true } } },
        orderBy: { version: 'desc' },
      },
      tasks: { include: { answered: true }, orderBy: { createdAt: 'desc' } },
      mails: { orderBy: { receivedAt: 'desc' } },
      timeline: { orderBy: { seq: 'desc' } },
      approvals: {
        include: { slots: true, decisions: { orderBy: { revision: 'asc' } } },
        orderBy: { version: 'desc' },
      },
    },
  });
  if (!found) return null;
  const contacts = found.stateParty
    ? await records.contact.findMany({
        where: { stateParty: found.stateParty },
        orderBy: [{ endedAt: { sort: 'desc', nulls: 'first' } }, { kind: 'desc' }, { name: 'asc' }],
      })
    : [];
  const mails = found.mails.map((mail) => ({ ...mail, files: mail.files as MailFile[] }));
  return { ...found, mails, contacts, people: await peopleById(records) };
}

export type People = ReadonlyMap<string, { name: string; role: string }>;

/** Our own people by id; there are a handful. */
export async function peopleById(records: Records): Promise<People> {
  const people = await records.person.findMany({ select: { id: true, name: true, role: true } });
  return new Map(people.map((person) => [person.id, person]));
}

export type LetterFile = NonNullable<Awaited<ReturnType<typeof letterFile>>>;

/** One letter with what each try at sending it met; null when there is no such letter. */
export async function letterFile({ records, letterId }: { records: Records; letterId: string }) {
  return await records.letter.findUnique({
    where: { id: letterId },
    omit: { mime: true },
    include: { attempts: { orderBy: { id: 'asc' } }, approval: true, case: { select: { stateParty: true } } },
  });
}

/** A report with its bytes; null when there is no such submission. */
export async function submittedFile({ records, submissionId }: { records: Records; submissionId: string }) {
  return await records.submission.findUnique({ where: { id: submissionId }, include: { document: true } });
}
