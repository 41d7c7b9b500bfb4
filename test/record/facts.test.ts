import { randomUUID } from 'node:crypto';
import { recordTaskAnswer } from '../../adapters/facts.ts';
import { writeTimeline } from '../../adapters/records.ts';
import { recordSubmission } from '../../adapters/submissions.ts';
import { APPROVED_AT, CASE, type Ledger, openLedger } from '../support/ledger.ts';

let ledger: Ledger;
const now = APPROVED_AT;

beforeAll(async () => {
  ledger = await openLedger();
  const { records, ana } = ledger;
  await ledger.approve(await ledger.openPlan({ version: 1, hashes: ['approved'] }));
  const letterId = await ledger.addLetter();
  await records.sendAttempt.create({ data: { letterId, attempt: 1, event: 'dot', detail: '', at: now } });
  const file = { bytes: Buffer.from('a report'), fileName: 'report.pdf', mediaType: 'application/pdf', cautions: [] };
  await recordSubmission({ records, now, caseId: CASE, file, door: 'post', personId: ana });
  const task = { kind: 'letterRefused', title: 'T', why: 'W', about: {}, answers: ['leave'], createdAt: now };
  const { id: taskId } = await records.task.create({ data: { id: randomUUID(), caseId: CASE, ...task } });
  await recordTaskAnswer({ records, now, taskId, personId: ana, answer: 'leave', note: '' });
  const moved = { deadlineOn: '2031-05-12', meetingOn: '2031-09-15', reason: 'Moved', personId: ana, at: now };
  await records.dateChange.create({ data: { id: randomUUID(), caseId: CASE, ...moved } });
  const mail = { mailbox: 'own', uid: 1, sender: 'S', subject: 'S', text: 'T', files: [], receivedAt: now };
  await records.inboundMail.create({ data: { id: randomUUID(), documentId: 'a mail', ...mail } });
  await records.$transaction((tx) =>
    writeTimeline(tx, { caseId: CASE, at: now, actor: 'engine', door: 'engine', act: 'opened' }),
  );
});
afterAll(() => ledger.close());

/** Each fact, and something in it that somebody might wish to change afterwards. */
const FACTS: [string, string][] = [
  ['Decision', `choice = 'refuse'`],
  ['Submission', `"receivedAt" = now()`],
  ['TaskAnswer', `answer = 'sendAgain'`],
  ['SendAttempt', `event = 'sent'`],
  ['TimelineEntry', `actor = 'somebody else'`],
  ['Document', `bytes = ''`],
  ['ApprovalItem', `text = 'other words'`],
  ['DateChange', `"deadlineOn" = '2031-06-01'`],
];
/** What else is kept for ever, whatever becomes of it meanwhile. */
const KEPT = [...FACTS.map(([table]) => table), 'Letter', 'InboundMail', 'Approval', 'ApprovalSlot'];

describe('a fact', () => {
  it.each(FACTS)('%s is there and is never changed', async (table, change) => {
    expect(await count(table)).toBeGreaterThan(0);
    await expect(ledger.records.$executeRawUnsafe(`UPDATE "${table}" SET ${change}`)).rejects.toThrow(
      `${table} is append-only`,
    );
  });

  it.each(KEPT)('%s is never removed', async (table) => {
    const before = await count(table);
    expect(before).toBeGreaterThan(0);
    for (const removal of [`DELETE FROM "${table}"`, `TRUNCATE "${table}" CASCADE`])
      await expect(ledger.records.$executeRawUnsafe(removal)).rejects.toThrow(`${table} is append-only`);
    expect(await count(table)).toBe(before);
  });
});

async function count(table: string): Promise<number> {
  const [row] = await ledger.records.$queryRawUnsafe<{ count: number }[]>(`SELECT count(*)::int FROM "${table}"`);
  return row!.count;
}
