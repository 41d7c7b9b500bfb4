import { createHash } from 'node:crypto';
import { causeOf, sessionsOf } from './causes.ts';
import { type AnswerLine, type BlowLine, messageIdOf, type PeerLine } from './log.ts';
import type { Rows } from './record.ts';

/** What people, the mail server and the bench noted, and what the database holds at the end. */
export type Evidence = { peer: PeerLine[]; blows: BlowLine[]; answers: AnswerLine[]; rows: Rows; now: number };

/** What must not be, as sentences without an address. */
export const BROKEN = ['duplicates', 'lost', 'unapproved', 'undecided', 'unexplained'] as const;
type Broken = (typeof BROKEN)[number];
export type Findings = Record<Broken, string[]>;

export type Verdict = Record<'letters' | 'kills' | 'smtpFaults' | 'unknown' | Broken, number>;

type Letter = Rows['letters'][number];
type Accepted = { at: number; to: string[]; messageId: string; sha256: string; letter: Letter | undefined };

const ENDED = ['sent', 'refused', 'unknown', 'cancelled'];
const APPROVED = ['approved', 'superseded'];

/** Judges by the mail server's log: what the database says of a letter counts only where the log agrees. */
export function judge(evidence: Evidence): { verdict: Verdict; findings: Findings; causes: Record<string, number> } {
  const { peer, blows, rows } = evidence;
  const accepted = acceptedIn(evidence);
  const findings: Findings = {
    duplicates: duplicates(accepted),
    lost: lost(evidence, accepted),
    unapproved: accepted.flatMap((each) => whyUnapproved(each, rows) ?? []),
    undecided: undecided(evidence),
    unexplained: unexplained(evidence, accepted),
  };
  const { unexplained: inexplicable, ...broken } = counted(findings);
  const verdict: Verdict = {
    letters: rows.letters.length,
    kills: blows.filter(({ frozenFor }) => frozenFor === null).length,
    smtpFaults: new Set(peer.flatMap(({ event, session }) => (event === 'fault' ? [session] : []))).size,
    ...broken,
    unknown: rows.letters.filter(({ state }) => state === 'unknown').length,
    unexplained: inexplicable,
  };
  return { verdict, findings, causes: causesOf(evidence) };
}

function counted(findings: Findings): Record<Broken, number> {
  return Object.fromEntries(BROKEN.map((what) => [what, findings[what].length])) as Record<Broken, number>;
}

function acceptedIn({ peer, rows }: Evidence): Accepted[] {
  const letters = new Map(rows.letters.map((letter) => [letter.messageId, letter]));
  return peer.flatMap((line) => {
    if (line.event !== 'accepted') return [];
    const mime = Buffer.from(line.mime, 'base64');
    const messageId = messageIdOf(mime.toString('latin1'));
    const sha256 = createHash('sha256').update(mime).digest('hex');
    return [{ at: line.at, to: line.to, messageId, sha256, letter: letters.get(messageId) }];
  });
}

function keyOf({ caseId, step, recipient, purpose, occurrence }: Key): string {
  return [caseId, step, recipient, purpose, occurrence].join(' ');
}
type Key = Pick<Letter, 'caseId' | 'step' | 'recipient' | 'purpose' | 'occurrence'>;

/** Two accepted transactions with one Message-ID or, whatever their Message-IDs, one business key. */
function duplicates(accepted: Accepted[]): string[] {
  const seen = new Set<string>();
  return accepted.flatMap(({ messageId, letter }) => {
    const key = letter ? keyOf(letter) : messageId;
    if (seen.has(key)) return [`${nameOf(letter, messageId)} was accepted again`];
    seen.add(key);
    return [];
  });
}

function whyUnapproved({ at, to, messageId, sha256, letter }: Accepted, rows: Rows): string | null {
  const isOurOwn = (address: string) => rows.people.some(({ email }) => email === address);
  // Sign-in links are asked for by our own people and stand in no ledger.
  if (!letter) return to.every(isOurOwn) ? null : `${messageId} went out and is no letter`;
  if (sha256 !== letter.mimeSha256) return `${nameOf(letter)} went out with other bytes`;
  if (to.some((address) => address !== letter.recipient)) return `${nameOf(letter)} went to another address`;
  if (letter.class === 'internal') return isOurOwn(letter.recipient) ? null : `${nameOf(letter)} is not internal`;
  return isApproved({ letter, at, rows }) ? null : `${nameOf(letter)} went out without an approval of exactly that`;
}

/** Everybody asked has approved, the hold is over, and the letter is one of those approved, not before its date. */
function isApproved({ letter, at, rows }: { letter: Letter; at: number; rows: Rows }): boolean {
  const { approvalId: id, contentHash, caseId, recipient } = letter;
  const approval = rows.approvals.find((each) => each.id === id && APPROVED.includes(each.state));
  if (!approval?.closedAt || approval.closedAt + approval.holdMinutes * 60_000 > at) return false;
  const { closedAt } = approval;
  const given = rows.decisions.filter((each) => each.at <= closedAt);
  if (!isGiven({ approvalId: approval.id, rows: { ...rows, decisions: given } })) return false;
  return rows.items.some(
    (item) =>
      item.approvalId === id &&
      item.hash === contentHash &&
      item.caseId === caseId &&
      item.recipient === recipient &&
      (item.plannedAt ?? 0) <= at,
  );
}

function isGiven({ approvalId, rows }: { approvalId: string; rows: Rows }): boolean {
  const asked = rows.slots.filter((slot) => slot.approvalId === approvalId);
  const last = (personId: string) =>
    rows.decisions
      .filter((each) => each.approvalId === approvalId && each.personId === personId)
      .reduce((latest, each) => (each.revision > latest.revision ? each : latest), { revision: 0, choice: '' });
  return asked.length > 0 && asked.every(({ personId }) => last(personId).choice === 'approve');
}

/** A decision answered as recorded without its row, or a row that changed nothing. */
function undecided({ answers, rows }: Evidence): string[] {
  const recorded = (selector: string, choice: string) =>
    rows.decisions.some((each) => each.linkSelector === selector && each.choice === choice);
  const unrecorded = answers.flatMap((each) =>
    each.what === 'decision' && !recorded(each.selector, each.choice)
      ? [`link ${each.selector}: answered as recorded, and no row`]
      : [],
  );
  const facts = new Map(rows.facts.map((fact) => [fact.id, fact]));
  const unheard = rows.decisions.flatMap(({ id, personId, approvalId, revision }) => {
    const isReceipt = (each: Letter) =>
      each.purpose === 'decision-receipt' && each.personId === personId && each.occurrence === revision;
    const isAnswered = rows.letters.some((each) => each.approvalId === approvalId && isReceipt(each));
    return hasArrived(facts.get(id)) && isAnswered ? [] : [`decision ${id}: recorded, without effect`];
  });
  const open = rows.approvals.filter(({ id, state }) => isGiven({ approvalId: id, rows }) && !APPROVED.includes(state));
  return [...unrecorded, ...unheard, ...open.map(({ id, state }) => `approval ${id}: given by all, and ${state}`)];
}

function hasArrived(fact: Rows['facts'][number] | undefined): boolean {
  return fact !== undefined && fact.isDelivered && fact.lastError === null;
}

/** Sent without having been accepted, never ended, never written, or a report that was taken and is not there. */
function lost({ answers, rows, now }: Evidence, accepted: Accepted[]): string[] {
  const arrived = new Set(accepted.map(({ messageId }) => messageId));
  const letters = rows.letters.flatMap((letter) => {
    if (!ENDED.includes(letter.state)) return [`${nameOf(letter)} has not ended: ${letter.state}`];
    return letter.state === 'sent' && !arrived.has(letter.messageId) ? [`${nameOf(letter)} never arrived`] : [];
  });
  const reports = answers.flatMap((each) =>
    each.what === 'report' && !rows.submissions.some(({ caseId }) => caseId === each.caseId)
      ? [`report of ${each.caseId}: answered as recorded, and no row`]
      : [],
  );
  const decided = new Set(rows.decisions.map(({ id }) => id));
  const facts = rows.facts.filter((fact) => !hasArrived(fact) && !decided.has(fact.id));
  return [...letters, ...reports, ...facts.map(({ id }) => `fact ${id} has not arrived`), ...unwritten(rows, now)];
}

/** Letters there should be: to each approver a request and the outcome, each invitation on its day, a receipt of each report. */
function unwritten(rows: Rows, now: number): string[] {
  const written = new Set(
    rows.letters.map(({ caseId, recipient, purpose, occurrence }) =>
      keyOf({ caseId, step: '', recipient, purpose, occurrence }),
    ),
  );
  const email = new Map(rows.people.map((person) => [person.id, person.email]));
  const toApprovers = rows.approvals.flatMap(({ id, caseId, closedAt }) => {
    const purposes = ['approval-request', ...(closedAt ? ['approval-outcome'] : [])];
    const asked = rows.slots.filter(({ approvalId }) => approvalId === id);
    return asked.flatMap(({ personId }) =>
      purposes.map((purpose) => ({ caseId, recipient: email.get(personId)!, purpose, occurrence: 1 })),
    );
  });
  const agreed = new Set(rows.approvals.filter(({ state }) => state === 'approved').map(({ id }) => id));
  const items = rows.items.filter(({ approvalId }) => agreed.has(approvalId));
  const toStates = items.flatMap(({ caseId, recipient, purpose, plannedAt }) => {
    const reports = rows.submissions.filter((each) => each.caseId === caseId);
    const isDue = purpose === 'invitation' && plannedAt !== null && plannedAt <= now && reports.length === 0;
    if (purpose === 'receipt')
      return reports.map(({ version }) => ({ caseId, recipient, purpose, occurrence: version }));
    return isDue ? [{ caseId, recipient, purpose, occurrence: 1 }] : [];
  });
  const isAsked = ({ caseId, purpose, occurrence }: Omit<Key, 'step'>) =>
    rows.tasks.some(
      ({ about, ...task }) =>
        task.caseId === caseId && about['purpose'] === purpose && about['occurrence'] === occurrence,
    );
  return [...toApprovers, ...toStates]
    .filter((letter) => !written.has(keyOf({ ...letter, step: '' })) && !isAsked(letter))
    .map(({ caseId, purpose, occurrence }) => `${caseId} ${purpose} ${occurrence} was never written`);
}

/** How many letters nobody knows about for which reason. */
function causesOf({ peer, blows, rows }: Evidence): Record<string, number> {
  const sessions = sessionsOf(peer);
  const counted: Record<string, number> = {};
  for (const letter of rows.letters.filter(({ state }) => state === 'unknown')) {
    const cause = causeOf({ letter, sessions, blows }) ?? 'no cause';
    counted[cause] = (counted[cause] ?? 0) + 1;
  }
  return counted;
}

/** Unknown without a fault or a kill that explains it; or said not to have gone although it was accepted. */
function unexplained({ peer, blows, rows }: Evidence, accepted: Accepted[]): string[] {
  const sessions = sessionsOf(peer);
  const arrived = new Set(accepted.map(({ messageId }) => messageId));
  return rows.letters.flatMap((letter) => {
    const { state, messageId } = letter;
    if (state === 'unknown' && !causeOf({ letter, sessions, blows }))
      return [`${nameOf(letter)} is unknown for no reason`];
    const isDenied = (state === 'refused' || state === 'cancelled') && arrived.has(messageId);
    return isDenied ? [`${nameOf(letter)} is ${state}, and was accepted`] : [];
  });
}

function nameOf(letter: Letter | undefined, otherwise = ''): string {
  return letter ? `letter ${letter.id} (${letter.caseId} ${letter.purpose} ${letter.occurrence})` : otherwise;
}
