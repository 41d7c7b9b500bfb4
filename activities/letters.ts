import { sha256 } from '../adapters/fingerprint.ts';
import { lettersWith, type TextVersion } from '../adapters/letters-in-force.ts';
import { newLink, writeToken } from '../adapters/links.ts';
import { type Prisma, writeTimeline } from '../adapters/records.ts';
import { dateAt, longMoment } from '../domain/calendar.ts';
import type { Purpose } from '../domain/cycle.ts';
import { ASKING, STEP_OF } from '../domain/plan.ts';
import { approvedContent, dateLine } from '../domain/state-letter.ts';
import type { Language } from '../domain/treaty.ts';
import type { Deps } from './index.ts';
import { keepLetter, notApproved } from './letter-row.ts';
import { cancelWaiting } from './waiting-letters.ts';

type Wanted = {
  caseId: string;
  approvalId: string | null;
  purpose: string;
  occurrence: number;
  submissionId: string | null;
  now: number;
};
type Item = Prisma.ApprovalItemGetPayload<object>;

export function letterActivities(deps: Deps) {
  return {
    /**
     * Makes the letters to a State Party from what was approved, once: a retry finds the rows already there and writes
     * those that are missing.
     * `postponed`: held back by a newer question about the plan, or the plan has just been replaced.
     * Fails with `NotApproved` when no approved letter reads exactly like this one.
     */
    async draftLetters(wanted: Wanted): Promise<{ letterIds: string[]; postponed: boolean }> {
      const step = STEP_OF[wanted.purpose as Purpose];
      const there = await writtenLetters({ deps, wanted, step });
      const { items, postponed, closesAt } = await agreedLetters({ deps, wanted });
      const isWritten = there.length >= items.length || (postponed && there.length > 0);
      if (isWritten) return { letterIds: there, postponed: false };
      if (postponed) return { letterIds: [], postponed };
      await overtakeEarlier({ deps, wanted });
      const letterIds: string[] = [];
      const letters = await lettersWith({ ...deps, texts: items.map(textOf) });
      for (const item of items)
        letterIds.push(await draft({ deps: { ...deps, letters }, wanted, item, step, closesAt }));
      return { letterIds, postponed: false };
    },
  };
}

/** The text the item was approved in. */
function textOf({ template, language, templateVersion }: Item): TextVersion {
  return { template, language: language as Language, version: templateVersion };
}

async function writtenLetters({ deps, wanted, step }: { deps: Deps; wanted: Wanted; step: string }): Promise<string[]> {
  const { caseId, purpose, occurrence } = wanted;
  const rows = await deps.records.$queryRaw<{ id: string }[]>`
    SELECT id FROM "Letter" WHERE "caseId" = ${caseId} AND step = ${step} AND purpose = ${purpose}
      AND occurrence = ${occurrence} AND "replacedById" IS NULL`;
  return rows.map(({ id }) => id);
}

/** A reminder that was held back until the next one is due is not sent after it. One a person is asked about stays. */
async function overtakeEarlier({ deps: { records }, wanted }: { deps: Deps; wanted: Wanted }): Promise<void> {
  const { caseId, purpose, occurrence, now } = wanted;
  if (!ASKING.includes(purpose as Purpose)) return;
  const earlier = { caseId, state: 'queued', purpose: { in: [...ASKING] }, NOT: { purpose, occurrence } };
  if (!(await records.letter.findFirst({ where: earlier, select: { id: true } }))) return;
  const asked = await records.task.findMany({ where: { caseId, doneAt: null }, select: { about: true } });
  const inDoubt = asked.flatMap(({ about }) => (about as { letterId?: string }).letterId ?? []);
  const which = { ...earlier, id: { notIn: inDoubt } };
  await records.$transaction(async (tx) => {
    await writeTimeline(tx, ...(await cancelWaiting(tx, { which, why: 'overtaken', at: new Date(now) })));
  });
}

type Agreed = { items: Item[]; postponed: boolean; closesAt: number };

/**
 * The approved letters this is to be made from, and whether they must wait: the plan was replaced, or they are held
 * back by the rule by which the database would not let them leave. A receipt is approved once and written for each
 * version received.
 */
async function agreedLetters({ deps, wanted }: { deps: Deps; wanted: Wanted }): Promise<Agreed> {
  const { approvalId, caseId, purpose } = wanted;
  const occurrence = purpose === 'receipt' ? 1 : wanted.occurrence;
  const items = await deps.records.$queryRaw<(Item & { postponed: boolean; closesAt: number })[]>`
    SELECT i.*, (c.input->'schedule'->>'closesAt')::float8 AS "closesAt",
      a.state = 'superseded' OR is_held_back(a, i.hash) AS postponed
    FROM "ApprovalItem" i JOIN "Approval" a ON a.id = i."approvalId" JOIN "Case" c ON c.id = i."caseId"
    WHERE i."approvalId" = ${approvalId}::uuid AND i."caseId" = ${caseId}
      AND i.purpose = ${purpose} AND i.occurrence = ${occurrence}`;
  const [first] = items;
  if (!first) throw notApproved(`${purpose} ${occurrence} is not part of an approved plan`);
  return { items, postponed: items.some((item) => item.postponed), closesAt: first.closesAt };
}

async function draft({
  deps,
  wanted,
  item,
  step,
  closesAt,
}: {
  deps: Deps;
  wanted: Wanted;
  item: Item;
  step: string;
  closesAt: number;
}): Promise<string> {
  const { caseId, purpose, occurrence } = wanted;
  const language = item.language as Language;
  const values = item.values as Record<string, string | number>;
  const approved = deps.letters.render({ template: item.template, language, values });
  const plannedAt = item.plannedAt?.getTime() ?? null;
  const contentHash = sha256(approvedContent({ caseId, recipient: item.recipient, plannedAt, rendered: approved }));
  if (contentHash !== item.hash) throw notApproved(`${purpose} ${occurrence} reads differently from what was approved`);
  const link = uploadLink({ deps, wanted, closesAt });
  const late = { uploadLink: link.url, ...(await receiptValues({ deps, wanted, language })) };
  const final = deps.letters.render({ template: item.template, language, values: { ...values, ...late } });
  const row = {
    caseId,
    step,
    purpose,
    occurrence,
    recipient: item.recipient,
    class: purpose === 'invitation' || purpose === 'receipt' ? 'official' : 'reminder',
    approvalId: item.approvalId,
    contentHash,
    approvedText: approved.text,
  } as const;
  return await keepLetter({ deps, row, rendered: final, now: wanted.now, links: [link.row] });
}

/** A link of its own for each letter: write-only, alive as long as the door for late reports is open, and a week. */
function uploadLink({ deps, wanted, closesAt }: { deps: Deps; wanted: Wanted; closesAt: number }) {
  const { caseId, now } = wanted;
  const { selector, secret, secretHash } = newLink();
  const expiresAt = new Date(closesAt + WEEK);
  const row = { selector, secretHash, purpose: 'upload', caseId, createdAt: new Date(now), expiresAt };
  return { row, url: `${deps.baseUrl}/u/${writeToken({ selector, secret })}` };
}

const WEEK = 7 * 86_400_000;

async function receiptValues({ deps, wanted, language }: { deps: Deps; wanted: Wanted; language: Language }) {
  if (!wanted.submissionId) return {};
  const submission = await deps.records.submission.findUniqueOrThrow({ where: { id: wanted.submissionId } });
  const zone = deps.treaty.policy.treatyTimeZone;
  return {
    receivedAt: longMoment(submission.receivedAt.getTime(), language, zone),
    dateLine: dateLine(dateAt(wanted.now, zone), language),
    fileName: submission.fileName,
    documentHash: submission.documentId,
  };
}
