import type { ReadMail } from '../adapters/inbox.ts';
import type { Records } from '../adapters/records.ts';
import { referenceOf } from '../domain/case.ts';

/**
 * Where a mail belongs. `why`: a person must say, or say so again; `caseId` then is only the best guess. `isOwnPerson`:
 * it answers a letter to one of our own people.
 */
export type MailCase = { caseId: string | null; isOwnPerson: boolean; why: string | null };

/**
 * The case a mail belongs to: by the letter it answers while that case is open; otherwise by the sender's address, when
 * that State Party has one open report case. What a machine answers belongs to its letter, open or not.
 */
export async function caseOf({
  records,
  mail,
  isAutomatic,
}: {
  records: Records;
  mail: ReadMail;
  isAutomatic: boolean;
}): Promise<MailCase> {
  const letter = await answeredLetter(records, mail);
  const isOwnPerson = letter?.class === 'internal';
  if (letter && (isOwnPerson || isAutomatic || letter.case.closedAt === null))
    return { caseId: letter.caseId, isOwnPerson, why: null };
  const { caseId, why } = await bySender(records, mail);
  if (caseId || !letter) return { caseId, isOwnPerson, why };
  const closed = `It answers a letter of a case that is closed: ${referenceOf(letter.caseId)}.`;
  return { caseId: letter.caseId, isOwnPerson, why: closed };
}

/** Of several letters a mail refers to, the one it answers, else the latest it names. */
async function answeredLetter(records: Records, { verdict, inReplyTo, references }: ReadMail) {
  const named = [inReplyTo, verdict.originalMessageId, ...references.toReversed()].flatMap((id) => id ?? []);
  const ids = named.map((id) => id.replaceAll('\0', '').toWellFormed());
  const letters = await records.letter.findMany({
    where: { messageId: { in: ids } },
    select: { messageId: true, caseId: true, class: true, case: { select: { closedAt: true } } },
  });
  return letters.sort((one, other) => ids.indexOf(one.messageId) - ids.indexOf(other.messageId))[0] ?? null;
}

async function bySender(records: Records, { from }: ReadMail): Promise<Omit<MailCase, 'isOwnPerson'>> {
  const email = { equals: from.address.replaceAll('\0', '').toWellFormed(), mode: 'insensitive' as const };
  const contacts = await records.contact.findMany({ where: { email, endedAt: null } });
  const states = [...new Set(contacts.map(({ stateParty }) => stateParty))];
  if (states.length === 0) return { caseId: null, why: UNKNOWN };
  const open = await records.case.findMany({
    where: { stateParty: { in: states }, caseType: 'report-intake', closedAt: null },
    select: { id: true },
  });
  const [only] = open;
  if (only && open.length === 1) return { caseId: only.id, why: null };
  return { caseId: null, why: only ? SEVERAL : NONE };
}

const UNKNOWN = 'It answers none of our letters and comes from no address in the contact register.';
const SEVERAL = 'It answers none of our letters, and its sender’s State Party has more than one open case: say which.';
const NONE = 'It answers none of our letters, and its sender’s State Party has no open case.';
