import type { Choice } from '../domain/approval.ts';
import type { Language } from '../domain/treaty.ts';
import type { Records } from './records.ts';

/** A letter of what is to be approved, as it reads. */
export type ShownLetter = {
  hash: string;
  stateParty: string;
  recipient: string;
  purpose: string;
  occurrence: number;
  language: Language;
  template: string;
  subject: string;
  text: string;
  plannedAt: Date | null;
};

const SHOWN = {
  hash: true,
  stateParty: true,
  recipient: true,
  purpose: true,
  occurrence: true,
  language: true,
  template: true,
  subject: true,
  text: true,
  plannedAt: true,
} as const;

/** One letter of each kind and language, the earliest. */
export async function exampleLetters({ records, approvalId }: Of): Promise<ShownLetter[]> {
  return await records.$queryRaw<ShownLetter[]>`
    SELECT DISTINCT ON (template, language) hash, "stateParty", recipient, purpose, occurrence, language, template,
      subject, text, "plannedAt"
    FROM "ApprovalItem" WHERE "approvalId" = ${approvalId}::uuid
    ORDER BY template, language, "plannedAt", "caseId"`;
}

/** Every letter to one State Party, in the order they leave; receipts, which have no date, last. */
export async function lettersTo({
  records,
  approvalId,
  stateParty,
}: Of & { stateParty: string }): Promise<ShownLetter[]> {
  const found = await records.approvalItem.findMany({
    where: { approvalId, stateParty },
    select: SHOWN,
    orderBy: [{ plannedAt: { sort: 'asc', nulls: 'last' } }, { recipient: 'asc' }],
  });
  return found as ShownLetter[];
}

export type Addressed = { letters: number; addresses: number; stateParties: string[] };

export async function addressed({ records, approvalId }: Of): Promise<Addressed> {
  const [counted] = await records.$queryRaw<[Addressed]>`
    SELECT count(*)::int AS letters, count(DISTINCT recipient)::int AS addresses,
      coalesce(array_agg(DISTINCT "stateParty" ORDER BY "stateParty"), '{}') AS "stateParties"
    FROM "ApprovalItem" WHERE "approvalId" = ${approvalId}::uuid`;
  return counted;
}

/** The reason given for dates that were moved after this version was drafted; null when they were not. */
export async function reasonOfMove({ records, approvalId }: Of): Promise<string | null> {
  const { caseId, answersChangeId } = await records.approval.findUniqueOrThrow({ where: { id: approvalId } });
  const move = await records.dateChange.findFirst({ where: { caseId }, orderBy: { at: 'desc' } });
  return move && move.id !== answersChangeId ? move.reason : null;
}

/** What was decided on the version before this one; nothing for the first. */
export async function decisionsBefore({
  records,
  approval,
}: {
  records: Records;
  approval: { caseId: string; subject: string; version: number };
}): Promise<ShownDecision[]> {
  const { caseId, subject, version } = approval;
  const previous = await records.approval.findFirst({
    where: { caseId, subject, version: { lt: version } },
    orderBy: { version: 'desc' },
    select: { id: true },
  });
  return previous ? (await decisionsSoFar({ records, approvalId: previous.id })).decisions : [];
}

export type ShownDecision = { personId: string; name: string; choice: Choice; comment: string; at: Date };

/** What each person decided last, in the order they did; and who has not decided. */
export async function decisionsSoFar({ records, approvalId }: Of): Promise<{
  decisions: ShownDecision[];
  undecided: { personId: string; name: string }[];
}> {
  const slots = await records.$queryRaw<(ShownDecision & { choice: Choice | null })[]>`
    SELECT s."personId"::text, p.name, d.choice, d.comment, d.at
    FROM "ApprovalSlot" s JOIN "Person" p ON p.id = s."personId"
    LEFT JOIN LATERAL (SELECT choice, comment, at FROM "Decision" WHERE "approvalId" = s."approvalId"
      AND "personId" = s."personId" ORDER BY revision DESC LIMIT 1) d ON true
    WHERE s."approvalId" = ${approvalId}::uuid ORDER BY d.at, p.name`;
  return {
    decisions: slots.filter((slot) => slot.choice !== null),
    undecided: slots.filter((slot) => slot.choice === null).map(({ personId, name }) => ({ personId, name })),
  };
}

type Of = { records: Records; approvalId: string };
