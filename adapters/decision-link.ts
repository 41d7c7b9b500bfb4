import type { ApprovalState, Choice, Rule } from '../domain/approval.ts';
import { type Question, questionIn } from '../domain/question.ts';
import type { Language } from '../domain/treaty.ts';
import { type LinkToken, sameText, secretHash } from './links.ts';
import type { Records } from './records.ts';

/**
 * What a link is good for now. An approval that has ended is told as such, whatever became of the link: nobody reads a
 * bare "expired" about something they decided.
 */
export type LinkStanding = 'open' | 'closed' | 'replaced' | 'revoked' | 'expired';

/** An approval as the bearer of a link meets it. */
export type DecisionLink = {
  selector: string;
  standing: LinkStanding;
  person: { id: string; name: string; email: string; language: Language; timeZone: string };
  approval: Question & {
    id: string;
    caseId: string;
    version: number;
    title: string;
    contentHash: string;
    rule: Rule;
    askedById: string | null;
    openedAt: Date;
    dueAt: Date;
    lapsesAt: Date;
    holdMinutes: number;
    state: ApprovalState;
    closedAt: Date | null;
  };
  isAsked: boolean;
  askedBy: string | null;
  /** Why the link alone would no longer do. */
  link: { revokedAt: Date | null; expiresAt: Date };
  /** The newest version, when it is not this one. */
  newer: { version: number; openedAt: Date; state: ApprovalState } | null;
  /** The last decision of this person. */
  own: { choice: Choice; comment: string; revision: number; at: Date } | null;
};

type Row = Record<string, unknown> & {
  secretHash: string;
  state: ApprovalState;
  newerVersion: number | null;
  revokedAt: Date | null;
  expiresAt: Date;
  hasLeft: boolean;
};

/** The approval behind a link, in one query. Null: no such link, or the secret is wrong; in the same time. */
export async function findDecisionLink({
  records,
  token,
  now,
}: {
  records: Records;
  token: LinkToken | null;
  now: Date;
}): Promise<DecisionLink | null> {
  const selector = token?.selector ?? '';
  const [row] = await records.$queryRaw<Row[]>`
    SELECT l.selector, l."secretHash", l."revokedAt", l."expiresAt", p."leftAt" IS NOT NULL AS "hasLeft",
      to_jsonb(p) - 'leftAt' AS person, a.id::text, a."caseId", a.subject, a.version, a.title, a."contentHash", a.rule,
      a."askedById"::text, a.summary, a."openedAt", a."dueAt", a."lapsesAt", a."holdMinutes", a.state, a."closedAt",
      EXISTS (SELECT FROM "ApprovalSlot" s WHERE s."approvalId" = a.id AND s."personId" = p.id) AS "isAsked",
      (SELECT name FROM "Person" asker WHERE asker.id = a."askedById") AS "askedBy",
      n.version AS "newerVersion", n."openedAt" AS "newerOpenedAt", n.state AS "newerState",
      d.choice, d.comment, d.revision, d.at
    FROM "Link" l
    JOIN "Person" p ON p.id = l."personId"
    JOIN "Approval" a ON a.id = l."approvalId"
    LEFT JOIN LATERAL (SELECT version, "openedAt", state FROM "Approval" WHERE "caseId" = a."caseId"
      AND subject = a.subject AND version > a.version ORDER BY version DESC LIMIT 1) n ON true
    LEFT JOIN LATERAL (SELECT choice, comment, revision, at FROM "Decision"
      WHERE "approvalId" = a.id AND "personId" = p.id ORDER BY revision DESC LIMIT 1) d ON true
    WHERE l.selector = ${selector} AND l.purpose = 'decide'`;
  const isProven = sameText(secretHash(token?.secret ?? ''), row?.secretHash ?? '');
  return row && isProven ? linkFrom(row, now) : null;
}

function linkFrom(row: Row, now: Date): DecisionLink {
  const all = row as unknown as DecisionLink & DecisionLink['approval'] & NonNullable<DecisionLink['own']>;
  const { id, caseId, version, title, contentHash, rule, askedById } = all;
  const { openedAt, dueAt, lapsesAt, holdMinutes, state, closedAt, choice, comment, revision, at } = all;
  const content = { ...questionIn(all), id, caseId, version, title, contentHash, rule, askedById };
  const { newerVersion, newerOpenedAt, newerState, revokedAt, expiresAt } = row;
  return {
    selector: all.selector,
    standing: standingOf(row, now),
    person: all.person,
    approval: { ...content, openedAt, dueAt, lapsesAt, holdMinutes, state, closedAt },
    isAsked: all.isAsked,
    askedBy: all.askedBy,
    link: { revokedAt, expiresAt },
    newer: newerVersion
      ? { version: newerVersion, openedAt: newerOpenedAt as Date, state: newerState as ApprovalState }
      : null,
    own: choice ? { choice, comment, revision, at } : null,
  };
}

function standingOf({ newerVersion, state, revokedAt, hasLeft, expiresAt }: Row, now: Date): LinkStanding {
  if (newerVersion) return 'replaced';
  if (state !== 'open') return 'closed';
  if (revokedAt || hasLeft) return 'revoked';
  return expiresAt <= now ? 'expired' : 'open';
}
