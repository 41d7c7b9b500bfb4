import { sha256 } from '../adapters/fingerprint.ts';
import type { World } from './world.ts';

/** What a played year amounts to, counted from the mailbox's own log and the record, and what was wrong with it. */
export type Verdict = {
  states: number;
  lettersSent: number;
  duplicates: number;
  approvals: number;
  reportsOnTime: number;
  reportsLate: number;
  notReceived: number;
  /** Sentences; empty when every promise held. */
  broken: string[];
};

/**
 * Judges by what arrived, not by what the ledger says: each message to a State must be, byte for byte, one letter, of
 * an approval given before; each letter must have ended; each case must have an outcome; the timeline must chain.
 */
export async function judge({ records, mailbox, treaty }: World): Promise<Verdict> {
  const broken: string[] = [];
  const arrived = mailbox.messages().filter((message) => message.envelopeTo.some((to) => to.startsWith('mission@')));
  const ours = arrived.filter((message) => !message.envelopeFrom.startsWith('mission@'));
  const seen = new Set<string>();
  let duplicates = 0;
  for (const { uid, messageId } of ours) {
    if (seen.has(messageId ?? '')) duplicates++;
    seen.add(messageId ?? '');
    const arrived256 = sha256((await mailbox.raw(uid))!);
    const letter = await records.letter.findUnique({
      where: { messageId: messageId ?? '' },
      include: { approval: true },
    });
    if (!letter) broken.push(`Message ${uid} is no letter of ours.`);
    else if (letter.mimeSha256 !== arrived256) broken.push(`Letter ${letter.id} arrived with other bytes than it has.`);
    else if (!letter.approval?.closedAt || letter.approval.closedAt > letter.claimedAt!)
      broken.push(`Letter ${letter.id} left before it was approved.`);
  }
  if (duplicates > 0) broken.push(`${duplicates} letters arrived twice.`);
  broken.push(...(await unfinished(records)));
  const cases = await records.case.groupBy({ by: ['outcome'], where: { caseType: 'report-intake' }, _count: true });
  const counted = (outcome: string) => cases.find((each) => each.outcome === outcome)?._count ?? 0;
  const outcomes = {
    reportsOnTime: counted('on time'),
    reportsLate: counted('late'),
    notReceived: counted('not received by the cut-off'),
  };
  const withCase = await records.case.findMany({
    where: { caseType: 'report-intake' },
    distinct: ['stateParty'],
    select: { stateParty: true },
  });
  if (withCase.length !== treaty.states.length)
    broken.push(`${withCase.length} States Parties have a case, not ${treaty.states.length}.`);
  const approvals = await records.approval.count({ where: { state: { in: ['approved', 'superseded'] } } });
  return { states: withCase.length, lettersSent: ours.length, duplicates, approvals, ...outcomes, broken };
}

async function unfinished(records: World['records']): Promise<string[]> {
  const [left] = await records.$queryRaw<
    { letters: number; cases: number; facts: number; breaks: number; lost: number }[]
  >`
    SELECT (SELECT count(*)::int FROM "Letter" WHERE state NOT IN ('sent', 'refused', 'unknown', 'cancelled')) AS letters,
      (SELECT count(*)::int FROM "Case" WHERE "closedAt" IS NULL OR outcome IS NULL) AS cases,
      (SELECT count(*)::int FROM "Outbox" WHERE "deliveredAt" IS NULL) AS facts,
      (SELECT count(*)::int FROM (
        SELECT hash <> timeline_digest(e) OR "previousHash" <> coalesce(lag(hash) OVER (ORDER BY seq), '') AS broken
        FROM "TimelineEntry" e) chain WHERE broken) AS breaks,
      (SELECT count(*)::int FROM "Submission" s WHERE NOT EXISTS (
        SELECT FROM "Letter" l WHERE l."caseId" = s."caseId" AND l.purpose = 'receipt' AND l.occurrence = s.version)) AS lost`;
  const sentences = {
    letters: 'letters have not ended.',
    cases: 'cases have no outcome or are still open.',
    facts: 'facts have not reached their workflow.',
    breaks: 'entries of the timeline do not fit the one before.',
    lost: 'reports were never acknowledged.',
  };
  return Object.entries(sentences).flatMap(([what, sentence]) => {
    const count = left![what as keyof typeof sentences];
    return count > 0 ? [`${count} ${sentence}`] : [];
  });
}
