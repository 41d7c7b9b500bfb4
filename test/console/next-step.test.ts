import { nextStep } from '../../web/presenters/next-step.ts';
import type { Schedule } from '../../workflows/messages.ts';

const at = (day: string) => Date.parse(`${day}T07:00:00Z`);
const schedule: Schedule = {
  approvalId: 'plan',
  ladder: [
    { purpose: 'invitation', occurrence: 1, at: at('2026-12-01') },
    { purpose: 'reminder', occurrence: 1, at: at('2027-01-29') },
    { purpose: 'reminder', occurrence: 2, at: at('2027-03-31') },
    { purpose: 'overdue', occurrence: 3, at: at('2027-07-20') },
  ],
  freeAt: at('2026-11-15'),
  dueAt: at('2027-04-30'),
  cutOffAt: at('2027-07-06'),
  closesAt: at('2027-09-30'),
};
const open = { schedule, climbed: [] as string[], isSettled: false, isClosed: false, now: at('2026-11-01') };

describe('The next automatic step', () => {
  it('is the invitation before anything was written', () => {
    expect(nextStep(open)).toEqual({ words: 'Invitation', at: at('2026-12-01') });
  });

  it('is the reminder after the last letter written', () => {
    const step = nextStep({ ...open, climbed: ['invitation/1', 'reminder/1'], now: at('2027-02-10') });
    expect(step).toEqual({ words: 'Reminder 2 before the deadline', at: at('2027-03-31') });
  });

  it('leaves out what was passed over', () => {
    const step = nextStep({ ...open, climbed: ['invitation/1', 'reminder/2'], now: at('2027-04-10') });
    expect(step?.words).toBe('Cut-off for the analysis');
  });

  it('is the cut-off when no letter comes before it', () => {
    const climbed = ['invitation/1', 'reminder/1', 'reminder/2'];
    expect(nextStep({ ...open, climbed, now: at('2027-05-01') })?.at).toBe(schedule.cutOffAt);
  });

  it('is the cut-off once the report is there, and the close after that', () => {
    expect(nextStep({ ...open, isSettled: true })?.words).toBe('Cut-off for the analysis');
    expect(nextStep({ ...open, isSettled: true, now: at('2027-08-01') })?.words).toBe('Case closes');
  });

  it('is nothing when the case is closed', () => {
    expect(nextStep({ ...open, isClosed: true })).toBeNull();
  });
});
