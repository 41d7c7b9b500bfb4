import type { ApprovalState, Choice } from './approval.ts';
import type { LetterClass, LetterState } from './letter.ts';

/**
 * What an outsider needs to check a letter or an approval without our database: the file `proof.json` of an export
 * (docs/how-to/check-the-evidence.md). Instants are ISO 8601 in UTC, hashes SHA-256 in lower-case hex.
 */
export type Proof = {
  format: typeof PROOF_FORMAT;
  madeAt: string;
  about: { kind: 'letter' | 'approval' | 'all'; id: string | null };
  chain: ChainEntry[];
  approvals: ProvenApproval[];
  letters: ProvenLetter[];
  people: { id: string; name: string; role: string }[];
};

export const PROOF_FORMAT = 'focalpoint-proof/1';

/** An entry of the timeline. One that is about something else shows only the hash of what it says. */
export type ChainEntry = { seq: number; hash: string; bodyHash: string; body: string | null };

export type ProvenApproval = {
  id: string;
  caseId: string;
  subject: string;
  title: string;
  version: number;
  rule: string;
  state: ApprovalState;
  contentHash: string;
  askedById: string | null;
  openedAt: string;
  closedAt: string | null;
  holdMinutes: number;
  /** What the approvers were told; with the hashes of all items it makes the content hash. */
  summary: object;
  itemHashes: string[];
  approvers: string[];
  decisions: ProvenDecision[];
};

export type ProvenDecision = {
  id: string;
  personId: string;
  revision: number;
  choice: Choice;
  comment: string;
  contentHash: string;
  door: string;
  at: string;
};

export type ProvenLetter = {
  id: string;
  caseId: string;
  purpose: string;
  occurrence: number;
  class: LetterClass;
  recipient: string;
  subject: string;
  language: string;
  messageId: string;
  approvalId: string | null;
  contentHash: string;
  /** The canonical text whose hash was approved; null for letters to our own people. */
  approved: string | null;
  mimeSha256: string;
  /** The bytes beside this file. */
  file: string;
  state: LetterState;
  createdAt: string;
  endedAt: string | null;
  response: string | null;
  attempts: { attempt: number; event: string; detail: string; at: string }[];
};

/** What an entry of the timeline says, taken apart. */
export type Told = {
  caseId: string;
  at: string;
  actor: string;
  door: string;
  act: string;
  contentHash: string;
  detail: Record<string, unknown>;
};

/** Reads the seven lines an entry's hash is made over. */
export function toldIn(body: string): Told {
  const [caseId = '', at = '', actor = '', door = '', act = '', contentHash = '', ...detail] = body.split('\n');
  return { caseId, at, actor, door, act, contentHash, detail: JSON.parse(detail.join('\n')) };
}
