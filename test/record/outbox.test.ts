import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import type { Engine } from '../../adapters/engine.ts';
import { waitingFacts } from '../../adapters/overview/waiting-facts.ts';
import { createOutbox } from '../../worker/outbox.ts';
import { CASE, CYCLE, type Ledger, openLedger } from '../support/ledger.ts';

const NOW = new Date('2031-02-01T08:00:00Z');

let ledger: Ledger;
beforeAll(async () => {
  ledger = await openLedger();
});
afterAll(() => ledger.close());
afterEach(() => ledger.records.outbox.deleteMany());

type Told = Parameters<Engine['tell']>[0];

/** An engine that writes down what reaches it; `answers` says what becomes of each call, in its order. */
function engineThat(answers: (message: Told, call: number) => Awaited<ReturnType<Engine['tell']>>) {
  const told: string[] = [];
  const started: string[] = [];
  let calls = 0;
  const engine: Engine = {
    async start({ workflowId }) {
      started.push(workflowId);
    },
    async tell(message) {
      const answer = answers(message, ++calls);
      if (answer === 'delivered') told.push(`${message.workflowId} ${message.name}`);
      return answer;
    },
  };
  const outbox = createOutbox({
    records: ledger.records,
    engine,
    clock: { now: () => NOW },
    log: pino({ level: 'silent' }),
  });
  return { told, started, outbox, calls: () => calls };
}

let minute = 0;
async function fact(workflowId: string, name: string, kind = 'signal'): Promise<string> {
  const id = randomUUID();
  const createdAt = new Date(Date.UTC(2026, 0, 1, 0, ++minute));
  await ledger.records.outbox.create({ data: { id, workflowId, kind, name, payload: {}, createdAt } });
  return id;
}

/** The wait before the next try is over. */
const waitIsOver = () => ledger.records.outbox.updateMany({ data: { dueAt: new Date(0) } });
const rows = () => ledger.records.outbox.findMany({ orderBy: { createdAt: 'asc' } });

function away(): never {
  throw new TypeError('the engine is away; nobody@mission.example');
}

describe('a fact on its way to its case', () => {
  it('arrives once when the engine was away for three tries, and says nothing about its content', async () => {
    const { outbox, told } = engineThat((_message, call) => (call <= 3 ? away() : 'delivered'));
    await fact('LAO', 'reportReceived');
    for (let tries = 1; tries <= 3; tries++) {
      expect(await outbox.drain()).toBe(0);
      expect(await rows()).toMatchObject([{ deliveredAt: null, attempts: tries, lastError: 'TypeError' }]);
      await waitIsOver();
    }
    expect(await outbox.drain()).toBe(1);
    await waitIsOver();
    expect(await outbox.drain()).toBe(0);
    expect(told).toEqual(['LAO reportReceived']);
    expect(await rows()).toMatchObject([{ deliveredAt: expect.any(Date), lastError: null }]);
  });

  it('waits longer after each try, at most four seconds', async () => {
    const { outbox } = engineThat(away);
    await fact('LAO', 'reportReceived');
    const waits: number[] = [];
    for (let tries = 0; tries < 6; tries++) {
      const before = Date.now();
      await outbox.drain();
      waits.push(Math.round(((await rows())[0]!.dueAt.getTime() - before) / 1000));
      await waitIsOver();
    }
    expect(waits).toEqual([1, 2, 4, 4, 4, 4]);
  });

  it('is not tried before its wait is over', async () => {
    const { outbox, calls } = engineThat(away);
    await fact('LAO', 'reportReceived');
    await outbox.drain();
    await outbox.drain();
    expect(calls()).toBe(1);
  });

  it('starts a case that is to be opened', async () => {
    const { outbox, started } = engineThat(away);
    await fact(CYCLE, 'annualCycle', 'start');
    expect(await outbox.drain()).toBe(1);
    expect(started).toEqual([CYCLE]);
  });
});

describe('facts that are held up', () => {
  it('hold up no others, however many there are', async () => {
    const { outbox, told } = engineThat(({ workflowId }) => (workflowId === 'well' ? 'delivered' : away()));
    for (let number = 0; number < 45; number++) await fact(`stuck ${number}`, 'reportReceived');
    await fact('well', 'reportReceived');
    expect(await outbox.drain()).toBe(1);
    expect(told).toEqual(['well reportReceived']);
  });

  it('are tried after those that fell due before them, so that a slow engine starves none', async () => {
    let wasTried = 0;
    const { outbox } = engineThat(({ workflowId }, call) => {
      if (workflowId !== 'well') return away();
      wasTried = call;
      return 'delivered';
    });
    for (let number = 0; number < 20; number++) await fact(`stuck ${number}`, 'reportReceived');
    const id = await fact('well', 'reportReceived');
    await ledger.records.outbox.update({ where: { id }, data: { dueAt: new Date(0) } });
    await outbox.drain();
    expect(wasTried).toBe(1);
  });

  it('are told with what holds them up, since when, and how many wait behind them', async () => {
    const { outbox } = engineThat(({ workflowId }) => (workflowId === CASE ? 'notRunning' : away()));
    await fact(CASE, 'first');
    await fact(CASE, 'second');
    await fact('FRA', 'first');
    const since = new Date(Date.UTC(2026, 0, 1, 0, minute - 2));
    expect(await waitingFacts(ledger)).toMatchObject([{ count: 3, reason: null, since }]);
    await outbox.drain();
    expect(await waitingFacts(ledger)).toMatchObject([
      { count: 2, reason: 'CaseNotRunning', since, caseIds: [CASE] },
      { count: 1, reason: 'TypeError', caseIds: ['FRA'] },
    ]);
  });

  it('are told when they are young once they have been tried five times, and no more once they have arrived', async () => {
    let isAway = true;
    const { outbox } = engineThat(() => (isAway ? away() : 'delivered'));
    const id = await fact('LAO', 'reportReceived');
    await ledger.records.outbox.update({ where: { id }, data: { createdAt: new Date() } });
    for (let tries = 1; tries <= 5; tries++) {
      expect(await waitingFacts(ledger)).toEqual([]);
      await outbox.drain();
      await waitIsOver();
    }
    expect(await waitingFacts(ledger)).toMatchObject([{ count: 1, reason: 'TypeError' }]);
    isAway = false;
    await outbox.drain();
    expect(await waitingFacts(ledger)).toEqual([]);
  });
});

describe('the facts of one case', () => {
  it('arrive in the order they came, all of them, also when one of them was held up', async () => {
    const { outbox, told } = engineThat((_message, call) => (call === 1 ? away() : 'delivered'));
    for (const name of ['first', 'second', 'third']) await fact('LAO', name);
    await fact('FRA', 'other case');
    await outbox.drain();
    expect(told).toEqual(['FRA other case']);
    await waitIsOver();
    expect(await outbox.drain()).toBe(3);
    expect(told.slice(1)).toEqual(['LAO first', 'LAO second', 'LAO third']);
  });

  it('arrive in order and once when two workers carry', async () => {
    const carriers = [engineThat(() => 'delivered'), engineThat(() => 'delivered')];
    const order: string[] = [];
    for (const { told } of carriers) told.push = (...each) => order.push(...each);
    for (let number = 10; number < 40; number++) await fact(number % 2 ? 'LAO' : 'FRA', `${number}`);
    while ((await Promise.all(carriers.map(({ outbox }) => outbox.drain()))).some((carried) => carried > 0));
    for (const workflowId of ['LAO', 'FRA']) {
      const its = order.filter((each) => each.startsWith(workflowId));
      expect(its).toHaveLength(15);
      expect(its).toEqual(its.toSorted());
    }
  });
});

describe('a fact that its case does not take', () => {
  it('because it is closed is marked so and not tried again', async () => {
    await ledger.records.case.update({ where: { id: CASE }, data: { closedAt: NOW } });
    const { outbox, calls } = engineThat(() => 'notRunning');
    await fact(CASE, 'reportReceived');
    expect([await outbox.drain(), await outbox.drain(), calls()]).toEqual([1, 0, 1]);
    expect(await rows()).toMatchObject([{ deliveredAt: expect.any(Date), lastError: 'the case is closed' }]);
    await ledger.records.case.update({ where: { id: CASE }, data: { closedAt: null } });
  });

  it.each([
    ['an engine that has lost it', CASE],
    ['a case that is still to be started', 'ccm/2031/report-intake/FRA'],
  ])('because of %s is tried until it is there', async (_why, caseId) => {
    const { outbox, told } = engineThat((_message, call) => (call <= 9 ? 'notRunning' : 'delivered'));
    await fact(caseId, 'reportReceived');
    for (let tries = 1; tries <= 9; tries++) {
      expect(await outbox.drain()).toBe(0);
      expect(await rows()).toMatchObject([{ deliveredAt: null, attempts: tries, lastError: 'CaseNotRunning' }]);
      await waitIsOver();
    }
    expect(await outbox.drain()).toBe(1);
    expect(told).toEqual([`${caseId} reportReceived`]);
  });

  it('because it comes too late is tried five times more, then put before the ISU', async () => {
    const { outbox, calls } = engineThat(() => 'refused');
    const id = await fact(CYCLE, 'decide', 'update');
    for (let tries = 0; tries < 8; tries++) {
      await outbox.drain();
      await waitIsOver();
    }
    expect(calls()).toBe(6);
    expect(await rows()).toMatchObject([{ deliveredAt: expect.any(Date), lastError: 'the case is refused' }]);
    const about = { factId: id };
    expect(await ledger.records.task.findMany()).toMatchObject([
      { caseId: CYCLE, kind: 'decisionNotTaken', about, createdAt: NOW },
    ]);
    expect(await ledger.records.timelineEntry.findMany({ where: { act: 'asked' } })).toMatchObject([{ caseId: CYCLE }]);
  });

  it('because it comes too early arrives when the case is ready', async () => {
    const { outbox, told } = engineThat((_message, call) => (call <= 2 ? 'refused' : 'delivered'));
    await fact(CYCLE, 'decide', 'update');
    for (let tries = 0; tries < 3; tries++) {
      await outbox.drain();
      await waitIsOver();
    }
    expect(told).toEqual([`${CYCLE} decide`]);
    expect(await rows()).toMatchObject([{ lastError: null }]);
  });
});
