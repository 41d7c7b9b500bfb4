import { canonical } from '../domain/hash.ts';
import { type ChainEntry, PROOF_FORMAT, type Proof, type ProvenLetter } from '../domain/proof.ts';
import type { Letters } from './letters.ts';
import { type ApprovalRow, approvalFrom, type LetterRow, letterFrom } from './proof/proven.ts';
import type { Records } from './records.ts';

export type Asked = { records: Records; letters: Letters; about: Proof['about']; now: Date };

/**
 * Everything that proves one letter, one approval with its letters, or all there is. Null: there is no such thing.
 * Entries of the timeline about other cases are there by their hashes only.
 */
export async function gatherProof({ records, letters, about, now }: Asked): Promise<Proof | null> {
  const rows = await lettersOf(records, about);
  const approvals = await approvalsOf(records, { about, rows });
  if (about.kind !== 'all' && rows.length + approvals.length === 0) return null;
  const ids = about.kind === 'all' ? null : [...rows, ...approvals].map(({ id }) => id);
  const people = await records.person.findMany({
    select: { id: true, name: true, role: true },
    orderBy: { name: 'asc' },
  });
  const proven: ProvenLetter[] = [];
  for (const row of rows) proven.push(await letterFrom({ records, letters, row }));
  return {
    format: PROOF_FORMAT,
    madeAt: now.toISOString(),
    about,
    chain: await chainOf(records, ids),
    approvals: approvals.map(approvalFrom),
    letters: proven,
    people,
  };
}

/** The last entry of the timeline: with its hash everything before it is fixed. Null: nothing has happened yet. */
export async function chainHead(records: Records): Promise<{ seq: number; hash: string; at: Date } | null> {
  const last = await records.timelineEntry.findFirst({ orderBy: { seq: 'desc' } });
  return last && { seq: Number(last.seq), hash: last.hash, at: last.at };
}

async function lettersOf(records: Records, { kind, id }: Proof['about']): Promise<LetterRow[]> {
  const where = { letter: { id: id! }, approval: { approvalId: id! }, all: {} }[kind];
  return await records.letter.findMany({
    where,
    omit: { mime: true },
    include: { attempts: { orderBy: { id: 'asc' } } },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  });
}

async function approvalsOf(
  records: Records,
  { about: { kind, id }, rows }: { about: Proof['about']; rows: LetterRow[] },
): Promise<ApprovalRow[]> {
  const ids = { letter: rows.flatMap(({ approvalId }) => approvalId ?? []), approval: [id!], all: [] }[kind];
  const approvals = await records.approval.findMany({
    where: kind === 'all' ? {} : { id: { in: ids } },
    include: { slots: true, decisions: { orderBy: [{ at: 'asc' }, { revision: 'asc' }] } },
    orderBy: [{ openedAt: 'asc' }, { id: 'asc' }],
  });
  const withHashes = approvals.map(async (approval) => {
    const items = await records.approvalItem.findMany({ where: { approvalId: approval.id }, select: { hash: true } });
    return { ...approval, hashes: items.map(({ hash }) => hash).sort() };
  });
  return await Promise.all(withHashes);
}

/** The whole chain; what its entries say only where they name one of these letters or approvals. */
async function chainOf(records: Records, ids: string[] | null): Promise<ChainEntry[]> {
  const rows = await records.$queryRaw<(Omit<ChainEntry, 'seq'> & { seq: bigint })[]>`
    SELECT seq, hash, hex_sha256(timeline_body(e)) AS "bodyHash",
      CASE WHEN ${ids === null} OR detail->>'letterId' = ANY(${ids ?? []}) OR detail->>'approvalId' = ANY(${ids ?? []})
        THEN timeline_body(e) END AS body
    FROM "TimelineEntry" e ORDER BY seq`;
  return rows.map((row) => ({ ...row, seq: Number(row.seq) }));
}

/** The bytes of an exported letter. */
export async function letterBytes({ records, letterId }: { records: Records; letterId: string }): Promise<Buffer> {
  const { mime } = await records.letter.findUniqueOrThrow({ where: { id: letterId }, select: { mime: true } });
  return Buffer.from(mime);
}

/** The proof as text: one form, so that two exports of the same are the same file but for the moment. */
export function writeProof(proof: Proof): string {
  return `${canonical(proof)}\n`;
}
