import { type LinkToken, sameText, secretHash } from './links.ts';
import type { Records } from './records.ts';

/** A report case as the bearer of its link meets it: what is asked for, nothing of what others sent. */
export type UploadLink = {
  selector: string;
  standing: 'open' | 'expired' | 'revoked';
  expiresAt: Date;
  case: {
    id: string;
    year: number;
    kind: 'annual' | 'initial';
    stateParty: string;
    dueAt: Date | null;
    /** Until when reports are received, as the letters say; null when the case follows no schedule. */
    closesAt: Date | null;
    closedAt: Date | null;
  };
  /** Of the report that counts now; null when none has come. */
  received: { version: number; receivedAt: Date } | null;
};

/** Null: no such link, or the secret is wrong; in the same time. */
export async function findUploadLink({
  records,
  token,
  now,
}: {
  records: Records;
  token: LinkToken | null;
  now: Date;
}): Promise<UploadLink | null> {
  const [row] = await records.$queryRaw<(UploadLink & UploadLink['case'] & Row)[]>`
    SELECT l.selector, l."secretHash", l."revokedAt", l."expiresAt", c.id, c.year, c.kind, c."stateParty", c."dueAt",
      to_timestamp((c.input->'schedule'->>'closesAt')::float8 / 1000) AS "closesAt", c."closedAt", s.version, s."receivedAt"
    FROM "Link" l JOIN "Case" c ON c.id = l."caseId"
    LEFT JOIN LATERAL (SELECT version, "receivedAt" FROM "Submission" WHERE "caseId" = c.id
      ORDER BY version DESC LIMIT 1) s ON true
    WHERE l.selector = ${token?.selector ?? ''} AND l.purpose = 'upload'`;
  const isProven = sameText(secretHash(token?.secret ?? ''), row?.secretHash ?? '');
  if (!row || !isProven) return null;
  const { selector, expiresAt, revokedAt, version, receivedAt } = row;
  const { id, year, kind, stateParty, dueAt, closesAt, closedAt } = row;
  return {
    selector,
    standing: revokedAt ? 'revoked' : expiresAt <= now ? 'expired' : 'open',
    expiresAt,
    case: { id, year, kind, stateParty, dueAt, closesAt, closedAt },
    received: version && receivedAt ? { version, receivedAt } : null,
  };
}

type Row = { secretHash: string; revokedAt: Date | null; version: number | null; receivedAt: Date | null };

export type Receipt = {
  version: number;
  fileName: string;
  sha256: string;
  size: number;
  receivedAt: Date;
  note: string;
};

/** What a receipt page shows of a submission on this case; null when it is of another one. */
export async function findReceipt({
  records,
  caseId,
  submissionId,
}: {
  records: Records;
  caseId: string;
  submissionId: string;
}): Promise<Receipt | null> {
  if (!/^[0-9a-f-]{36}$/i.test(submissionId)) return null;
  const found = await records.submission.findFirst({
    where: { id: submissionId, caseId },
    include: { document: { select: { size: true } } },
  });
  if (!found) return null;
  const { version, fileName, documentId, receivedAt, note, document } = found;
  return { version, fileName, sha256: documentId, size: document.size, receivedAt, note };
}
