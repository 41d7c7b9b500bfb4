import { MockActivityEnvironment } from '@temporalio/testing';
import { createActivities } from '../../activities/index.ts';
import { type Asked, askForApproval } from '../support/asked.ts';
import { CYCLE, endApproval, letters, MAIL_FROM, seedPlan } from '../support/seed.ts';

let asked: Asked;
let site: Asked['site'];
beforeEach(async () => {
  asked = await askForApproval();
  ({ site } = asked);
});
afterEach(() => site.close());

/** The mail a Coordinator gets about a version, as the worker writes it. */
async function mailTo(person: { id: string }, { purpose, approvalId }: { purpose: string; approvalId: string }) {
  const { records, treaty, baseUrl, now } = site;
  const deps = { records, treaty, letters, baseUrl, mailFrom: MAIL_FROM, post: {} as never, engine: {} as never };
  const { draftPersonLetter } = createActivities(deps);
  const about = { caseId: CYCLE, personId: person.id, purpose, occurrence: 1, approvalId, now: now.getTime() };
  const id = (await new MockActivityEnvironment().run(draftPersonLetter as never, about as never)) as string;
  const { text, subject } = await records.letter.findUniqueOrThrow({ where: { id } });
  return { subject, text: text.replace(/\s+/g, ' ') };
}

async function moveDates(reason: string): Promise<string> {
  const admin = await site.person('admin');
  const change = { id: crypto.randomUUID(), caseId: CYCLE, deadlineOn: '2028-05-12', meetingOn: '', reason };
  await site.records.dateChange.create({ data: { ...change, personId: admin.id, at: site.now } });
  return change.id;
}

describe('the mail about the outcome of an approval', () => {
  it('of a version withdrawn says why, that the next one follows, and names nobody as having done it', async () => {
    await asked.decide({ choice: 'approve', comment: 'Very well' });
    await moveDates('The hall is taken.');
    await endApproval(site, asked.approvalId, 'withdrawn');
    const { subject, text } = await mailTo(asked.ana, { purpose: 'approval-outcome', approvalId: asked.approvalId });
    expect(subject).toContain('Withdrawn: ');
    expect(text).toContain('Reason given: The hall is taken. No letter of version 1 leaves. Version 2');
    expect(text).not.toContain('By: ');
    expect(text).toContain('Ana Vella: approved (Very well)');
  });

  it('of a version withdrawn by a last word does not speak of dates', async () => {
    await endApproval(site, asked.approvalId, 'withdrawn');
    const { text } = await mailTo(asked.ana, { purpose: 'approval-outcome', approvalId: asked.approvalId });
    expect(text).toContain('an approval is missing');
    expect(text).not.toContain('Reason given');
  });

  it('names only those whose decision it is', async () => {
    await asked.decide({ choice: 'approve' });
    await asked.decide({ choice: 'requestChanges', comment: 'Wait for spring' });
    await endApproval(site, asked.approvalId, 'changesRequested');
    const { text } = await mailTo(asked.moussa, { purpose: 'approval-outcome', approvalId: asked.approvalId });
    expect(text).toContain('Par : Ana Vella');
    expect(text).toContain('Ana Vella : demande de modifications (Wait for spring)');
    expect(text).not.toContain('Ana Vella : approbation');
  });
});

describe('the mail that asks about a version after another', () => {
  it('says what was decided on the one before, and what is different', async () => {
    await asked.decide({ choice: 'requestChanges', comment: 'Later, please' });
    await endApproval(site, asked.approvalId, 'changesRequested');
    const approvalId = await seedPlan(site, 2, await moveDates('A later meeting'));
    const { text } = await mailTo(asked.ana, { purpose: 'approval-request', approvalId });
    expect(text).toContain('Reason given: A later meeting. Reports are now due on 12 May 2028');
    expect(text).toContain('Letters that differ from version 1: ');
    expect(text).toContain('Ana Vella: changes requested (Later, please)');
  });
});
