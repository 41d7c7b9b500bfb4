import { randomUUID } from 'node:crypto';
import { caseIdOf } from '../domain/case.ts';
import type { TextSummary } from '../domain/letter-change.ts';
import { Refused } from '../domain/refusals.ts';
import type { Language } from '../domain/treaty.ts';
import { idOf } from './fingerprint.ts';
import type { Template } from './letters/template.ts';
import { keepTexts } from './letters-in-force.ts';
import { post } from './outbox.ts';
import type { Records, Transaction } from './records.ts';

/** The wording last proposed for a letter, while its case is open. */
export type OpenChange = { caseId: string; number: number; note: string; at: Date } & Record<Language, string>;

export type ProposedText = {
  records: Records;
  now: Date;
  treaty: string;
  year: number;
  template: string;
  texts: readonly Template[];
  note: string;
  personId: string;
  /** How many wordings had been proposed for this letter when the page was made. */
  seen: number;
};

/**
 * Records what an admin proposes a letter to say: it opens a case, or asks anew in the one that is open. Returns the id
 * of the case. Throws {@link Refused} when somebody else has proposed other words since the page was made.
 */
export async function recordTextChange(proposed: ProposedText): Promise<string> {
  const { records, now, template, texts, note, personId, seen } = proposed;
  return await records.$transaction(async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(7002)`;
    if ((await tx.letterTextChange.count({ where: { template } })) !== seen) throw new Refused('textChanged');
    await keepTexts({ records: tx, texts, now });
    const open = await openChange({ records: tx, template });
    const caseId = open?.caseId ?? (await nextCase(tx, proposed));
    const id = randomUUID();
    const versions = Object.fromEntries(texts.map(({ language, version }) => [language, version]));
    const number = (open?.number ?? 0) + 1;
    const change = { id, caseId, number, template, note, personId, at: now };
    await tx.letterTextChange.create({ data: { ...change, ...(versions as Record<Language, string>) } });
    await tell(tx, { ...proposed, caseId, changeId: id, isNew: open === null });
    return caseId;
  });
}

async function nextCase(tx: Transaction, { treaty, year }: ProposedText): Promise<string> {
  const first = { caseId: { startsWith: `${treaty}/${year}/letter-text/` }, number: 1 };
  const part = String((await tx.letterTextChange.count({ where: first })) + 1);
  return caseIdOf({ treaty, year, caseType: 'letter-text', part });
}

async function tell(
  tx: Transaction,
  { caseId, changeId, isNew, year, personId }: ProposedText & { caseId: string; changeId: string; isNew: boolean },
): Promise<void> {
  const to = { workflowId: caseId };
  const start = { kind: 'start', name: 'letterText', payload: { caseId, year, openedBy: personId } } as const;
  const change = { kind: 'signal', name: 'textChanged', payload: { changeId } } as const;
  await post(tx, isNew ? { id: idOf(`start ${caseId}`), ...to, ...start } : { id: changeId, ...to, ...change });
}

/** The wording that is being decided or waits for other words; null when there is none. */
export async function openChange({
  records,
  template,
}: {
  records: Records | Transaction;
  template: string;
}): Promise<OpenChange | null> {
  const [open] = await records.$queryRaw<OpenChange[]>`
    SELECT n."caseId", n.number, n.note, n.at, n.en, n.fr, n.es FROM "LetterTextChange" n
    LEFT JOIN "Case" c ON c.id = n."caseId"
    WHERE n.template = ${template} AND c."closedAt" IS NULL ORDER BY n.at DESC, n.number DESC LIMIT 1`;
  return open ?? null;
}

/** What was approved of a letter's text, newest first: the first is in force. */
export type ApprovedText = { approvalId: string; caseId: string; closedAt: Date; summary: TextSummary };

/** By letter. A letter that is not there reads as its file does. */
export async function approvedTexts({ records }: { records: Records }): Promise<Map<string, ApprovedText[]>> {
  const approved = await records.approval.findMany({
    where: { subject: 'letterText', state: 'approved' },
    select: { id: true, caseId: true, closedAt: true, summary: true },
    orderBy: { closedAt: 'desc' },
  });
  const texts = new Map<string, ApprovedText[]>();
  for (const { id, caseId, closedAt, summary: kept } of approved) {
    const summary = kept as unknown as TextSummary;
    const text = { approvalId: id, caseId, closedAt: closedAt!, summary };
    texts.set(summary.template, [...(texts.get(summary.template) ?? []), text]);
  }
  return texts;
}
