import { setImmediate as othersGo } from 'node:timers/promises';
import { heartbeat } from '@temporalio/activity';
import { sha256 } from '../adapters/fingerprint.ts';
import { keepTexts } from '../adapters/letters-in-force.ts';
import type { Prisma } from '../adapters/records.ts';
import type { CycleDates } from '../domain/cycle.ts';
import { type AddressedLetter, addressed, type PlanLetter, templateOf } from '../domain/plan.ts';
import { approvedContent, stateLetterValues } from '../domain/state-letter.ts';
import type { Language } from '../domain/treaty.ts';
import type { Deps } from './index.ts';

/** One letter of a plan as it would leave: text, recipient, moment, and the hash of it all. */
export type PlanItem = Omit<Prisma.ApprovalItemCreateManyInput, 'approvalId'>;

type Contact = { id: string; stateParty: string; kind: string; email: string; language: string };

/** A letter to one address, before it is text. */
export type Outgoing = AddressedLetter & { contact: Contact };

/** The letters, each to every address of the register it goes to. */
export async function addressedLetters({ deps, letters }: { deps: Deps; letters: PlanLetter[] }): Promise<Outgoing[]> {
  const contacts = await deps.records.contact.findMany({ where: { endedAt: null }, orderBy: { since: 'asc' } });
  return addressed<Contact>(letters, contacts);
}

/** Letters written at one go: then signs of life, and whatever else this process does, have their turn. */
const AT_ONE_GO = 50;

/** Writes every letter of the plan. */
export async function writeItems({
  deps,
  letters,
  dates,
  holders,
}: {
  deps: Deps;
  letters: Outgoing[];
  dates: CycleDates;
  holders: string[];
}): Promise<PlanItem[]> {
  const items: PlanItem[] = [];
  for (const [index, letter] of letters.entries()) {
    items.push(writeItem({ deps, letter, dates, holders }));
    if (index % AT_ONE_GO !== 0) continue;
    heartbeat({ written: index, of: letters.length });
    await othersGo();
  }
  return items;
}

/** What these items are written from is kept: whatever becomes of the texts, they are written from the same again. */
export async function keepTextsOf({ deps, items, now }: { deps: Deps; items: PlanItem[]; now: number }): Promise<void> {
  const used = new Map(
    items.map(({ template, language, templateVersion }) => [
      templateVersion,
      deps.letters.text({ template, language: language as Language })!,
    ]),
  );
  await keepTexts({ records: deps.records, texts: [...used.values()], now: new Date(now) });
}

function writeItem({
  deps,
  letter,
  dates,
  holders,
}: {
  deps: Deps;
  letter: Outgoing;
  dates: CycleDates;
  holders: string[];
}): PlanItem {
  const { caseId, purpose, occurrence, due, contact } = letter;
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
