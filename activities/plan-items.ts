import { heartbeat } from '@temporalio/activity';
import { sha256 } from '../adapters/fingerprint.ts';
import type { Prisma } from '../adapters/records.ts';
import type { CycleDates } from '../domain/cycle.ts';
import { type PlanLetter, templateOf } from '../domain/plan.ts';
import { approvedContent, stateLetterValues } from '../domain/state-letter.ts';
import type { Language } from '../domain/treaty.ts';
import type { Deps } from './index.ts';

/** One letter of a plan as it would leave: text, recipient, moment, and the hash of it all. */
export type PlanItem = Omit<Prisma.ApprovalItemCreateManyInput, 'approvalId'>;

/** Writes every letter of the plan to every address it goes to: the mission's, or without one the capital's. */
export async function writeItems({
  deps,
  letters,
  dates,
  holders,
}: {
  deps: Deps;
  letters: PlanLetter[];
  dates: CycleDates;
  holders: string[];
}): Promise<PlanItem[]> {
  const contacts = await deps.records.contact.findMany({ where: { endedAt: null }, orderBy: { since: 'asc' } });
  const items: PlanItem[] = [];
  for (const [index, letter] of letters.entries()) {
    for (const contact of addressesOf(letter.due.iso3, contacts))
      items.push(writeItem({ deps, letter, dates, holders, contact }));
    if (index % 100 === 0) heartbeat({ written: index, of: letters.length });
  }
  return items;
}

function writeItem({
  deps,
  letter,
  dates,
  holders,
  contact,
}: {
  deps: Deps;
  letter: PlanLetter;
  dates: CycleDates;
  holders: string[];
  contact: { id: string; email: string; language: string };
}): PlanItem {
  const { caseId, purpose, occurrence, due } = letter;
  const language = contact.language as Language;
  const template = templateOf({ purpose, kind: due.kind });
  const replyTo = deps.mailFrom;
  const values = stateLetterValues({ treaty: deps.treaty, letter, dates, language, coordinators: holders, replyTo });
  const rendered = deps.letters.render({ template, language, values });
  const content = approvedContent({ caseId, recipient: contact.email, plannedAt: letter.at, rendered });
  return {
    hash: sha256(content),
    caseId,
    stateParty: due.iso3,
    purpose,
    occurrence,
    contactId: contact.id,
    recipient: contact.email,
    language,
    template,
    templateVersion: rendered.templateVersion,
    values,
    subject: rendered.subject,
    text: rendered.text,
    plannedAt: letter.at === null ? null : new Date(letter.at),
  };
}

/** Each address once: the missions in Geneva, or where a State has none the ministry in its capital. */
function addressesOf<Contact extends { stateParty: string; kind: string; email: string }>(
  iso3: string,
  contacts: Contact[],
): Contact[] {
  const own = contacts.filter((contact) => contact.stateParty === iso3);
  const missions = own.filter((contact) => contact.kind === 'mission');
  const written = missions.length > 0 ? missions : own;
  return [...new Map(written.map((contact) => [contact.email.toLowerCase(), contact])).values()];
}
