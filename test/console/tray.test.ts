import { createHash, randomUUID } from 'node:crypto';
import MailComposer from 'nodemailer/lib/mail-composer';
import { quotedCases, suggestCases } from '../../web/presenters/tray.ts';
import { type ConsoleStage, NOW, openConsole } from '../support/console.ts';

let stage: ConsoleStage;
beforeAll(async () => {
  stage = await openConsole();
});
afterAll(() => stage.close());

const HND = 'ccm/2027/report-intake/HND';
const CLOSED = 'ccm/2026/report-intake/HND';
const PDF = '%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n';
const MACROS = { fileName: 'list.xlsx', size: 9, refusal: 'Only PDF and Word (DOCX) files can be received here.' };

type Lying = { sender?: string; subject?: string; caseId?: string | null; names?: string[] };

/** A mail that lies in the tray with these files. Returns its id. */
async function lies({ sender = 'm@who.example', subject = 'Report', caseId = null, names = [] }: Lying = {}) {
  const attachments = names.map((filename) => ({ filename, content: filename.endsWith('.pdf') ? PDF : 'no report' }));
  const raw = await new MailComposer({ from: sender, to: 'isu@isu.example', subject, text: randomUUID(), attachments })
    .compile()
    .build();
  const sha256 = createHash('sha256').update(raw).digest('hex');
  const document = { sha256, bytes: new Uint8Array(raw), mediaType: 'message/rfc822', size: raw.length };
  await stage.records.document.create({ data: { ...document, createdAt: NOW } });
  const files = names.map((fileName) =>
    fileName.endsWith('.pdf') ? { fileName, size: PDF.length, refusal: null } : { ...MACROS, fileName },
  );
  const id = randomUUID();
  const uid = BigInt(Date.now()) * 1000n + BigInt(await stage.records.inboundMail.count());
  const said = { messageId: null, sender, subject, text: 'Excellency,', trayWhy: 'It holds files.' };
  const mail = { id, mailbox: 'INBOX', uid, caseId, documentId: sha256, files, receivedAt: NOW, ...said };
  await stage.records.inboundMail.create({ data: mail });
  return id;
}

const files = (id: string, fields: { case: string; as?: string }, role: 'officer' | 'auditor' = 'officer') =>
  stage.post(`/tray/${id}`, { [`case-${id}`]: fields.case, ...(fields.as ? { [`as-${id}`]: fields.as } : {}) }, role);
const mailOf = (id: string) => stage.records.inboundMail.findUniqueOrThrow({ where: { id } });
const reportsOf = (caseId: string) => stage.records.submission.findMany({ where: { caseId } });

/** What stands on the page about one mail. */
async function article(id: string): Promise<string> {
  const { body } = await stage.get('/tray', 'officer');
  return body.slice(body.indexOf(`id="m${id}"`)).split('</article>')[0]!;
}

describe('A mail in the tray', () => {
  it('is proposed for the State Party its subject names', async () => {
    const { id } = await stage.records.inboundMail.findFirstOrThrow({ where: { trayWhy: { contains: 'register' } } });
    const proposals = (await article(id)).match(/Proposed: [^.]+\./g)!.map((each) => each.replace(/<[^>]+>/g, ''));
    expect(proposals).toEqual([
      "Proposed: Côte d'Ivoire, annual report, 2027, because its subject names it.",
      "Proposed: Côte d'Ivoire, annual report, 2026, because its subject names it.",
    ]);
  });

  it('is filed on a proposed case by one click', async () => {
    const id = await lies({ subject: 'Re: report-intake/2027/HND' });
    const text = await article(id);
    expect(text).toContain('because it quotes its reference');
    const [, value] = new RegExp(`<button[^>]*name="as-${id}" value="([^"]+)"`).exec(text)!;
    expect(text).toContain(`name="case-${id}" value="${HND}"`);
    expect((await files(id, { case: HND, as: value })).headers['location']).toBe('/tray');
    expect(await mailOf(id)).toMatchObject({ caseId: HND, filedAt: NOW, trayWhy: null });
    expect(await article(id)).not.toContain('Re: report-intake/2027/HND');
  });

  it('of two files has the chosen one filed as the report, once, and keeps the other', async () => {
    const id = await lies({ caseId: HND, names: ['annex.pdf', 'report.pdf'] });
    expect(await article(id)).toContain('File “<bdi>report.pdf</bdi>” as the report');
    const twice = await Promise.all([files(id, { case: HND, as: '1' }), files(id, { case: HND, as: '1' })]);
    expect(new Set(twice.map(({ statusCode }) => statusCode))).toEqual(new Set([303, 409]));
    expect(await reportsOf(HND)).toMatchObject([
      { fileName: 'report.pdf', door: 'email', personId: stage.people.officer, receivedAt: NOW },
    ]);
    const other = await stage.get(`/mails/${id}/files/0`, 'officer');
    expect(other.headers).toMatchObject({
      'content-disposition': expect.stringContaining('attachment; filename="annex.pdf"'),
      'x-content-type-options': 'nosniff',
    });
    expect(other.body).toBe(PDF);
    expect((await stage.get('/cases/report-intake/2027/HND')).body).toContain(`/mails/${id}/files/0`);
  });

  it('with a file that cannot be received says so, and a click on it files nothing', async () => {
    const id = await lies({ names: ['list.xlsx'] });
    expect(await article(id)).toContain('Only PDF and Word (DOCX) files can be received here.');
    const { statusCode, body } = await files(id, { case: HND, as: '0' });
    expect(statusCode).toBe(422);
    expect(body).toContain('This file cannot be received as the report. Only PDF and Word');
    expect(await mailOf(id)).toMatchObject({ filedAt: null });
    expect((await stage.get(`/mails/${id}/files/0`, 'officer')).statusCode).toBe(415);
    expect((await stage.get(`/mails/${id}/files/7`, 'officer')).statusCode).toBe(404);
    expect((await files(id, { case: HND, as: '7' })).statusCode).toBe(422);
  });

  it('asks for what was not said, and keeps what was', async () => {
    const id = await lies();
    const unsaid = await files(id, { case: HND });
    expect(unsaid.body).toContain('Say whether it carries the report.');
    expect(unsaid.body).toMatch(new RegExp(`value="${HND}" selected`));
    expect((await files(id, { case: '', as: 'letter' })).body).toContain('Choose the case it belongs to.');
    expect((await files(id, { case: 'ccm/2099/report-intake/HND', as: 'letter' })).statusCode).toBe(404);
    expect((await files(id, { case: HND, as: 'letter' }, 'auditor')).statusCode).toBe(403);
    expect(await mailOf(id)).toMatchObject({ filedAt: null });
  });

  it('is answered from the office’s own mailbox, whoever wrote it', async () => {
    const id = await lies({ sender: 'x?bcc=all@evil.example', subject: 'Report & annex' });
    expect(await article(id)).toContain(
      'href="mailto:x%3Fbcc%3Dall@evil.example?subject=Re%3A%20Report%20%26%20annex"',
    );
  });

  it('of a closed case can be kept with it, and says that no letter of receipt follows', async () => {
    await stage.records.case.updateMany({ where: { id: CLOSED }, data: { closedAt: NOW } });
    const id = await lies({ caseId: CLOSED, names: ['report.pdf'] });
    const text = await article(id);
    expect(text).toMatch(/Proposed: <strong>Honduras, annual report, 2026 \(closed\)/);
    expect(text).toContain('no letter of receipt follows: the case is closed');
    await files(id, { case: CLOSED, as: '0' });
    expect(await mailOf(id)).toMatchObject({ caseId: CLOSED, filedAt: NOW });
  });
});

describe('What a State Party wrote without a report', () => {
  it('makes its case one that needs a person, and stands on the page of tasks, until it is filed', async () => {
    const needs = async () => (await stage.get('/board?year=2027&show=needs', 'officer')).body.includes('El Salvador');
    const SLV = 'ccm/2027/report-intake/SLV';
    await stage.records.task.deleteMany({ where: { caseId: SLV } });
    expect(await needs()).toBe(false);
    const id = await lies({ caseId: SLV, subject: 'The report will come in June' });
    expect(await needs()).toBe(true);
    const { body } = await stage.get('/tasks', 'officer');
    expect(body).toContain(`href="/tray#m${id}"`);
    expect(body).toContain('The report will come in June');
    await files(id, { case: SLV, as: 'letter' });
    expect(await needs()).toBe(false);
    expect((await stage.get('/tasks', 'officer')).body).not.toContain('The report will come in June');
  });
});

describe('A fact that does not reach its case', () => {
  it('stands on the page of tasks with its reason and its case, until it has arrived', async () => {
    const id = randomUUID();
    const fact = { id, workflowId: 'ccm/2027/report-intake/SLV', kind: 'signal', name: 'reportReceived', payload: {} };
    await stage.records.outbox.create({ data: { ...fact, attempts: 5, lastError: 'CaseNotRunning' } });
    const { body } = await stage.get('/tasks', 'officer');
    expect(body).toContain('1 fact has not reached its case since');
    expect(body).toContain('the workflow engine does not run the case, though it is not closed. Nothing is lost');
    expect(body).toContain('href="/cases/report-intake/2027/SLV"');
    await stage.records.outbox.update({ where: { id }, data: { deliveredAt: NOW } });
    expect((await stage.get('/tasks', 'officer')).body).not.toContain('has not reached its case');
  });
});

describe('The cases proposed for a mail', () => {
  const cases = [
    { id: HND, stateParty: 'HND', closedAt: null },
    { id: `${HND}/initial`, stateParty: 'HND', closedAt: null },
    { id: CLOSED, stateParty: 'HND', closedAt: NOW },
    { id: 'ccm/2027/report-intake/SLV', stateParty: 'SLV', closedAt: null },
  ];
  const contacts = [{ stateParty: 'HND', email: 'mision@hnd.example' }];
  type Mail = Parameters<typeof suggestCases>[0]['mail'];
  const mail: Mail = { sender: 'someone@else.example', subject: '', text: '', caseId: null };
  const proposed = (differently: Partial<Mail>) =>
    suggestCases({ mail: { ...mail, ...differently }, contacts, treaty: stage.treaty, cases }).map(
      ({ case: { id }, because }) => `${id.replace('ccm/', '')}: ${because}`,
    );

  it.each<[string, Partial<Mail>, string[]]>([
    ['nothing points to one', {}, []],
    [
      'its sender is in the register',
      { sender: 'Mision@HND.example' },
      [
        '2027/report-intake/HND: its address is in the register',
        '2027/report-intake/HND/initial: its address is in the register',
      ],
    ],
    [
      'the register knows its domain',
      { sender: 'other@hnd.example' },
      [
        '2027/report-intake/HND: the register knows others at hnd.example',
        '2027/report-intake/HND/initial: the register knows others at hnd.example',
      ],
    ],
    [
      'it quotes a reference, of this year or the last',
      { text: 'Ref. report-intake/2026/HND, report-intake/2027/SLV.' },
      [
        '2027/report-intake/SLV: it quotes its reference',
        '2027/report-intake/HND: it quotes the reference of a letter',
        '2027/report-intake/HND/initial: it quotes the reference of a letter',
      ],
    ],
    [
      'it answers a letter of a closed case',
      { caseId: CLOSED, sender: 'mision@hnd.example' },
      [
        '2027/report-intake/HND: its address is in the register',
        '2027/report-intake/HND/initial: its address is in the register',
        '2026/report-intake/HND: its address is in the register',
      ],
    ],
    ['it answers a letter', { caseId: HND }, ['2027/report-intake/HND: it answers one of its letters']],
  ])('are told with the reason when %s', (_when, differently, expected) => {
    expect(proposed(differently)).toEqual(expected);
  });

  it('are found in a hundred thousand characters of nonsense in no time', () => {
    const started = Date.now();
    for (const text of ['a-'.repeat(50_000), 'a'.repeat(100_000), 'ab/1999/'.repeat(12_500)])
      quotedCases({ mail: { ...mail, text }, treaty: stage.treaty });
    expect(Date.now() - started).toBeLessThan(1_000);
  });
});
