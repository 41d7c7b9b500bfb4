import { askIsu, type ConsoleStage, openConsole } from '../support/console.ts';

let stage: ConsoleStage;
beforeAll(async () => {
  stage = await openConsole();
});
afterAll(async () => {
  await stage.close();
});

const HND = 'ccm/2027/report-intake/HND';
const PDF = Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n');

describe('An officer settles a task', () => {
  const refused = () => stage.records.task.findFirstOrThrow({ where: { kind: 'letterRefused', doneAt: null } });

  it('is asked for an answer when none was chosen, and loses nothing that was typed', async () => {
    const { id } = await refused();
    const { statusCode, body } = await stage.post(`/tasks/${id}`, { note: 'They moved' }, 'officer');
    expect(statusCode).toBe(422);
    expect(body).toContain('Choose one of the answers.');
    expect(body).toContain('They moved');
    expect(body).not.toMatch(/type="radio"[^>]*checked/);
  });

  it('checks once more before a letter leaves again', async () => {
    const { id } = await refused();
    const check = await stage.post(`/tasks/${id}`, { answer: 'sendAgain', note: 'New address' }, 'officer');
    expect(check.body).toContain('Send 1 letter again');
    expect(await stage.records.taskAnswer.count({ where: { taskId: id } })).toBe(0);
    const done = await stage.post(
      `/tasks/${id}`,
      { answer: 'sendAgain', note: 'New address', checked: 'yes' },
      'officer',
    );
    expect(done.headers['location']).toBe('/tasks');
    const answer = await stage.records.taskAnswer.findFirstOrThrow({ where: { taskId: id } });
    expect(answer).toMatchObject({ answer: 'sendAgain', note: 'New address', personId: stage.people.officer });
    expect(
      await stage.records.outbox.count({
        where: {
          name: 'taskAnswered',
          workflowId: (await stage.records.task.findUniqueOrThrow({ where: { id } })).caseId,
        },
      }),
    ).toBe(1);
  });

  it('is told when it has been settled already', async () => {
    const id = await askIsu(stage, { caseId: HND, kind: 'replyReceived' });
    await stage.post(`/tasks/${id}`, { answer: 'noted' }, 'officer');
    const again = await stage.post(`/tasks/${id}`, { answer: 'noted' }, 'officer');
    expect(again.statusCode).toBe(409);
    expect((await stage.get(`/tasks/${id}`)).body).toContain('Nothing more to do');
  });
});

describe('An officer records a report that came by post', () => {
  const url = '/cases/report-intake/2027/HND';
  const file = { name: 'Informe.pdf', bytes: PDF };

  it.each([
    ['no file', { receivedOn: '2027-05-19' }, null, 'Choose a file.', 422],
    [
      'an empty file',
      { receivedOn: '2027-05-19' },
      { name: 'a.pdf', bytes: Buffer.alloc(0) },
      'The file is empty.',
      422,
    ],
    ['a picture', { receivedOn: '2027-05-19' }, { name: 'a.png', bytes: Buffer.from('x') }, 'Only PDF and Word', 415],
    ['a day to come', { receivedOn: '2027-05-21' }, file, 'That day has not come yet.', 422],
    ['a day before the case', { receivedOn: '2020-01-01' }, file, 'lies before this case was opened', 422],
    ['no day', { receivedOn: '31 May' }, file, 'Give the day the report reached the office.', 422],
  ])('is told what is wrong with %s, and the case is untouched', async (_, fields, given, sentence, status) => {
    const { statusCode, body } = await stage.upload(url, { ...fields, note: 'In the bag' }, given);
    expect([statusCode, body.includes(sentence), body.includes('In the bag')]).toEqual([status, true, true]);
    expect(await stage.records.submission.count({ where: { caseId: HND } })).toBe(0);
  });

  it('files it with the day it reached the office', async () => {
    const { statusCode, headers } = await stage.upload(url, { receivedOn: '2027-04-30', note: 'In the bag' }, file);
    expect([statusCode, headers['location']]).toEqual([303, url]);
    const submission = await stage.records.submission.findFirstOrThrow({ where: { caseId: HND } });
    expect(submission).toMatchObject({
      door: 'post',
      fileName: 'Informe.pdf',
      note: 'In the bag',
      personId: stage.people.officer,
    });
    expect(submission.receivedAt.toISOString()).toBe('2027-04-30T10:00:00.000Z');
    expect((await stage.get(url)).body).toContain('Informe.pdf');
  });

  it('may not be done by an auditor', async () => {
    expect((await stage.upload(url, { receivedOn: '2027-05-19' }, file, 'auditor')).statusCode).toBe(403);
  });
});

describe('An admin', () => {
  it('sees every letter of the year before the cycle is opened', async () => {
    const { body } = await stage.get('/cycles');
    expect(body).toContain(
      'Open the cycle of 2028: ask the 2 Coordinators to approve 896 letters to 112 States Parties',
    );
    expect(body).toContain('assumed');
  });

  it('opens the cycle once', async () => {
    expect((await stage.post('/cycles', { year: '2028' })).headers['location']).toBe('/cycles/2028');
    const opening = await stage.records.outbox.findFirstOrThrow({ where: { kind: 'start' } });
    expect(opening).toMatchObject({ workflowId: 'ccm/2028/cycle', name: 'annualCycle' });
    expect(opening.payload).toMatchObject({ caseId: 'ccm/2028/cycle', year: 2028, openedBy: stage.people.admin });
    expect((await stage.get('/cycles/2028')).body).toContain('The cycle is being opened.');
    expect((await stage.post('/cycles', { year: '2028' })).statusCode).toBe(409);
    expect((await stage.post('/cycles', { year: '2040' })).statusCode).toBe(422);
  });

  it('sees which letters would move before moved dates count', async () => {
    const wish = { deadlineOn: '2027-04-30', meetingOn: '2027-09-28', reason: 'The hall is taken' };
    const check = await stage.post('/cycles/2027/dates', wish);
    expect(check.body).toContain('Tuesday 28 September 2027 (was 14 September 2027)');
    expect(check.body).toMatch(/Move the dates: ask the 2 Coordinators about \d+ letters/);
    expect(await stage.records.dateChange.count()).toBe(0);
    await stage.post('/cycles/2027/dates', { ...wish, checked: 'yes' });
    const change = await stage.records.dateChange.findFirstOrThrow();
    expect(change).toMatchObject({ deadlineOn: '', meetingOn: '2027-09-28', reason: 'The hall is taken' });
    expect((await stage.get('/cycles/2027')).body).toContain('The hall is taken');
  });

  it.each([
    [{ deadlineOn: '2027-02-30', meetingOn: '2027-09-28', reason: 'x' }, 'Give the day annual reports are due.'],
    [{ deadlineOn: '2028-04-30', meetingOn: '2027-09-28', reason: 'x' }, 'The deadline of this cycle lies in 2027.'],
    [{ deadlineOn: '2027-05-31', meetingOn: '2027-05-01', reason: 'x' }, 'The meeting comes after the deadline.'],
    [{ deadlineOn: '2027-05-31', meetingOn: '2027-09-21', reason: ' ' }, 'Say why'],
    [{}, 'Give the day annual reports are due.'],
  ])('is told what is wrong with the dates %j', async (wish, sentence) => {
    const { statusCode, body } = await stage.post('/cycles/2027/dates', wish as Record<string, string>);
    expect([statusCode, body.includes(sentence)]).toEqual([422, true]);
  });
});

describe('Before the first cycle', () => {
  it('the board says what will come, and an admin opens the cycle from there', async () => {
    const empty = await openConsole({ seeded: false });
    const { body } = await empty.get('/board');
    expect(body).toContain('No cycle is open yet');
    expect(body).toContain('Open the cycle of 2027');
    expect((await empty.get('/board', 'officer')).body).toContain('An admin of the ISU opens it.');
    for (const url of ['/calendar', '/tasks', '/tray', '/cycles', '/register', '/about'])
      expect((await empty.get(url)).statusCode).toBe(200);
    await empty.close();
  });
});
