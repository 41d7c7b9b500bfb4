import { randomUUID } from 'node:crypto';
import { post } from '../../adapters/outbox.ts';
import {
  CYCLE,
  ccm,
  missionOf,
  openSecretariat,
  reportCase,
  type Secretariat,
  treatyOf,
} from '../support/secretariat.ts';

const STATES = ['ESP', 'FRA', 'LAO'];

let secretariat: Secretariat;

/** The cycle is under way: its plan approved, its invitations sent, and so far no report. */
async function underWay(): Promise<void> {
  secretariat = await openSecretariat({ treaty: treatyOf(STATES) });
  await secretariat.opensCycle();
  await secretariat.bothApprove();
}

/** The days on which the State was written to. */
async function daysOf(iso3: string): Promise<string[]> {
  return (await secretariat.letters({ to: missionOf(iso3) })).map(({ on }) => on);
}

/** What the Coordinators were told about the newest version, in English. */
async function toldOfChange(): Promise<string> {
  const [told] = (await secretariat.letters({ about: 'Decide by' })).slice(-1);
  return told!.text.replace(/\s+/g, ' ');
}

describe('a deadline moved in mid-cycle', () => {
  beforeAll(async () => {
    await underWay();
    await secretariat.passTo('2031-03-25');
    await secretariat.movesDates({ deadlineOn: '2031-05-30' });
  });
  afterAll(() => secretariat.close());

  it('leads to a version 2 that says what moves and what no longer leaves', async () => {
    expect(await secretariat.plans()).toEqual(['1 approved', '2 open']);
    expect(await toldOfChange()).toContain(
      'Reason given: The meeting hall is taken. Reports are now due on 30 May 2031',
    );
    expect(await toldOfChange()).toContain(
      'Letters that differ from version 1: 15 moved to another day, 3 left out. What has been sent stays as it was.',
    );
  });

  it('plans anew only what has not been sent', async () => {
    const { summary } = await secretariat.records.approval.findFirstOrThrow({ where: { version: 2 } });
    expect(
      (summary as { letters: { purpose: string; on: string }[] }).letters.map(({ purpose, on }) => `${purpose} ${on}`),
    ).toEqual([
      'reminder 2031-04-30',
      'reminder 2031-05-16',
      'reminder 2031-05-27',
      'overdue 2031-06-06',
      'overdue 2031-06-30',
      'receipt null',
    ]);
  });

  it('keeps letters with the old date from leaving while version 2 is being decided', async () => {
    await secretariat.passTo('2031-04-01');
    expect(await daysOf('FRA')).toEqual(['2030-12-02', '2031-01-30']);
    expect(await secretariat.tasks()).toEqual([]);
  });

  it('does not keep a receipt back, whose text is the same in both versions', async () => {
    await secretariat.reports('LAO');
    expect(await daysOf('LAO')).toEqual(['2030-12-02', '2031-01-30', '2031-04-01']);
    expect(await secretariat.lastTo('LAO')).toContain('acknowledge with thanks the receipt');
  });

  it('lets a receipt under the new version leave when its hold is over', async () => {
    await secretariat.bothApprove();
    const approvedAt = secretariat.clock.now();
    await secretariat.reports('LAO', { version: 2 });
    await secretariat.passTo('2031-04-01', '20:00');
    const [, second] = await secretariat.records.letter.findMany({
      where: { purpose: 'receipt' },
      orderBy: { occurrence: 'asc' },
    });
    expect(second).toMatchObject({ state: 'sent' });
    expect(second!.createdAt.getTime() - approvedAt.getTime()).toBeGreaterThan(12 * 60_000);
    expect(await secretariat.tasks()).toEqual([]);
  });

  it('once it is approved moves the reminders to their new days and sends nothing again', async () => {
    expect(await secretariat.plans()).toEqual(['1 superseded', '2 approved']);
    await secretariat.passTo('2031-05-29');
    expect(await daysOf('FRA')).toEqual(['2030-12-02', '2031-01-30', '2031-04-30', '2031-05-16', '2031-05-27']);
    expect(await secretariat.lastTo('FRA')).toContain('30 mai 2031');
    expect(await daysOf('LAO')).toHaveLength(4);
  });

  it('is the day by which a report is on time', async () => {
    await secretariat.reports('ESP');
    await secretariat.passTo('2031-07-07');
    expect(await secretariat.caseOf('ESP')).toMatchObject({ outcome: 'on time' });
    expect((await secretariat.caseOf('ESP')).dueAt?.toISOString()).toMatch(/^2031-05-30T21:59:59/);
    expect((await daysOf('FRA')).slice(5)).toEqual(['2031-06-06', '2031-06-30']);
    expect(await secretariat.tasks()).toEqual([]);
  });
});

describe('a deadline moved again while version 2 is being decided', () => {
  beforeAll(async () => {
    await underWay();
    await secretariat.passTo('2031-03-25');
    await secretariat.movesDates({ deadlineOn: '2031-05-30' });
    await secretariat.decides(0, 'approve');
    await secretariat.movesDates({ deadlineOn: '2031-05-15' });
  });
  afterAll(() => secretariat.close());

  it('withdraws that question and asks a new one', async () => {
    expect(await secretariat.plans()).toEqual(['1 approved', '2 withdrawn', '3 open']);
    expect(await toldOfChange()).toContain('Reports are now due on 15 May 2031');
  });

  it('keeps letters with the old date back also when the new version is refused, until the ISU ends it', async () => {
    await secretariat.decides(1, 'refuse', 'Keep to 30 April');
    await secretariat.passTo('2031-04-02');
    expect(await daysOf('FRA')).toEqual(['2030-12-02', '2031-01-30']);
    expect(await secretariat.tasks()).toEqual(['planNotApproved']);
    expect(await secretariat.caseOf('FRA')).toMatchObject({ waitingFor: 'stateParty' });
  });

  it('leaves the old plan in force then', async () => {
    await secretariat.answers('planNotApproved', 'end');
    expect(await secretariat.plans()).toEqual(['1 approved', '2 withdrawn', '3 refused']);
    expect((await secretariat.timeline(CYCLE)).at(-1)).toBe('kept');
    await secretariat.passTo('2031-05-08');
    expect(await daysOf('FRA')).toEqual([
      '2030-12-02',
      '2031-01-30',
      '2031-04-02',
      '2031-04-16',
      '2031-04-25',
      '2031-05-07',
    ]);
    const reminder = (await secretariat.letters({ to: missionOf('LAO') }))[2]!;
    expect(reminder.text).toContain('30 April 2031');
  });
});

describe('a meeting moved in mid-cycle', () => {
  beforeAll(async () => {
    await underWay();
    await secretariat.passTo('2031-03-25');
    await secretariat.movesDates({ meetingOn: '2031-08-04' });
  });
  afterAll(() => secretariat.close());

  it('takes away the letters that would leave after the new cut-off, and moves none', async () => {
    expect(await toldOfChange()).toContain('Letters that differ from version 1: 6 left out.');
  });

  it('does not keep back a letter that both versions hold', async () => {
    await secretariat.passTo('2031-04-01');
    expect(await secretariat.plans()).toEqual(['1 approved', '2 open']);
    expect(await daysOf('FRA')).toEqual(['2030-12-02', '2031-01-30', '2031-03-31']);
  });

  it('once it is approved ends the wait for reports at the new cut-off', async () => {
    await secretariat.bothApprove();
    await secretariat.passTo('2031-05-26');
    expect(await secretariat.caseOf('FRA')).toMatchObject({ outcome: null });
    await secretariat.passTo('2031-05-27');
    expect(await secretariat.caseOf('FRA')).toMatchObject({ outcome: 'not received by the cut-off' });
    await secretariat.passTo('2031-07-01');
    expect((await daysOf('FRA')).at(-1)).toBe('2031-05-07');
  });
});

describe('a letter that falls due in the moment between a moved date and the new version', () => {
  beforeAll(async () => {
    await underWay();
    await secretariat.passTo('2031-03-30');
  });
  afterAll(() => secretariat.close());
  const changeId = '00000000-0000-4000-8000-000000000001';

  it('does not leave', async () => {
    const moved = { caseId: CYCLE, deadlineOn: '', meetingOn: '2031-08-04', reason: 'The hall is taken' };
    const { id: personId } = secretariat.admin;
    await secretariat.records.dateChange.create({
      data: { id: changeId, ...moved, personId, at: secretariat.clock.now() },
    });
    await secretariat.passTo('2031-03-31');
    expect(await daysOf('FRA')).toEqual(['2030-12-02', '2031-01-30']);
    expect(await secretariat.tasks()).toEqual([]);
  });

  it('leaves, when the new version says the same, without waiting for the decision', async () => {
    const fact = {
      id: changeId,
      workflowId: CYCLE,
      kind: 'signal' as const,
      name: 'datesMoved',
      payload: { changeId },
    };
    await secretariat.records.$transaction((tx) => post(tx, fact));
    await secretariat.settle();
    await secretariat.passTo('2031-03-31', '19:00');
    expect(await secretariat.plans()).toEqual(['1 approved', '2 open']);
    expect(await daysOf('FRA')).toEqual(['2030-12-02', '2031-01-30', '2031-03-31']);
  });
});

describe('a State Party that has joined by the time a new version is agreed', () => {
  afterAll(() => secretariat.close());

  it('has a case of its own from then on, and is invited', async () => {
    const treaty = treatyOf(STATES);
    secretariat = await openSecretariat({ treaty });
    await secretariat.opensCycle();
    await secretariat.bothApprove();
    await secretariat.passTo('2030-12-10');
    treaty.states.push(ccm().states.find(({ iso3 }) => iso3 === 'SEN')!);
    const { id: _id, ...like } = await secretariat.records.contact.findFirstOrThrow();
    await secretariat.records.contact.create({
      data: { ...like, id: randomUUID(), stateParty: 'SEN', email: missionOf('SEN') },
    });
    await secretariat.movesDates({ deadlineOn: '2031-05-30' });
    await secretariat.bothApprove();
    expect(await secretariat.caseOf('SEN')).toMatchObject({ id: reportCase('SEN'), closedAt: null });
    await secretariat.passTo('2031-01-31');
    expect((await secretariat.sentTo('SEN'))[0]).toMatch(/ invitation$/);
  });
});
