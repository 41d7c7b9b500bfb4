import type { ProvenApproval, ProvenLetter } from '../../domain/proof.ts';
import { approvedContent } from '../../domain/state-letter.ts';
import type { Language } from '../../domain/treaty.ts';
import { sha256 } from '../fingerprint.ts';
import type { Letters } from '../letters.ts';
import { lettersWith } from '../letters-in-force.ts';
import type { Prisma, Records } from '../records.ts';

/** A letter as it is read for its proof. */
export type LetterRow = Prisma.LetterGetPayload<{ omit: { mime: true }; include: { attempts: true } }>;
export type ApprovalRow = Prisma.ApprovalGetPayload<{ include: { slots: true; decisions: true } }> & {
  hashes: string[];
};

export function approvalFrom({ slots, decisions, hashes, ...row }: ApprovalRow): ProvenApproval {
  const { id, caseId, subject, title, version, rule, contentHash, askedById, holdMinutes } = row;
  const content = { id, caseId, subject, title, version, rule, contentHash, askedById, holdMinutes };
  return {
    ...content,
    state: row.state as ProvenApproval['state'],
    openedAt: row.openedAt.toISOString(),
    closedAt: row.closedAt?.toISOString() ?? null,
    summary: row.summary as object,
    itemHashes: hashes,
    approvers: slots.map(({ personId }) => personId).sort(),
    decisions: decisions.map(({ approvalId: _of, linkSelector: _by, ...decision }) => ({
      ...decision,
      choice: decision.choice as ProvenApproval['decisions'][number]['choice'],
      at: decision.at.toISOString(),
    })),
  };
}

type From = { records: Records; letters: Letters; row: LetterRow };

export async function letterFrom({ records, letters, row }: From): Promise<ProvenLetter> {
  const { id, caseId, purpose, occurrence, recipient, subject, language, messageId } = row;
  const { approvalId, contentHash, mimeSha256, response } = row;
  const said = { id, caseId, purpose, occurrence, recipient, subject, language, messageId };
  const proven = { approvalId, contentHash, mimeSha256, response };
  return {
    ...said,
    ...proven,
    class: row.class as ProvenLetter['class'],
    state: row.state as ProvenLetter['state'],
    approved: row.class === 'internal' ? null : await approvedText({ records, letters, row }),
    file: `letters/${id}.eml`,
    createdAt: row.createdAt.toISOString(),
    endedAt: row.endedAt?.toISOString() ?? null,
    attempts: row.attempts.map(({ attempt, event, detail, at }) => ({ attempt, event, detail, at: at.toISOString() })),
  };
}

/** Written again from what was approved. Null when its text was not kept and reads differently now: the hash is left. */
async function approvedText({ records, letters, row }: From): Promise<string | null> {
  const { approvalId, contentHash, caseId } = row;
  const item = await records.approvalItem.findFirst({ where: { approvalId: approvalId ?? '', hash: contentHash } });
  if (!item) return null;
  const values = item.values as Record<string, string | number>;
  const { template, templateVersion: version } = item;
  const language = item.language as Language;
  const asApproved = await lettersWith({ records, letters, texts: [{ template, language, version }] });
  const rendered = asApproved.render({ template, language, values });
  const plannedAt = item.plannedAt?.getTime() ?? null;
  const text = approvedContent({ caseId, recipient: item.recipient, plannedAt, rendered });
  return sha256(text) === contentHash ? text : null;
}
