import type { LetterStanding } from '../../activities/settle-letter.ts';
import { type LoneCase, later, notApproved, openLoneCase, openLoneCycle, type World } from '../support/lone-case.ts';

let played: { close(): Promise<void> };
let lone: LoneCase;
const plays = async (world: Parameters<typeof openLoneCase>[0]) => {
  played = lone = await openLoneCase(world);
};
afterEach(() => played.close());

const triedOf = (letterId: string) => lone.tried.filter((each) => each.letterId === letterId);

describe('a letter the mail server wants later', () => {
  it('does not keep a report that comes meanwhile from its receipt', async () => {
    await plays({ send: (letterId) => (letterId === 'invitation 1' ? later() : 'sent') });
    await lone.passToDay(1);
    await lone.reports(1);
    expect(lone.sent).toEqual(['receipt 1']);
    await lone.passToDay(121);
    expect([await lone.status(), lone.outcome()]).toEqual(['COMPLETED', 'on time']);
  });

  it('goes before the next letter of the ladder, which waits for it', async () => {
    let isBusy = true;
    await plays({ reminders: [30, 31], send: (letterId) => (letterId === 'reminder 1' && isBusy ? later() : 'sent') });
    await lone.passToDay(31);
    expect(lone.sent).toEqual(['invitation 1']);
    expect(triedOf('reminder 2')).toEqual([]);
    isBusy = false;
    await lone.passToDay(32);
    expect(lone.sent).toEqual(['invitation 1', 'reminder 1', 'reminder 2']);
  });

  it('does not put off the count at the cut-off', async () => {
    await plays({ send: (letterId) => (letterId === 'receipt 1' ? later() : 'sent') });
    await lone.passToDay(89);
    await lone.reports(1);
    await lone.passToDay(90);
    expect(lone.counted).toEqual(['late']);
  });

  it('goes before the receipt of a newer report', async () => {
    let isBusy = true;
    await plays({ send: (letterId) => (letterId === 'receipt 1' && isBusy ? later() : 'sent') });
    await lone.passToDay(40);
    await lone.reports(1);
    await lone.reports(2);
    expect(triedOf('receipt 2')).toEqual([]);
    isBusy = false;
    await lone.passToDay(41);
    expect(lone.sent.slice(2)).toEqual(['receipt 1', 'receipt 2']);
  });
});

describe('a letter that was cancelled while it was on its way', () => {
  it('is no question for anybody, and the case goes on', async () => {
    await plays({ send: (letterId) => (letterId === 'invitation 1' ? 'cancelled' : 'sent') });
    await lone.passToDay(121);
    expect([lone.tasks, lone.sent]).toEqual([[], ['reminder 1']]);
    expect(await lone.status()).toBe('COMPLETED');
  });
});

describe('a letter held back by a newer question', () => {
  const held = (stands: LetterStanding) => {
    let isHeld = true;
    const world: World = { send: () => (isHeld ? notApproved() : 'sent'), takeBack: () => stands };
    return { world, ends: () => (isHeld = false) };
  };

  it('becomes no task, and leaves by itself once the case is told that it may', async () => {
    const { world, ends } = held('heldBack');
    await plays(world);
    await lone.passToDay(5);
    expect([lone.tasks, lone.sent]).toEqual([[], []]);
    ends();
    await lone.isToldAgain();
    expect(lone.sent).toEqual(['invitation 1']);
  });

  it('waits for its new day when the newer plan writes it anew', async () => {
    const { world, ends } = held('replaced');
    await plays(world);
    await lone.passToDay(5);
    ends();
    await lone.followsNewPlan();
    expect([lone.tasks, lone.sent]).toEqual([[], ['invitation 1']]);
  });

  it('is asked about again when it was a person who ordered it', async () => {
    let answer: LetterStanding = 'refused';
    await plays({ send: () => (answer === 'refused' ? 'refused' : notApproved()), takeBack: () => answer });
    await lone.passToDay(2);
    answer = 'heldBack';
    await lone.answers('letterRefused', 'sendAgain');
    expect(lone.tasks.map(({ kind }) => kind)).toEqual(['letterRefused', 'notApproved']);
  });
});

describe('a letter a person was asked about, when a new plan writes it anew', () => {
  it('is sent as the new plan has it', async () => {
    let plan = 'old';
    await plays({
      draft: (purpose, occurrence) => ({ letterIds: [`${plan} ${purpose} ${occurrence}`], postponed: false }),
      send: (letterId) => (letterId === 'old reminder 1' ? 'refused' : 'sent'),
    });
    await lone.passToDay(31);
    expect([lone.sent, lone.tasks.length]).toEqual([['old invitation 1'], 1]);
    plan = 'new';
    await lone.followsNewPlan();
    expect(lone.sent.slice(1)).toContain('new reminder 1');
  });
});

describe('a letter that no longer is what was approved', () => {
  it('does not hold back a later reminder that is', async () => {
    await plays({
      reminders: [30, 40],
      draft: (purpose, occurrence) =>
        purpose === 'reminder' && occurrence === 1
          ? notApproved()
          : { letterIds: [`${purpose} ${occurrence}`], postponed: false },
      send: () => 'sent',
    });
    await lone.passToDay(39);
    await lone.isToldAgain();
    expect([lone.sent, lone.tasks.length]).toEqual([['invitation 1'], 1]);
    await lone.passToDay(41);
    expect([lone.sent, lone.tasks.length]).toEqual([['invitation 1', 'reminder 2'], 1]);
  });

  it('does not put off the count at the cut-off, when it is a receipt', async () => {
    await plays({
      draft: (purpose) => (purpose === 'receipt' ? notApproved() : { letterIds: [purpose], postponed: false }),
      send: () => 'sent',
    });
    await lone.passToDay(50);
    await lone.reports(1);
    await lone.passToDay(90);
    expect(lone.counted).toEqual(['on time']);
  });
});

describe('a report that is filed after the count', () => {
  it('counts from the day it reached the office, until the case closes', async () => {
    await plays({ send: () => 'sent' });
    await lone.passToDay(95);
    await lone.reports(1);
    expect(lone.counted).toEqual(['not received by the cut-off']);
    await lone.reports(2, lone.on(89));
    expect(lone.counted.slice(1)).toEqual(['late']);
    await lone.reports(3, lone.on(59));
    expect(lone.counted.slice(2)).toEqual(['on time']);
    await lone.passToDay(121);
    expect(lone.outcome()).toBe('on time');
  });
});

describe('a letter to one of our own people that is sent again', () => {
  it('does not wait behind the letters to States Parties', async () => {
    let isDead = true;
    const cycle = await openLoneCycle({ approvers: ['ana'], send: () => (isDead ? 'refused' : 'sent') });
    played = cycle;
    await cycle.minutePasses();
    isDead = false;
    await cycle.answers('letterRefused', 'sendAgain');
    expect(cycle.tried.map(({ queue }) => queue)).toEqual(['cases', 'cases']);
  });
});
