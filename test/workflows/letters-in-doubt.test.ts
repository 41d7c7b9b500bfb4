import type { LetterStanding } from '../../activities/settle-letter.ts';
import { type LoneCase, later, notApproved, openLoneCase, openLoneCycle, type World } from '../support/lone-case.ts';

let played: { close(): Promise<void> };
let lone: LoneCase;
const plays = async (world: World) => {
  played = lone = await openLoneCase(world);
};
afterEach(() => played.close());

const kinds = () => lone.tasks.map(({ kind }) => kind);

describe('a letter the mail server takes later and later', () => {
  it('is given up after three days and becomes a task; the case goes on, and it is sent again if the ISU says so', async () => {
    let isBusy = true;
    await plays({ send: (letterId) => (letterId === 'invitation 1' && isBusy ? later() : 'sent') });
    await lone.passToDay(3);
    expect(kinds()).toEqual([]);
    await lone.passToDay(4);
    expect(lone.tasks).toMatchObject([{ kind: 'letterUndelivered', answers: ['sendAgain', 'leave'] }]);
    await lone.passToDay(30);
    expect(lone.sent).toEqual(['reminder 1']);
    isBusy = false;
    await lone.answers('letterUndelivered', 'sendAgain');
    expect(lone.sent).toEqual(['reminder 1', 'invitation 1']);
    await lone.passToDay(121);
    expect([await lone.status(), lone.outcome()]).toEqual(['COMPLETED', 'not received by the cut-off']);
  });

  it('is asked about as it really stands, once the three days are over', async () => {
    const stands: Record<string, LetterStanding> = { 'invitation 1': 'unknown', 'reminder 1': 'sent' };
    await plays({ send: () => later(), takeBack: (letterId) => stands[letterId]! });
    await lone.passToDay(34);
    expect(kinds()).toEqual(['letterUnknown']);
  });
});

describe('a letter of which nobody knows whether it arrived', () => {
  const once: World = {
    send: (letterId, attempt) => (letterId === 'invitation 1' && attempt === 1 ? 'unknown' : 'sent'),
  };

  it('is never sent again by itself', async () => {
    await plays(once);
    await lone.passToDay(121);
    expect(lone.tasks).toMatchObject([{ kind: 'letterUnknown', answers: ['arrived', 'sendAgain', 'leave'] }]);
    expect([lone.sent, lone.settled]).toEqual([['reminder 1'], []]);
    expect(lone.outcome()).toBe('not received by the cut-off');
  });

  it('counts as sent when the ISU says that it arrived', async () => {
    await plays(once);
    await lone.passToDay(2);
    await lone.answers('letterUnknown', 'arrived');
    expect([lone.settled, lone.sent]).toEqual([['invitation 1: arrived'], []]);
  });

  it('is sent once more when the ISU orders it, also when the order is told twice', async () => {
    await plays(once);
    await lone.passToDay(2);
    await lone.answers('letterUnknown', 'sendAgain');
    await lone.answers('letterUnknown', 'sendAgain');
    expect(lone.sent).toEqual(['invitation 1']);
    expect(lone.settled).toEqual(['invitation 1: sendAgain']);
  });
});

describe('a letter that no longer is what was approved', () => {
  it('is not written and becomes one task; the letters of the State wait for a plan that says what they say', async () => {
    let isAgreed = false;
    await plays({
      draft: (purpose) => (isAgreed ? { letterIds: [purpose], postponed: false } : notApproved()),
      send: () => 'sent',
    });
    await lone.passToDay(31);
    expect(lone.tasks).toMatchObject([{ kind: 'notApproved', about: { purpose: 'invitation', occurrence: 1 } }]);
    expect(lone.tasks).toHaveLength(1);
    expect(lone.sent).toEqual([]);
    isAgreed = true;
    await lone.followsNewPlan();
    expect(lone.sent).toEqual(['invitation', 'reminder']);
  });

  it('is held back by the database as well; one to another address of the State leaves', async () => {
    await plays({
      draft: (purpose) => ({ letterIds: [`${purpose} to one`, `${purpose} to another`], postponed: false }),
      send: (letterId) => (letterId === 'invitation to one' ? notApproved() : 'sent'),
    });
    await lone.passToDay(2);
    expect(lone.sent).toEqual(['invitation to another']);
    expect(lone.tasks).toMatchObject([{ kind: 'notApproved', about: { letterId: 'invitation to one' } }]);
    await lone.answers('notApproved', 'leave');
    expect(lone.settled).toEqual(['invitation to one: leave']);
    await lone.passToDay(31);
    expect(lone.sent.slice(1).toSorted()).toEqual(['reminder to another', 'reminder to one']);
  });
});

describe('a letter that waits for a newer plan', () => {
  it('does not keep the case from its end, however long nobody decides', async () => {
    await plays({ draft: () => ({ letterIds: [], postponed: true }), send: () => 'sent' });
    await lone.passToDay(80);
    await lone.reports(1);
    await lone.reports(2);
    await lone.passToDay(121);
    expect([await lone.status(), lone.outcome(), lone.sent]).toEqual(['COMPLETED', 'late', []]);
  });
});

describe('a letter to a Coordinator that the mail server takes later and later', () => {
  it('holds up neither the other Coordinator nor what both have decided', async () => {
    const send: World['send'] = (letterId) => (letterId.endsWith('to ana') ? later() : 'sent');
    const cycle = await openLoneCycle({ approvers: ['ana', 'moussa'], send });
    played = cycle;
    await cycle.minutePasses();
    expect(cycle.sent).toEqual(['approval-request 1 to moussa']);
    await cycle.approves('ana');
    expect(cycle.casesStarted()).toBe(0);
    await cycle.approves('moussa');
    expect(cycle.casesStarted()).toBe(1);
    expect(cycle.sent.slice(1)).toEqual(['decision-receipt 1 to moussa', 'approval-outcome 1 to moussa']);
    await cycle.passToDay(4);
    expect(cycle.tasks.map(({ kind }) => kind)).toEqual(Array(3).fill('letterUndelivered'));
  });
});
