import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import { type Activities, createActivities, type Deps } from '../../activities/index.ts';
import { claim } from '../../activities/send-ledger.ts';
import { recordDecision } from '../../adapters/decisions.ts';
import { createLetters } from '../../adapters/letters.ts';
import { latestMove } from '../../adapters/overview/cycle.ts';
import { openRecords, type Records } from '../../adapters/records.ts';
import { endOfDay } from '../../domain/calendar.ts';
import { seedRegister } from '../../prisma/seed.ts';
import { perform } from '../support/activity.ts';
import { testDatabase } from '../support/database.ts';
import { treatyOf } from '../support/small-treaty.ts';

const CYCLE = 'ccm/2031/cycle';
const CASE = 'ccm/2031/report-intake/LAO';
const at = (moment: string) => Date.parse(moment);
const APPROVED = at('2030-10-02T08:00:00Z');
/** A reminder fell due yesterday. */
const TODAY = at('2031-04-01T08:00:00Z');
const LATER = at('2031-04-03T08:00:00Z');

const treaty = treatyOf(['LAO']);
const letters = createLetters({ folder: resolve(import.meta.dirname, '../../templates') });
let records: Records;
let activities: Activities;
let first: string;

async function draftPlan({ version, changeId, now }: { version: number; changeId: string | null; now: number }) {
  const { approvalId } = await perform(activities.draftPlan, { cycleId: CYCLE, version, changeId, now });
  return approvalId;
}

async function approve(approvalId: string, now: number): Promise<void> {
  const { contentHash, version, slots } = await records.approval.findUniqueOrThrow({
    where: { id: approvalId },
    include: { slots: true },
  });
  const seen = { contentHash, version, revision: 0 };
  const answer = { approvalId, choice: 'approve', comment: '', door: 'link', linkSelector: null, seen } as const;
  for (const { personId } of slots)
    await recordDecision({ records, now: new Date(now), answer: { ...answer, personId } });
  await perform(activities.closeApproval, { approvalId, state: 'approved', now });
}

/** The fact, before anybody has acted on it. */
async function moves(dates: { deadlineOn?: string; meetingOn?: string }, now = TODAY): Promise<string> {
  const id = randomUUID();
  const { id: personId } = await records.person.findFirstOrThrow({ where: { role: 'admin' } });
  const whole = { deadlineOn: '', meetingOn: '', ...dates };
  await records.dateChange.create({
    data: { id, caseId: CYCLE, ...whole, reason: 'The hall is taken', personId, at: new Date(now) },
  });
  return id;
}

const draft = (purpose: string, occurrence: number, { under = first, now = TODAY } = {}) =>
  perform(activities.draftLetters, { caseId: CASE, approvalId: under, purpose, occurrence, submissionId: null, now });
const row = (id: string) => records.letter.findUniqueOrThrow({ where: { id } });
const mayLeave = (letterId: string, now = TODAY) =>
  claim({ records, letterId, now }).then(
    (taken) => taken !== null,
    () => false,
  );
const takeBack = (letterId: string) => perform(activities.takeBackLetter, { letterId, isDenied: true, now: LATER });
async function cancelled(): Promise<string[]> {
  const entries = await records.timelineEntry.findMany({ where: { act: 'cancelled' }, orderBy: { seq: 'asc' } });
  return entries.map(({ detail }) => {
    const { purpose, occurrence, why } = detail as Record<string, string>;
    return `${purpose} ${occurrence} ${why}`;
  });
}
const daysOf = async (approvalId: string) =>
  (await records.approvalItem.findMany({ where: { approvalId }, orderBy: { plannedAt: 'asc' } })).map(
    ({ purpose, occurrence, plannedAt }) => `${purpose} ${occurrence} ${plannedAt?.toISOString().slice(0, 10)}`,
  );

/** The plan of one State, approved by both Coordinators; its invitation has been sent. */
beforeEach(async () => {
  records = openRecords({ url: await testDatabase() });
  activities = createActivities({
    records,
    treaty,
    letters,
    baseUrl: 'https://focalpoint.example',
    mailFrom: 'secretariat@isu.example',
  } as Deps);
  const now = at('2030-10-01T08:00:00Z');
  await seedRegister({ records, treaty, now: new Date(now) });
  const cycle = { caseType: 'annual-cycle', year: 2031 };
  await perform(activities.openCase, { caseId: CYCLE, opening: cycle, schedule: null, now });
  first = await draftPlan({ version: 1, changeId: null, now });
  await approve(first, APPROVED);
  const ends = { freeAt: APPROVED, dueAt: at('2031-04-30'), cutOffAt: at('2031-07-06') };
  const closesAt = endOfDay('2031-09-30', 'Europe/Zurich');
  const opening = { caseType: 'report-intake', year: 2031, iso3: 'LAO', kind: 'annual' };
  const schedule = { approvalId: first, ladder: [], ...ends, closesAt };
  await perform(activities.openCase, { caseId: CASE, opening, schedule, now: APPROVED });
  const { letterIds } = await draft('invitation', 1, { now: at('2030-12-02T08:00:00Z') });
  for (const state of ['sending', 'committing', 'sent'])
    await records.letter.update({ where: { id: letterIds[0]! }, data: { state, claimedAt: new Date(TODAY) } });
});
afterEach(() => records.$disconnect());

describe('letters of the plan in force, once a date has moved', () => {
  it('do not leave from that moment on, nor are they written, whatever they say', async () => {
    const [letterId] = (await draft('reminder', 1)).letterIds;
    await moves({ meetingOn: '2031-08-04' });
    expect(await mayLeave(letterId!)).toBe(false);
    expect(await draft('reminder', 2)).toEqual({ letterIds: [], postponed: true });
    expect(await takeBack(letterId!)).toBe('heldBack');
  });

  it('leave again as soon as the new version says the same, and wait while it says otherwise', async () => {
    const [kept] = (await draft('reminder', 2)).letterIds;
    await draftPlan({ version: 2, changeId: await moves({ meetingOn: '2031-08-04' }), now: TODAY });
    expect(await mayLeave(kept!)).toBe(true);
    await moves({ deadlineOn: '2031-05-30' }, LATER);
    expect(await mayLeave(kept!)).toBe(false);
  });

  it.each(['refused', 'changesRequested', 'lapsed', 'withdrawn'] as const)(
    'wait also when the new version was %s, until the ISU keeps to the plan',
    async (state) => {
      const [letterId] = (await draft('reminder', 2)).letterIds;
      const changeId = await moves({ deadlineOn: '2031-05-30' });
      const approvalId = await draftPlan({ version: 2, changeId, now: TODAY });
      await perform(activities.closeApproval, { approvalId, state, now: TODAY });
      expect(await mayLeave(letterId!)).toBe(false);
      expect((await draft('reminder', 1)).postponed).toBe(true);
      expect(await latestMove({ records, cycleId: CYCLE })).toMatchObject({ deadlineOn: '2031-05-30' });
      for (let twice = 0; twice < 2; twice++)
        await perform(activities.keepPlan, { cycleId: CYCLE, changeId, now: LATER });
      expect(await records.timelineEntry.count({ where: { act: 'kept' } })).toBe(1);
      expect(await records.approval.findUniqueOrThrow({ where: { id: approvalId } })).toMatchObject({ state });
      expect(await latestMove({ records, cycleId: CYCLE })).toBeUndefined();
      expect(await mayLeave(letterId!)).toBe(true);
    },
  );

  it('leave when the ISU keeps to the plan and no new version could be asked about', async () => {
    const [letterId] = (await draft('reminder', 2)).letterIds;
    const changeId = await moves({ deadlineOn: '2031-05-30' });
    await perform(activities.keepPlan, { cycleId: CYCLE, changeId, now: LATER });
    expect(await mayLeave(letterId!)).toBe(true);
  });
});

describe('a letter that waits while a new version is drafted', () => {
  it('is planned anew for its new day, cancelled on approval, and written in the new words', async () => {
    const [old] = (await draft('reminder', 2)).letterIds;
    const second = await draftPlan({ version: 2, changeId: await moves({ deadlineOn: '2031-05-30' }), now: TODAY });
    expect(await daysOf(second)).toContain('reminder 2 2031-04-30');
    await approve(second, LATER);
    expect(await row(old!)).toMatchObject({ state: 'cancelled', replacedById: second });
    expect(await cancelled()).toEqual(['reminder 2 replaced']);
    const now = at('2031-04-30T08:00:00Z');
    const { letterIds } = await draft('reminder', 2, { under: second, now });
    expect(letterIds).toHaveLength(1);
    expect(letterIds).not.toContain(old);
    expect([await mayLeave(letterIds[0]!, now), await mayLeave(old!, now)]).toEqual([true, false]);
  });

  it('stays on its day and follows the new version when its words are the same', async () => {
    const [letterId] = (await draft('reminder', 2)).letterIds;
    const second = await draftPlan({ version: 2, changeId: await moves({ meetingOn: '2031-08-04' }), now: TODAY });
    expect(await daysOf(second)).toContain('reminder 2 2031-03-31');
    await approve(second, LATER);
    expect(await row(letterId!)).toMatchObject({ state: 'queued', approvalId: second });
    expect(await cancelled()).toEqual([]);
    expect(await mayLeave(letterId!, LATER + 16 * 60_000)).toBe(true);
  });

  it('is settled in the same way when a worker had it as the new version was approved', async () => {
    const [letterId] = (await draft('reminder', 2)).letterIds;
    expect(await mayLeave(letterId!)).toBe(true);
    const second = await draftPlan({ version: 2, changeId: await moves({ deadlineOn: '2031-05-30' }), now: TODAY });
    expect(await daysOf(second)).toContain('reminder 2 2031-04-30');
    await approve(second, LATER);
    expect(await row(letterId!)).toMatchObject({ state: 'sending' });
    expect(await takeBack(letterId!)).toBe('replaced');
    expect(await cancelled()).toEqual(['reminder 2 replaced']);
  });

  it('is left alone behind the marker: it may have arrived, and is not planned again', async () => {
    const [letterId] = (await draft('reminder', 2)).letterIds;
    expect(await mayLeave(letterId!)).toBe(true);
    await records.letter.update({ where: { id: letterId! }, data: { state: 'committing' } });
    const second = await draftPlan({ version: 2, changeId: await moves({ deadlineOn: '2031-05-30' }), now: TODAY });
    expect((await daysOf(second)).filter((each) => each.startsWith('reminder 2'))).toEqual([]);
    await approve(second, LATER);
    expect(await takeBack(letterId!)).toBe('unknown');
  });
});

describe('a reminder that was held back until the next one fell due', () => {
  it('is not sent after it', async () => {
    const [early] = (await draft('reminder', 2)).letterIds;
    const [asked] = (await draft('reminder', 1)).letterIds;
    await perform(activities.assignTask, {
      caseId: CASE,
      kind: 'letterUndelivered',
      about: { letterId: asked! },
      answers: [],
      now: TODAY,
    });
    await draft('reminder', 3, { now: at('2031-04-16T08:00:00Z') });
    expect([(await row(early!)).state, (await row(asked!)).state]).toEqual(['cancelled', 'queued']);
    expect(await cancelled()).toEqual(['reminder 2 overtaken']);
  });
});
