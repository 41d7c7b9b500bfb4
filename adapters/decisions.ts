import { randomUUID } from 'node:crypto';
import type { Choice } from '../domain/approval.ts';
import { Refused } from '../domain/refusals.ts';
import type { Records, TimelineAct } from './records.ts';

export type GivenAnswer = {
  approvalId: string;
  personId: string;
  choice: Choice;
  comment: string;
  door: TimelineAct['door'];
  linkSelector: string | null;
  /** What the person had before them: a decision counts for exactly that, and only once. */
  seen: { contentHash: string; version: number; revision: number };
};

type Asked = {
  caseId: string;
  state: string;
  version: number;
  contentHash: string;
  askedById: string | null;
  isAsked: boolean;
  linkWorks: boolean;
  revision: number;
  choice: string | null;
  comment: string | null;
};

/**
 * Records a decision. The same answer given again is the same decision (`repeated`). Throws {@link Refused}: link used
 * up, approval ended, other content than seen, not asked, own draft, or decided otherwise on another page meanwhile.
 */
export async function recordDecision({
  records,
  now,
  answer,
}: {
  records: Records;
  now: Date;
  answer: GivenAnswer;
}): Promise<{ repeated: boolean }> {
  for (;;) {
    const asked = await readAsked(records, { answer, now });
    const { seen, choice, comment } = answer;
    if (!asked.isAsked) throw new Refused('notYours');
    if (asked.askedById === answer.personId) throw new Refused('ownDraft');
    if (asked.revision === seen.revision + 1 && asked.choice === choice && asked.comment === comment)
      return { repeated: true };
    if (asked.state !== 'open') throw new Refused('alreadyClosed');
    if (!asked.linkWorks) throw new Refused('revokedLink');
    if (asked.version !== seen.version || asked.contentHash !== seen.contentHash) throw new Refused('otherContent');
    if (asked.revision !== seen.revision) throw new Refused('changedMeanwhile');
    if (await insertDecision(records, { answer, asked, now })) return { repeated: false };
  }
}

async function readAsked(records: Records, { answer, now }: { answer: GivenAnswer; now: Date }): Promise<Asked> {
  const { approvalId, personId, linkSelector } = answer;
  const [asked] = await records.$queryRaw<Asked[]>`
    SELECT a."caseId", a.state, a.version, a."contentHash", a."askedById"::text,
      EXISTS (SELECT FROM "ApprovalSlot" s WHERE s."approvalId" = a.id AND s."personId" = ${personId}::uuid) AS "isAsked",
      ${linkSelector}::text IS NULL OR EXISTS (SELECT FROM "Link" l WHERE l.selector = ${linkSelector}
        AND l."approvalId" = a.id AND l."personId" = ${personId}::uuid
        AND l."revokedAt" IS NULL AND l."expiresAt" > ${now}) AS "linkWorks",
      coalesce(d.revision, 0) AS revision, d.choice, d.comment
    FROM "Approval" a
    LEFT JOIN LATERAL (SELECT revision, choice, comment FROM "Decision"
      WHERE "approvalId" = a.id AND "personId" = ${personId}::uuid ORDER BY revision DESC LIMIT 1) d ON true
    WHERE a.id = ${approvalId}::uuid`;
  if (!asked) throw new Refused('unknownLink');
  return asked;
}

/**
 * The decision with its fact and its timeline entry, in one statement: its locks are held for a moment only. False: since
 * it was read the approval has ended, or another page was quicker; then it is to be read again.
 */
async function insertDecision(
  records: Records,
  { answer, asked, now }: { answer: GivenAnswer; asked: Asked; now: Date },
): Promise<boolean> {
  const { approvalId, personId, choice, comment, door, linkSelector } = answer;
  const id = randomUUID();
  const revision = asked.revision + 1;
  const payload = JSON.stringify({ id, approvalId, personId, choice, revision });
  const detail = JSON.stringify({ decisionId: id, approvalId, choice, comment, revision });
  const written = await records.$executeRaw`
    WITH open AS (
      SELECT FROM "Approval" WHERE id = ${approvalId}::uuid AND state = 'open' FOR NO KEY UPDATE
    ), decision AS (
      INSERT INTO "Decision" (id, "approvalId", "personId", revision, choice, comment, "contentHash", door, "linkSelector", at)
      SELECT ${id}::uuid, ${approvalId}::uuid, ${personId}::uuid, ${revision}, ${choice}, ${comment},
        ${asked.contentHash}, ${door}, ${linkSelector}, ${now} FROM open
      ON CONFLICT DO NOTHING RETURNING id
    ), used AS (
      UPDATE "Link" SET "usedAt" = ${now} FROM decision WHERE selector = ${linkSelector}
    ), outbox AS (
      INSERT INTO "Outbox" (id, "workflowId", kind, name, payload)
      SELECT id, ${asked.caseId}, 'update', 'decide', ${payload}::jsonb FROM decision
    )
    INSERT INTO "TimelineEntry" ("caseId", at, actor, door, act, detail, "contentHash")
    SELECT ${asked.caseId}, ${now}, ${personId}, ${door}, 'decided', ${detail}::jsonb, ${asked.contentHash} FROM decision`;
  return written === 1;
}
