import { resolve } from 'node:path';
import { simpleParser } from 'mailparser';
import { type Activities, createActivities, type Deps } from '../../activities/index.ts';
import { recordDecision } from '../../adapters/decisions.ts';
import { createLetters } from '../../adapters/letters.ts';
import { openRecords, type Records } from '../../adapters/records.ts';
import { recordSubmission } from '../../adapters/submissions.ts';
import { LATE_BOUND } from '../../domain/letter.ts';
import { seedRegister } from '../../prisma/seed.ts';
import { perform } from '../support/activity.ts';
import { testDatabase } from '../support/database.ts';
import { reportOf } from '../support/doors.ts';
import { linkIn } from '../support/reading.ts';
import { treatyOf } from '../support/small-treaty.ts';

const CYCLE = 'ccm/2031/cycle';
const CASE = 'ccm/2031/report-intake/LAO';
const at = (moment: string) => Date.parse(moment);
const APPROVED = at('2030-10-02T08:00:00Z');
const INVITED = at('2030-12-02T08:00:00Z');

const treaty = treatyOf(['LAO']);
const letters = createLetters({ folder: resolve(import.meta.dirname, '../../templates') });
let records: Records;
let activities: Activities;
let approvalId: string;

const activitiesWith = (differently: Partial<Deps> = {}) =>
  createActivities({
    records,
    treaty,
    letters,
    baseUrl: 'https://focalpoint.example',
    mailFrom: 'secretariat@isu.example',
    ...differently,
  } as Deps);

/** A plan for one State with two addresses, approved by both Coordinators, as the cycle would have it. */
beforeAll(async () => {
  records = openRecords({ url: await testDatabase() });
  activities = activitiesWith();
  const now = new Date(at('2030-10-01T08:00:00Z'));
  await seedRegister({ records, treaty, now });
  const contact = { stateParty: 'LAO', kind: 'mission', name: 'Second address', language: 'en', certainty: 'invented' };
  await records.contact.create({
    data: { id: crypto.randomUUID(), email: 'second@lao.example', since: now, ...contact },
  });
  const cycle = { caseType: 'annual-cycle', year: 2031 };
  await perform(activities.openCase, { caseId: CYCLE, opening: cycle, schedule: null, now: now.getTime() });
  const draft = { cycleId: CYCLE, version: 1, changeId: null, now: now.getTime() };
  const plan = await perform(activities.draftPlan, draft);
  approvalId = plan.approvalId;
  const { contentHash } = await records.approval.findUniqueOrThrow({ where: { id: approvalId } });
  const seen = { contentHash, version: 1, revision: 0 };
  const answer = { approvalId, choice: 'approve', comment: '', door: 'link', linkSelector: null, seen } as const;
  for (const personId of plan.approvers)
    await recordDecision({ records, now: new Date(APPROVED), answer: { ...answer, personId } });
  await perform(activities.closeApproval, { approvalId, state: 'approved', now: APPROVED });
  const ends = { freeAt: APPROVED, dueAt: at('2031-04-30'), cutOffAt: at('2031-07-06'), closesAt: at('2031-09-30') };
  const opening = { caseType: 'report-intake', year: 2031, iso3: 'LAO', kind: 'annual' };
  const schedule = { approvalId, ladder: [], ...ends };
  await perform(activities.openCase, { caseId: CASE, opening, schedule, now: APPROVED });
});
afterAll(() => records.$disconnect());

const wanted = (purpose: string, occurrence: number, submissionId: string | null = null) => ({
  caseId: CASE,
  approvalId,
  purpose,
  occurrence,
  submissionId,
  now: INVITED,
});
const rowsOf = (purpose: string, occurrence = 1) =>
  records.letter.findMany({ where: { purpose, occurrence }, orderBy: { recipient: 'asc' } });

describe('a plan drafted again after a crash', () => {
  it('is the one already there', async () => {
    const again = { cycleId: CYCLE, version: 1, changeId: null, now: APPROVED };
    expect(await perform(activities.draftPlan, again)).toMatchObject({ approvalId });
    expect(await records.approval.count()).toBe(1);
  });
});

describe('a letter written from what was approved', () => {
  it('has the words, the recipient and the hash of its item, one to each address of the State', async () => {
    const { letterIds } = await perform(activities.draftLetters, wanted('invitation', 1));
    const rows = await rowsOf('invitation');
    expect(rows.map(({ id }) => id).toSorted()).toEqual(letterIds.toSorted());
    expect(rows.map(({ recipient }) => recipient)).toEqual(['mission@lao.example', 'second@lao.example']);
    const items = await records.approvalItem.findMany({
      where: { purpose: 'invitation' },
      orderBy: { recipient: 'asc' },
    });
    expect(rows.map(({ contentHash }) => contentHash)).toEqual(items.map(({ hash }) => hash));
    expect(rows.map(({ text }) => text)).toEqual(items.map(({ text }) => text));
  });

  it('differs on the wire from what was approved by its personal link only', async () => {
    const [row] = await rowsOf('invitation');
    const { text = '', subject, to } = await simpleParser(Buffer.from(row!.mime));
    const link = linkIn(text, '/u/');
    expect(link).toMatch(/^https:\/\/focalpoint\.example\/u\//);
    expect(text.replace(link, LATE_BOUND.uploadLink).trimEnd()).toBe(row!.text.trimEnd());
    expect(subject).toBe(row!.subject);
    expect([to].flat().map((each) => each?.text)).toEqual(['mission@lao.example']);
    const links = await records.link.findMany({ where: { caseId: CASE } });
    expect(links.every(({ secretHash }) => !link.includes(secretHash))).toBe(true);
  });

  it('is written once, however many workers write it', async () => {
    const drafts = await Promise.all(
      Array.from({ length: 10 }, () => perform(activities.draftLetters, wanted('reminder', 1))),
    );
    expect(new Set(drafts.flatMap(({ letterIds }) => letterIds)).size).toBe(2);
    expect(await rowsOf('reminder')).toHaveLength(2);
    expect(await records.timelineEntry.count({ where: { act: 'wrote' } })).toBe(4);
    expect(await records.link.count({ where: { caseId: CASE } })).toBe(4);
  });

  it('is written to the second address by the next try when the first try died between the two', async () => {
    const dies = { ...letters, render: dyingAfter(2) };
    await expect(perform(activitiesWith({ letters: dies }).draftLetters, wanted('reminder', 2))).rejects.toThrow(
      'died',
    );
    expect(await rowsOf('reminder', 2)).toHaveLength(1);
    const { letterIds } = await perform(activities.draftLetters, wanted('reminder', 2));
    expect(letterIds).toHaveLength(2);
    expect(await rowsOf('reminder', 2)).toHaveLength(2);
  });

  it.each<[string, (text: string) => string]>([
    ['a word', (text) => text.replace('honour', 'pleasure')],
    ['a space', (text) => `${text} `],
  ])('is not written when %s of it has changed since', async (_what, change) => {
    const render: Deps['letters']['render'] = (letter) => {
      const rendered = letters.render(letter);
      return { ...rendered, text: change(rendered.text) };
    };
    const changed = activitiesWith({ letters: { ...letters, render } });
    await expect(perform(changed.draftLetters, wanted('reminder', 3))).rejects.toMatchObject({
      type: 'NotApproved',
      nonRetryable: true,
    });
    expect(await rowsOf('reminder', 3)).toEqual([]);
  });

  it.each([
    ['an occasion that is not in the plan', { purpose: 'reminder', occurrence: 9 }],
    ['a case that is not in the plan', { caseId: 'ccm/2031/report-intake/FRA' }],
    ['no plan at all', { approvalId: null }],
  ])('is not written for %s', async (_what, differently) => {
    const letter = { ...wanted('overdue', 1), ...differently };
    await expect(perform(activities.draftLetters, letter)).rejects.toMatchObject({ type: 'NotApproved' });
  });
});

describe('a receipt', () => {
  it('is approved once and written for each version that comes, with what came and when', async () => {
    const ids: string[] = [];
    for (const version of [1, 2]) {
      const file = await reportOf('LAO', version);
      const given = { records, now: new Date(INVITED), caseId: CASE, file, door: 'email' as const };
      const { submissionId, sha256 } = await recordSubmission(given);
      ids.push(...(await perform(activities.draftLetters, wanted('receipt', version, submissionId))).letterIds);
      const [row] = await rowsOf('receipt', version);
      const { text = '' } = await simpleParser(Buffer.from(row!.mime));
      expect(text.replace(/\s+/g, '')).toContain(sha256);
      expect(text.replace(/\s+/g, ' ')).toContain('Monday 2 December 2030 at 09:00 (Geneva)');
      expect(row!.text).toContain(LATE_BOUND.documentHash);
    }
    expect(new Set(ids).size).toBe(4);
  });
});

function dyingAfter(renderings: number): Deps['letters']['render'] {
  let left = renderings;
  return (letter) => {
    if (left-- === 0) throw new Error('died');
    return letters.render(letter);
  };
}
