import { caseActivities } from '../../activities/cases.ts';
import type { Deps } from '../../activities/index.ts';
import { recordDateChange, recordTaskAnswer } from '../../adapters/facts.ts';
import { recordSubmission } from '../../adapters/submissions.ts';
import { CASE, CYCLE, HOLD_OVER, type Ledger, openLedger } from '../support/ledger.ts';

const NOW = new Date('2031-10-02T08:00:00Z');

let ledger: Ledger;
beforeEach(async () => {
  ledger = await openLedger();
});
afterEach(() => ledger.close());

/** A report with this text, by the link or as an officer files it. */
async function reports(text: string, personId: string | null = null) {
  const file = { bytes: Buffer.from(text), fileName: `${text}.pdf`, mediaType: 'application/pdf', cautions: [] };
  const how = { door: personId ? ('post' as const) : ('link' as const), personId };
  return await recordSubmission({ records: ledger.records, now: NOW, caseId: CASE, file, ...how });
}

const closes = () => ledger.records.case.update({ where: { id: CASE }, data: { closedAt: NOW } });
const tasks = () => ledger.records.task.findMany({ where: { doneAt: null } });
const told = () => ledger.records.outbox.count({ where: { name: 'reportReceived' } });
const acts = async () =>
  (await ledger.records.timelineEntry.findMany({ orderBy: { seq: 'asc' } })).map(({ act }) => act);

describe('a report on a closed case', () => {
  beforeEach(closes);

  it('is kept, and put before the ISU because no letter of receipt follows', async () => {
    const { submissionId } = await reports('late');
    expect(await tasks()).toMatchObject([
      { caseId: CASE, kind: 'noReceipt', about: { submissionId }, answers: ['noted'], createdAt: NOW },
    ]);
    expect([await told(), await acts()]).toEqual([0, ['reported', 'asked']]);
  });

  it('sent twice is put before the ISU once', async () => {
    await reports('late');
    await reports('late');
    expect(await tasks()).toHaveLength(1);
  });

  it('that an officer filed is no news to the ISU', async () => {
    await reports('late', ledger.ana);
    expect(await tasks()).toEqual([]);
  });

  it('leaves a task that can be settled', async () => {
    await reports('late');
    const [task] = await tasks();
    const answer = { taskId: task!.id, personId: ledger.ana, answer: 'noted', note: 'Thanked by mail' };
    await recordTaskAnswer({ records: ledger.records, now: NOW, ...answer });
    expect(await tasks()).toEqual([]);
  });
});

describe('a case that is closed while a report comes', () => {
  async function closeCase(): Promise<void> {
    const { closeCase: close } = caseActivities({ records: ledger.records } as Deps);
    await close({ caseId: CASE, outcome: 'late', now: NOW.getTime() });
  }

  /** A letter of receipt for the first version, led to this state. */
  async function receiptIs(state: 'queued' | 'sent'): Promise<void> {
    const approvalId = await ledger.openPlan({ version: 1, hashes: ['approved'], plannedAt: null });
    await ledger.approve(approvalId);
    const id = await ledger.addLetter({ approvalId, step: 'receipt', purpose: 'receipt', occurrence: 1 });
    const way = state === 'sent' ? ['sending', 'committing', 'sent'] : [];
    for (const next of way)
      await ledger.records.letter.update({ where: { id }, data: { state: next, claimedAt: HOLD_OVER } });
  }

  it('leaves no report without a letter of receipt unsaid', async () => {
    const { submissionId } = await reports('just in time');
    await closeCase();
    await closeCase();
    expect(await tasks()).toMatchObject([{ kind: 'noReceipt', about: { submissionId } }]);
    expect(await acts()).toEqual(['reported', 'asked', 'closed']);
  });

  it('leaves no letter of receipt unsaid that was written and never left', async () => {
    await reports('in time');
    await receiptIs('queued');
    await closeCase();
    expect(await tasks()).toMatchObject([{ kind: 'noReceipt' }]);
  });

  it('says nothing when the last report has its letter of receipt', async () => {
    await reports('in time');
    await receiptIs('sent');
    await closeCase();
    expect(await tasks()).toEqual([]);
  });
});

describe('what nobody can bring any more', () => {
  const moved = { deadlineOn: '2031-05-31', meetingOn: null };
  const moving = () => ({ records: ledger.records, now: NOW, moved, reason: 'The hall', personId: ledger.ana });

  it('is a report or moved dates of a case that is not there', async () => {
    const file = { bytes: Buffer.from('x'), fileName: 'x.pdf', mediaType: 'application/pdf', cautions: [] };
    const nowhere = { records: ledger.records, now: NOW, caseId: 'ccm/2031/report-intake/XXX', file };
    await expect(recordSubmission({ ...nowhere, door: 'link' })).rejects.toMatchObject({ code: 'noSuchCase' });
    await expect(recordDateChange({ ...moving(), cycleId: 'ccm/2099/cycle' })).rejects.toMatchObject({
      code: 'noSuchCase',
    });
  });

  it('is moved dates of a cycle that is closed', async () => {
    await ledger.records.case.update({ where: { id: CYCLE }, data: { closedAt: NOW } });
    await expect(recordDateChange({ ...moving(), cycleId: CYCLE })).rejects.toMatchObject({ code: 'caseClosed' });
    expect([await ledger.records.dateChange.count(), await ledger.records.outbox.count()]).toEqual([0, 0]);
  });
});
