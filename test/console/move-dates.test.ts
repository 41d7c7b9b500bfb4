import { MockActivityEnvironment } from '@temporalio/testing';
import { createActivities } from '../../activities/index.ts';
import { planSummary } from '../../domain/plan.ts';
import { type ConsoleStage, NOW, openConsole } from '../support/console.ts';
import { letters, MAIL_FROM } from '../support/seed.ts';

let stage: ConsoleStage;
beforeAll(async () => {
  stage = await openConsole();
});
afterAll(() => stage.close());

const CYCLE = 'ccm/2027/cycle';
/** As the cycle of 2027 stands on 20 May 2027. */
const DATES = { deadlineOn: '2027-04-30', meetingOn: '2027-09-14', reason: 'The hall is taken' };

const move = (wish: Record<string, string>) => stage.post('/cycles/2027/dates', { ...DATES, ...wish });
const plain = (html: string) => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');

describe('Dates that are to be moved', () => {
  it.each([
    [{}, 'Both dates are as they were: change what is to be moved.'],
    [{ deadlineOn: '2027-05-19' }, 'That day has passed: no report can become due on it.'],
    [
      { meetingOn: '2027-07-20' },
      'The data is frozen 10 weeks before the meeting, on 11 May 2027: that day has passed.',
    ],
    [{ meetingOn: '2027-07-09' }, 'on 30 April 2027: that must be after the deadline.'],
    [{ meetingOn: '2027-04-01' }, 'The meeting comes after the deadline.'],
    [{ meetingOn: '2027-10-01' }, 'The meeting comes before the cycle closes.'],
    [{ deadlineOn: '2028-05-30' }, 'The deadline of this cycle lies in 2027.'],
    [{ deadlineOn: '2027-02-30' }, 'Give the day annual reports are due.'],
    [{ meetingOn: '' }, 'Give the first day of the meeting.'],
    [{ meetingOn: '2027-09-20', reason: ' ' }, 'Say why: the Coordinators are asked about it.'],
  ])('are refused with a sentence: %j', async (wish, sentence) => {
    const { statusCode, body } = await move(wish as Record<string, string>);
    expect(statusCode).toBe(422);
    expect(body).toContain(sentence);
    expect(await stage.records.dateChange.count({ where: { caseId: CYCLE } })).toBe(0);
  });

  it('may leave a deadline that has passed where it is', async () => {
    expect((await move({ meetingOn: '2027-09-20' })).statusCode).toBe(200);
  });

  it('show before they count the numbers the Coordinators are then told', async () => {
    const wish = { deadlineOn: '2027-06-15' };
    const check = plain((await move(wish)).body);
    expect((await move({ ...wish, checked: 'yes' })).statusCode).toBe(303);
    const { change, letters: byDay } = await drafted();
    expect(change).toMatchObject({ since: 1, reason: DATES.reason });
    expect(check).toContain(`Letters that move ${change!.moved} `);
    expect(check).toContain(`Letters that keep their day and name the new deadline ${change!.reworded} `);
    expect(check).toContain(`Letters that appear ${change!.added} `);
    expect(check).toContain(`Letters left out ${change!.removed} `);
    const total = change!.moved + change!.reworded + change!.added + change!.removed;
    expect(check).toContain(`ask the 2 Coordinators about ${total} letters`);
    expect(total).toBeGreaterThan(100);
    const [first] = byDay;
    expect(check).toMatch(new RegExp(`Leaves on Letter Letters \\d+ \\w+ 2027 [^0-9]+ ${first!.count} `));
  });

  it('are told on the page of the cycle in one sentence', async () => {
    const { body } = await stage.get('/cycles/2027');
    expect(plain(body)).toContain('The hall is taken. Deadline 15 June 2027.');
  });
});

/** The version the engine drafts of what was just moved. */
async function drafted() {
  const { records, treaty } = stage;
  const { id: changeId } = await records.dateChange.findFirstOrThrow({ where: { caseId: CYCLE } });
  const outside = { post: {} as never, engine: {} as never, baseUrl: 'http://localhost', mailFrom: MAIL_FROM };
  const { draftPlan } = createActivities({ records, treaty, letters, ...outside });
  const draft = { cycleId: CYCLE, version: 2, changeId, now: NOW.getTime() };
  await new MockActivityEnvironment().run(draftPlan as never, draft as never);
  return planSummary(await records.approval.findFirstOrThrow({ where: { caseId: CYCLE, version: 2 } }));
}
