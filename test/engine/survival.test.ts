import { recordCycleOpening } from '../../adapters/facts.ts';
import { openEngineRoom, until } from '../support/engine-room.ts';

const YEAR = new Date().getFullYear() + 2;
const CYCLE = `ccm/${YEAR}/cycle`;

let room: Awaited<ReturnType<typeof openEngineRoom>>;
let coordinators: { id: string; email: string }[];

beforeAll(async () => {
  room = await openEngineRoom({ states: ['LAO', 'MLT', 'SEN'] });
  coordinators = await room.records.person.findMany({ where: { role: 'coordinator' }, orderBy: { email: 'asc' } });
});
afterAll(() => room?.close());

const mailsTo = ({ email }: { email: string }, about: string) =>
  room.mailbox.messages({ to: email }).filter(({ subject }) => subject.includes(about)).length;
const requests = () => coordinators.map((person) => mailsTo(person, `plan/${YEAR} v1] D`));
const receipts = () => coordinators.map((person) => mailsTo(person, `[annual-cycle/${YEAR}]`));
const undelivered = () => room.records.outbox.count({ where: { deliveredAt: null } });
const planState = async () => (await room.records.approval.findFirstOrThrow({ where: { caseId: CYCLE } })).state;

describe('a cycle that waits for the Coordinators', () => {
  it('has asked each of them', async () => {
    const { id: openedBy } = await room.records.person.findFirstOrThrow({ where: { role: 'admin' } });
    const closesAt = Date.UTC(YEAR, 8, 30, 21, 59, 59);
    await recordCycleOpening({
      records: room.records,
      caseId: CYCLE,
      input: { caseId: CYCLE, year: YEAR, openedBy, closesAt },
    });
    await until('both have been asked', () => requests().every((count) => count === 1));
    await until(
      'both letters are known to be sent',
      async () => (await room.records.letter.count({ where: { state: 'sent' } })) === 2,
    );
  });

  it('keeps what they decide while the engine and its worker lie dead, and hears of it when both are back', async () => {
    await room.killWorker();
    await room.killTemporal();
    await room.doors.decide(coordinators[0]!, { choice: 'approve', comment: '' });
    expect([await room.records.decision.count(), await undelivered()]).toEqual([1, 1]);
    await room.startTemporal();
    await room.startWorker();
    await until('the decision has reached the cycle', async () => (await undelivered()) === 0);
    await until('the Coordinator has a receipt', () => receipts()[0] === 1);
    expect(await planState()).toBe('open');
  });

  it('hears of a decision made while the engine alone was away', async () => {
    await room.killTemporal();
    await room.doors.decide(coordinators[1]!, { choice: 'approve', comment: '' });
    expect(await undelivered()).toBe(1);
    await room.startTemporal();
    await until('the plan is approved', async () => (await planState()) === 'approved');
  });

  it('goes on from where it was: a case for each State, nobody asked twice', async () => {
    const cases = () => room.records.case.findMany({ where: { caseType: 'report-intake' }, orderBy: { id: 'asc' } });
    await until('each State has its case', async () => (await cases()).length === 3);
    expect((await cases()).map(({ id }) => id)).toEqual(
      ['LAO', 'MLT', 'SEN'].map((iso3) => `ccm/${YEAR}/report-intake/${iso3}`),
    );
    await until('both have been told', () =>
      coordinators.every((person) => mailsTo(person, `plan/${YEAR} v1] A`) === 1),
    );
    expect([requests(), receipts()]).toEqual([
      [1, 1],
      [1, 1],
    ]);
    expect(await room.records.task.count()).toBe(0);
    expect(await room.records.letter.count({ where: { state: { not: 'sent' } } })).toBe(0);
  });
});
