import { findDecisionLink } from '../../adapters/decision-link.ts';
import { createEngine } from '../../adapters/engine.ts';
import { readToken } from '../../adapters/links.ts';
import { linkIn } from '../support/reading.ts';
import { CYCLE, missionOf, openSecretariat, reportCase, type Secretariat, treatyOf } from '../support/secretariat.ts';

const STATES = ['ESP', 'FRA', 'LAO'];

let secretariat: Secretariat;
const open = async () => {
  secretariat = await openSecretariat({ treaty: treatyOf(STATES) });
};
const close = () => secretariat.close();

/** The mails to the Coordinators, as `day address subject`. */
async function mails(about: string): Promise<string[]> {
  const letters = await secretariat.letters({ about });
  return letters.map(({ on, to }) => `${on} ${to.split('@')[0]}`).sort();
}

async function lettersToStates(): Promise<number> {
  const letters = await Promise.all(STATES.map((iso3) => secretariat.letters({ to: missionOf(iso3) })));
  return letters.flat().length;
}

async function casesOpen(): Promise<string[]> {
  const cases = await secretariat.records.case.findMany({
    where: { caseType: 'report-intake' },
    orderBy: { id: 'asc' },
  });
  return cases.map(({ id }) => id);
}

describe('the plan of a cycle, once it is drafted', () => {
  beforeAll(open);
  afterAll(close);

  it('is put before both Coordinators, with the day by which to decide', async () => {
    await secretariat.opensCycle();
    expect(await mails('15 October')).toEqual(['2030-10-01 ana.vella']);
    expect(await mails('15 octobre')).toEqual(['2030-10-01 moussa.diarra']);
    expect(await secretariat.plans()).toEqual(['1 open']);
    expect((await secretariat.timeline(CYCLE)).slice(0, 2)).toEqual(['opened', 'planned']);
    expect((await secretariat.timeline(CYCLE)).slice(2).toSorted()).toEqual(['sent', 'sent', 'wrote', 'wrote']);
  });

  it('says in full what will leave, to how many, and when', async () => {
    const [asked] = await secretariat.letters({ about: 'Decide by' });
    const said = asked!.text.replace(/\s+/g, ' ');
    expect(said).toContain('Up to 24 letters to 3 States Parties');
    expect(said).toContain('The first 3 leave on Monday 2 December 2030 at 09:00 (Geneva).');
    expect(said).toContain('- Reminder, Monday 31 March 2031: 3');
    expect(said).toContain('- Receipt, whenever a report arrives');
    const [inFrench] = await secretariat.letters({ about: 'Décision attendue au plus tard le' });
    expect(inFrench!.text).toContain('- Invitation, lundi 2 décembre 2030\u00A0: 3');
  });

  it('sends nothing on the approval of one alone, whose receipt says what was decided', async () => {
    await secretariat.decides(0, 'approve');
    await secretariat.passTo('2030-10-04');
    expect(await mails('Your decision is recorded: approve')).toEqual(['2030-10-01 ana.vella']);
    expect(await secretariat.plans()).toEqual(['1 open']);
    expect(await casesOpen()).toEqual([]);
  });

  it('takes a decision once, however often it is told', async () => {
    const engine = createEngine({ client: secretariat.clock.environment.client });
    const told = await secretariat.records.outbox.findFirstOrThrow({ where: { name: 'decide' } });
    const message = { kind: 'update' as const, workflowId: CYCLE, name: 'decide', payload: told.payload };
    expect(await engine.tell({ ...message, id: told.id })).toBe('delivered');
    expect(await engine.tell({ ...message, id: `${told.id} again` })).toBe('delivered');
    await secretariat.daysPass(1);
    const { client } = secretariat.clock.environment;
    expect(await client.workflow.getHandle(CYCLE).query('standing')).toMatchObject({ decisions: 1 });
    expect(await mails('Your decision is recorded')).toHaveLength(1);
    expect(await secretariat.plans()).toEqual(['1 open']);
  });

  it('opens a case for each State once both have approved, and tells them', async () => {
    await secretariat.decides(1, 'approve');
    expect(await secretariat.plans()).toEqual(['1 approved']);
    expect(await casesOpen()).toEqual(STATES.map((iso3) => reportCase(iso3)));
    expect(await mails('Approved:')).toEqual(['2030-10-05 ana.vella']);
    expect(await mails('Approuvé')).toEqual(['2030-10-05 moussa.diarra']);
  });

  it('lets no letter leave before its day', async () => {
    await secretariat.passTo('2030-12-02', '08:55');
    expect(await lettersToStates()).toBe(0);
    await secretariat.passTo('2030-12-02');
    expect(await lettersToStates()).toBe(3);
  });

  it('takes no decision any more', async () => {
    await expect(secretariat.decides(0, 'refuse', 'Too late')).rejects.toThrow('This approval has ended');
    expect(await secretariat.plans()).toEqual(['1 approved']);
  });
});

describe('the plan of a cycle, when it is not agreed', () => {
  let firstLink: string;
  beforeAll(async () => {
    await open();
    await secretariat.opensCycle();
    firstLink = linkIn((await secretariat.letters({ about: 'Decide by' }))[0]!.text, '/a/');
  });
  afterAll(close);

  it('ends its round as soon as one asks for changes, even one who had approved it', async () => {
    await secretariat.decides(0, 'approve');
    await secretariat.decides(0, 'requestChanges', 'Leave out the fourth reminder');
    expect(await secretariat.plans()).toEqual(['1 changesRequested']);
    expect(await mails('Your decision is recorded')).toHaveLength(2);
  });

  it('goes back to the ISU with what was said, and everyone asked is told', async () => {
    expect(await secretariat.tasks()).toEqual(['planNotApproved']);
    const [told] = await secretariat.letters({ about: 'Changes requested' });
    expect(told?.text).toContain('Leave out the fourth reminder');
    expect(await mails('Modifications demandées')).toEqual(['2030-10-01 moussa.diarra']);
  });

  it('is asked again as version 2, with new links, and the old link says so', async () => {
    await secretariat.passTo('2030-10-07');
    await secretariat.answers('planNotApproved', 'askAgain');
    expect(await secretariat.plans()).toEqual(['1 changesRequested', '2 open']);
    expect(await mails('plan/2031 v2')).toEqual(['2030-10-07 ana.vella', '2030-10-07 moussa.diarra']);
    const token = readToken(firstLink.split('/a/')[1]);
    const old = await findDecisionLink({ records: secretariat.records, token, now: secretariat.clock.now() });
    expect(old).toMatchObject({ standing: 'replaced', newer: { version: 2 } });
  });

  it('is refused by one and ended by the ISU: the cycle closes early and no letter ever leaves', async () => {
    await secretariat.decides(1, 'refuse', 'Not this year');
    expect(await secretariat.plans()).toEqual(['1 changesRequested', '2 refused']);
    await secretariat.answers('planNotApproved', 'end');
    const cycle = await secretariat.records.case.findUniqueOrThrow({ where: { id: CYCLE } });
    expect(cycle).toMatchObject({ outcome: 'closed early', waitingFor: 'nobody' });
    await secretariat.passTo('2031-07-15');
    expect([await casesOpen(), await lettersToStates(), await secretariat.tasks()]).toEqual([[], 0, []]);
    expect((await secretariat.timeline(CYCLE)).at(-1)).toBe('closed');
  });
});

describe('the plan of a cycle, while the Coordinators are silent', () => {
  beforeAll(async () => {
    await open();
    await secretariat.opensCycle();
  });
  afterAll(close);

  it('is brought to mind five working days before its day, and only to those who have not decided', async () => {
    await secretariat.passTo('2030-10-08');
    await secretariat.decides(0, 'approve');
    await secretariat.passTo('2030-10-15');
    expect(await mails('Reminder, decide by')).toEqual(['2030-10-08 ana.vella']);
    expect(await mails('Rappel, décision attendue au plus tard le')).toEqual([
      '2030-10-08 moussa.diarra',
      '2030-10-11 moussa.diarra',
      '2030-10-15 moussa.diarra',
    ]);
    expect(await secretariat.tasks()).toEqual([]);
  });

  it('becomes a task for the ISU once it is overdue, never a yes', async () => {
    await secretariat.passTo('2030-10-16');
    expect(await secretariat.tasks()).toEqual(['approvalOverdue']);
    expect(await secretariat.plans()).toEqual(['1 open']);
  });

  it('lapses twenty working days later, and the ISU decides how to go on', async () => {
    await secretariat.passTo('2030-11-12', '23:55');
    expect(await secretariat.plans()).toEqual(['1 open']);
    await secretariat.passTo('2030-11-13');
    expect(await secretariat.plans()).toEqual(['1 lapsed']);
    expect(await secretariat.tasks()).toEqual(['approvalOverdue', 'planNotApproved']);
    expect(await mails('Lapsed without a decision')).toEqual(['2030-11-12 ana.vella']);
    expect([await casesOpen(), await lettersToStates()]).toEqual([[], 0]);
  });
});

describe('who approves the plan', () => {
  beforeAll(open);
  afterAll(close);
  const leaves = (who: number, leftAt: Date | null) =>
    secretariat.records.person.update({ where: { id: secretariat.coordinators[who]!.id }, data: { leftAt } });

  it('nobody: without a Coordinator but the one who drafted it nothing is opened, and the ISU is told', async () => {
    await leaves(1, secretariat.clock.now());
    await secretariat.opensCycle(secretariat.coordinators[0]!.id);
    expect([await secretariat.plans(), await secretariat.letters()]).toEqual([[], []]);
    expect(await secretariat.tasks()).toEqual(['planNotApproved']);
  });

  it('never the one who drafted it: only the other is asked', async () => {
    await leaves(1, null);
    await secretariat.answers('planNotApproved', 'askAgain');
    expect(await mails('plan/2031')).toEqual(['2030-10-01 moussa.diarra']);
    expect(await secretariat.plans()).toEqual(['1 open']);
  });

  it('all who are asked: with one, that one', async () => {
    await secretariat.decides(1, 'approve');
    expect(await secretariat.plans()).toEqual(['1 approved']);
    expect(await casesOpen()).toHaveLength(3);
  });
});
