import { createHash, randomUUID } from 'node:crypto';
import { caseActivities } from '../../activities/cases.ts';
import type { Deps } from '../../activities/index.ts';
import { sendActivities } from '../../activities/send.ts';
import { claim, end, mark } from '../../activities/send-ledger.ts';
import { settlingActivities } from '../../activities/settle-letter.ts';
import { taskActivities } from '../../activities/tasks.ts';
import { perform } from '../support/activity.ts';
import { CASE, type Ledger, openLedger, PLANNED_AT } from '../support/ledger.ts';

const NOW = PLANNED_AT.getTime();

let ledger: Ledger;
let approvalId: string;
let caseId: string;
let deps: Deps;
const delivered: string[] = [];

beforeAll(async () => {
  ledger = await openLedger();
  const deliver = async ({ key, beforeDot }: { key: string; beforeDot: () => Promise<boolean> }) => {
    if (!(await beforeDot())) return { kind: 'fenced' };
    delivered.push(key);
    return { kind: 'accepted', response: '250 Kept' };
  };
  deps = { records: ledger.records, post: { deliver } } as unknown as Deps;
});
afterAll(() => ledger.close());

/** A case of its own, whose plan is approved. */
beforeEach(async () => {
  caseId = `${CASE}/${randomUUID().slice(0, 8)}`;
  const { input: _input, ...like } = await ledger.records.case.findUniqueOrThrow({ where: { id: CASE } });
  await ledger.records.case.create({ data: { ...like, id: caseId, input: {} } });
  approvalId = await ledger.openPlan({ version: 1, hashes: [caseId], caseId });
  await ledger.approve(approvalId);
});

const addLetter = (differently: Parameters<Ledger['addLetter']>[0] = {}) =>
  ledger.addLetter({ caseId, approvalId, contentHash: caseId, ...differently });
const row = (letterId: string) => ledger.records.letter.findUniqueOrThrow({ where: { id: letterId } });
const claimed = async (letterId: string) => (await claim({ records: ledger.records, letterId, now: NOW }))!;
const marked = async (letterId: string) => {
  const letter = await claimed(letterId);
  await mark({ records: ledger.records, letter, now: NOW });
  return letter;
};
const takeBack = (letterId: string, isDenied = false) =>
  perform(settlingActivities(deps).takeBackLetter, { letterId, isDenied, now: NOW });
const send = (letterId: string) => perform(sendActivities(deps).sendLetter, { letterId, now: NOW });
const ask = (letterId: string) =>
  perform(taskActivities(deps).assignTask, {
    caseId,
    kind: 'letterUndelivered',
    about: { letterId },
    answers: [],
    now: NOW,
  });

/** What the timeline says of the case, as `cancelled closed` where a reason is given. */
async function acts(): Promise<string[]> {
  const entries = await ledger.records.timelineEntry.findMany({ where: { caseId }, orderBy: { seq: 'asc' } });
  return entries.map(({ act, detail }) => [act, (detail as { why?: string }).why].filter(Boolean).join(' '));
}

async function reportArrives(): Promise<void> {
  const bytes = Buffer.from(caseId);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const document = { sha256, bytes, mediaType: 'application/pdf', size: bytes.length, createdAt: PLANNED_AT };
  await ledger.records.document.create({ data: document });
  const how = { fileName: 'report.pdf', door: 'link', note: '', receivedAt: PLANNED_AT };
  await ledger.records.submission.create({
    data: { id: randomUUID(), caseId, version: 1, documentId: sha256, ...how },
  });
}

describe('a letter whose three days run out while a worker has it', () => {
  it('before the marker waits again, and the worker, should it come back, delivers nothing', async () => {
    const letterId = await addLetter();
    const letter = await claimed(letterId);
    expect(await takeBack(letterId)).toBe('undelivered');
    expect(await row(letterId)).toMatchObject({ state: 'queued', attempt: 2 });
    expect(await mark({ records: ledger.records, letter, now: NOW })).toBe(false);
  });

  it('behind the marker is unknown, and an answer that comes all the same settles it', async () => {
    const letterId = await addLetter();
    const letter = await marked(letterId);
    expect([await takeBack(letterId), await takeBack(letterId)]).toEqual(['unknown', 'unknown']);
    expect(await acts()).toEqual(['unknown']);
    const known = { records: ledger.records, letter, now: NOW, response: '250 At last' };
    expect(await end({ ...known, from: ['committing', 'unknown'], state: 'sent' })).toBe('sent');
    expect(await takeBack(letterId)).toBe('sent');
  });
});

describe('a letter the database does not let leave', () => {
  it('is held back, when what was approved says exactly this', async () => {
    expect(await takeBack(await addLetter(), true)).toBe('heldBack');
  });

  it('is for a person, when nothing says exactly this', async () => {
    expect(await takeBack(await addLetter({ contentHash: 'other' }), true)).toBe('notApproved');
  });
});

describe('the close of a case', () => {
  it('leaves no letter on its way: each ends on the timeline, and nothing is asked any more', async () => {
    const [waits, taken, left] = [await addLetter(), await addLetter(), await addLetter()];
    await send(left);
    await claimed(taken);
    const leaving = await addLetter({ recipient: 'ana@mission.example', class: 'internal', personId: ledger.ana });
    await marked(leaving);
    await ask(waits);
    for (let twice = 0; twice < 2; twice++)
      await perform(caseActivities(deps).closeCase, { caseId, outcome: 'late', now: NOW });
    const states = await Promise.all([waits, taken, left, leaving].map(async (id) => (await row(id)).state));
    expect(states).toEqual(['cancelled', 'cancelled', 'sent', 'unknown']);
    expect(await acts()).toEqual(['sent', 'asked', 'unknown', 'cancelled closed', 'cancelled closed', 'closed']);
    expect(await ledger.records.task.count({ where: { caseId, doneAt: null } })).toBe(0);
  });
});

describe('a letter that asks for a report', () => {
  const accept = () => perform(caseActivities(deps).acceptReport, { caseId, now: NOW });

  it('is not sent once the report is there, also when the case has not heard of it yet', async () => {
    const letterId = await addLetter();
    await reportArrives();
    expect(await send(letterId)).toBe('cancelled');
    expect(delivered).not.toContain(letterId);
    expect(await acts()).toEqual(['cancelled reported']);
  });

  it('is not sent by the worker that takes over from a dead one either', async () => {
    const letterId = await addLetter();
    await claimed(letterId);
    await reportArrives();
    expect(await send(letterId)).toBe('cancelled');
  });

  it('is cancelled when the case hears of the report, and is no question any more; a receipt is not', async () => {
    const [reminder, receipt] = [await addLetter(), await addLetter({ purpose: 'receipt', class: 'official' })];
    const taskId = await ask(reminder);
    await reportArrives();
    await accept();
    expect([(await row(reminder)).state, (await row(receipt)).state]).toEqual(['cancelled', 'queued']);
    expect((await ledger.records.task.findUniqueOrThrow({ where: { id: taskId } })).doneAt).not.toBeNull();
    expect(await send(receipt)).toBe('sent');
  });

  it('is not sent once its absence has been counted', async () => {
    const letterId = await addLetter();
    const outcome = 'not received by the cut-off';
    await perform(caseActivities(deps).settleReport, { caseId, outcome, now: NOW });
    expect((await row(letterId)).state).toBe('cancelled');
    expect(await acts()).toEqual(['cancelled counted', 'settled']);
  });
});

describe('the outcome of a report', () => {
  const settle = (outcome: string) => perform(caseActivities(deps).settleReport, { caseId, outcome, now: NOW });
  const step = () => ledger.records.caseStep.findFirst({ where: { caseId, step: 'report' } });

  it('is written once however often it is told, and anew when it is another', async () => {
    await settle('not received by the cut-off');
    await settle('not received by the cut-off');
    expect([await acts(), (await step())!.standing]).toEqual([['settled'], 'missed']);
    await settle('late');
    expect(await acts()).toEqual(['settled', 'settled']);
    expect(await ledger.records.case.findUniqueOrThrow({ where: { id: caseId } })).toMatchObject({ outcome: 'late' });
  });

  it('does not take away that a report is there, when that came after the cut-off', async () => {
    await reportArrives();
    await perform(caseActivities(deps).acceptReport, { caseId, now: NOW });
    await settle('not received by the cut-off');
    expect((await step())!.standing).toBe('done');
  });
});

describe('two letters of one case to the same address', () => {
  it('never leave at the same time: the second waits for a moment', async () => {
    const [first, second] = [await addLetter(), await addLetter()];
    const letter = await marked(first);
    await expect(send(second)).rejects.toMatchObject({ type: 'Later', nextRetryDelay: 12_000 });
    expect(await row(second)).toMatchObject({ state: 'queued', attempt: 0 });
    await end({ records: ledger.records, letter, from: ['committing'], state: 'sent', response: '250', now: NOW });
    expect(await send(second)).toBe('sent');
  });

  it('to another address leaves meanwhile', async () => {
    await marked(await addLetter());
    const { openPlan, approve } = ledger;
    const plan = await openPlan({ version: 1, hashes: [`${caseId} too`], caseId, recipient: 'second@lao.example' });
    await approve(plan);
    const other = { approvalId: plan, contentHash: `${caseId} too`, recipient: 'second@lao.example' };
    expect(await send(await addLetter(other))).toBe('sent');
  });
});

describe('an answer of the mail server that cannot be written down at once', () => {
  /** The database goes away for so many tries as soon as the letter has been handed over. */
  function faulty(tries: number): Deps {
    let left = tries;
    const $executeRaw: typeof ledger.records.$executeRaw = (query, ...values) => {
      if (JSON.stringify(query).includes('WITH ended') && left-- > 0) throw new Error('40P01 deadlock detected');
      return ledger.records.$executeRaw(query, ...values);
    };
    const records = new Proxy(ledger.records, {
      get: (all, name) => (name === '$executeRaw' ? $executeRaw : Reflect.get(all, name)),
    });
    return { ...deps, records };
  }

  it('is tried again in place: what is known to be sent does not become unknown', async () => {
    const letterId = await addLetter();
    const { sendLetter } = sendActivities(faulty(3));
    expect(await perform(sendLetter, { letterId, now: NOW })).toBe('sent');
    expect(await row(letterId)).toMatchObject({ state: 'sent', response: '250 Kept' });
  });
});
