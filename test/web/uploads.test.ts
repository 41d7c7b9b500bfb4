import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { seedReportCase, seedUploadLink } from '../support/seed.ts';
import { openSite, type Site } from '../support/site.ts';
import { docxOf, PDF, zipOf } from '../support/zip.ts';

let site: Site;
let caseId: string;
let token: string;

beforeAll(async () => {
  site = await openSite();
  ({ caseId, token } = await seedReportCase(site, { iso3: 'LAO' }));
});

afterAll(() => site.close());

const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

async function send(file: { fileName: string; bytes: Buffer }, { link = token, fields = {} } = {}) {
  const visitor = site.visitor();
  return await visitor.submit(await visitor.get(`/u/${link}`), { fields, file: { mediaType: 'x/y', ...file } });
}

describe('the link of a letter', () => {
  it('says which report, for whom, due when, and that the official channel remains', async () => {
    const page = await site.visitor().get(`/u/${token}`);
    expect(page.status).toBe(200);
    for (const part of [
      "Lao People's Democratic Republic",
      'Article 7 report for 2027',
      'Sunday 30 April 2028',
      'ccm@un.org',
      'at most 25 MB',
    ])
      expect(page.text).toContain(part);
  });

  it.each([
    ['SEN', 'fr', 'Envoyer le rapport au titre de l’article 7 pour 2027'],
    ['PER', 'es', 'Enviar el informe en virtud del artículo 7 correspondiente a 2027'],
  ])('speaks the language of %s', async (iso3, language, title) => {
    const page = await site.visitor().get(`/u/${(await seedReportCase(site, { iso3 })).token}`);
    expect(page.root.querySelector('html')!.getAttribute('lang')).toBe(language);
    expect(page.root.querySelector('h1')!.text).toBe(title);
  });

  it('speaks of the initial report where that is asked for', async () => {
    const initial = await seedReportCase(site, { iso3: 'LAO', kind: 'initial' });
    expect((await site.visitor().get(`/u/${initial.token}`)).text).toContain('Send the Initial Article 7 report');
  });

  it('changes nothing when it is opened, or when a robot submits its form untouched', async () => {
    const before = await site.facts();
    for (let hit = 0; hit < 50; hit++) await site.app.inject({ method: hit % 2 ? 'GET' : 'HEAD', url: `/u/${token}` });
    const visitor = site.visitor();
    expect((await visitor.submit(await visitor.get(`/u/${token}`), {})).status).toBe(422);
    expect(await site.facts()).toEqual(before);
  });

  it.each(['>', '.', ')', ',', '%3E.', ').', '%C2%BB'])('is ours with a “%s” that was copied along', async (copied) => {
    expect((await site.visitor().get(`/u/${token}${copied}`)).text).toContain('Article 7 report for 2027');
  });

  it('is refused when it is not one of ours', async () => {
    const page = await site.visitor().get(`/u/${token.slice(0, -3)}abc`);
    expect(page.status).toBe(404);
    expect(page.text).toContain('This link is not one of ours');
  });

  it('at its end says so, and where the report can go', async () => {
    const expired = await seedUploadLink(site, { caseId, expiresAt: site.now });
    const page = await site.visitor().get(`/u/${expired}`);
    expect(page.status).toBe(410);
    expect(page.text).toContain('This link has expired');
    expect(page.text).toContain('The report is still welcome');
    const revoked = await seedUploadLink(site, { caseId });
    await site.records.link.update({ where: { selector: revoked.split('.')[0]! }, data: { revokedAt: site.now } });
    expect((await site.visitor().get(`/u/${revoked}`)).text).toContain('This link has been replaced');
  });
});

describe('a report that is received', () => {
  it('leads to a receipt with hash, time, version and reference, and to the case', async () => {
    const receipt = await send(
      { fileName: 'Rapport été العربية.pdf', bytes: PDF },
      { fields: { note: 'With compliments' } },
    );
    expect(receipt.status).toBe(200);
    expect(receipt.url).toContain('/receipt/');
    const [submission] = await site.records.submission.findMany({ where: { caseId } });
    expect(submission).toMatchObject({
      version: 1,
      door: 'link',
      fileName: 'Rapport été العربية.pdf',
      note: 'With compliments',
    });
    for (const part of [submission!.documentId, 'Friday 1 October 2027 at 10:00 (Geneva)', 'report-intake/2028/LAO'])
      expect(receipt.text).toContain(part);
    const [fact] = await site.records.outbox.findMany({ where: { workflowId: caseId } });
    expect(fact).toMatchObject({ name: 'reportReceived', kind: 'signal' });
  });

  it('is the next version when another follows, and the same one when it is sent twice', async () => {
    await send({ fileName: 'report.docx', bytes: docxOf() });
    await send({ fileName: 'report.docx', bytes: docxOf() });
    const submissions = await site.records.submission.findMany({ where: { caseId }, include: { document: true } });
    expect(submissions.map(({ version }) => version).sort((a, b) => a - b)).toEqual([1, 2]);
    expect(submissions.find(({ version }) => version === 2)!.document.mediaType).toBe(DOCX);
  });

  it('is welcome after its date', async () => {
    const late = await seedReportCase(site, { iso3: 'PER' });
    await site.records.case.update({ where: { id: late.caseId }, data: { dueAt: new Date('2027-09-30T20:00:00Z') } });
    expect((await site.visitor().get(`/u/${late.token}?lang=en`)).text).toContain('The report is still welcome');
  });

  it('shows until when it is received as the letters do, not how long the link lives', async () => {
    const closesAt = Date.parse('2028-09-30T21:59:59.999Z');
    const open = await seedReportCase(site, { iso3: 'PER' });
    await site.records.case.update({ where: { id: open.caseId }, data: { input: { schedule: { closesAt } } } });
    const { text } = await site.visitor().get(`/u/${open.token}?lang=en`);
    expect(text.replace(/\s+/g, ' ')).toContain('Reports are received until Saturday 30 September 2028 Reference');
    expect(text).not.toContain('this link still takes one');
  });

  it('after the case has been closed is filed for the ISU, and both pages say that no letter follows', async () => {
    const late = await seedReportCase(site, { iso3: 'LAO', kind: 'initial', closedAt: site.now });
    const page = await site.visitor().get(`/u/${late.token}`);
    expect(page.text).toContain('it is filed for the Implementation Support Unit and kept with the case');
    const receipt = await send({ fileName: 'a.pdf', bytes: PDF }, { link: late.token });
    expect(receipt.text).toContain('The report has been received');
    expect(receipt.text).toContain('no letter of receipt follows. This page is the receipt');
    expect(receipt.text).not.toContain('A receipt follows by email');
    expect(await site.records.task.findMany({ where: { caseId: late.caseId } })).toMatchObject([{ kind: 'noReceipt' }]);
  });

  it('shows its receipt to nobody who holds the link of another case', async () => {
    const { id } = await site.records.submission.findFirstOrThrow({ where: { caseId } });
    const other = await seedReportCase(site, { iso3: 'SEN' });
    const visitor = site.visitor();
    const { url } = await visitor.get(`/u/${other.token}`);
    expect((await visitor.get(url.replace('/report', `/receipt/${id}`))).status).toBe(404);
    expect((await visitor.get(url.replace('/report', '/receipt/%00'))).status).toBe(404);
  });
});

const template = (target: string) =>
  `<Relationships><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate" Target="${target}" TargetMode="External"/></Relationships>`;
const settings = (content: string) => docxOf({ name: 'word/_rels/settings.xml.rels', content });
const manyParts = Array.from({ length: 2_001 }, (_, part) => ({ name: `word/p${part}.xml` }));

describe('a file that is refused leaves nothing behind, and the form comes again', () => {
  it.each<[string, string, Buffer, number, string]>([
    ['empty', 'a.pdf', Buffer.alloc(0), 422, 'The file is empty.'],
    [
      'larger than 25 MB',
      'a.pdf',
      Buffer.alloc(26_214_401, '%PDF-1.7 '),
      413,
      'The file is larger than can be received here.',
    ],
    ['a web page', 'a.html', Buffer.from('<html>'), 415, 'Only PDF and Word (DOCX) files'],
    ['a spreadsheet', 'a.xlsx', zipOf([{ name: 'xl/workbook.xml' }]), 415, 'Only PDF and Word (DOCX) files'],
    ['a program renamed', 'a.pdf', Buffer.from('MZ\u0090'), 415, 'The content of the file does not fit its name.'],
    ['a PDF named as a Word file', 'a.docx', PDF, 415, 'The content of the file does not fit its name.'],
    ['a Word file named as a PDF', 'a.pdf', docxOf(), 415, 'The content of the file does not fit its name.'],
    ['another zip named as a Word file', 'a.docx', zipOf([{ name: 'a.txt' }]), 415, 'does not fit its name.'],
    ['PDF and zip at once', 'a.pdf', Buffer.concat([PDF, docxOf()]), 415, 'does not fit its name.'],
    ['a PDF cut off', 'a.pdf', PDF.subarray(0, -8), 422, 'The file did not arrive whole.'],
    ['a Word file cut off', 'a.docx', docxOf().subarray(0, -30), 422, 'The file did not arrive whole.'],
    ['with macros', 'a.docx', docxOf({ name: 'word/vbaProject.bin' }), 415, 'The file holds macros'],
    ['with an OLE object', 'a.docx', docxOf({ name: 'word/embeddings/oleObject1.bin' }), 415, 'The file holds macros'],
    [
      'with a template on a server',
      'a.docx',
      settings(template('https://evil.example/x.dotm')),
      415,
      'The file holds macros',
    ],
    [
      'with a template on a share',
      'a.docx',
      settings(template('file:///\\\\host\\x.dotm')),
      415,
      'The file holds macros',
    ],
    ['with a document type', 'a.docx', settings('<!DOCTYPE x [<!ENTITY a "b">]>'), 415, 'The file holds macros'],
    ['2,001 entries', 'a.docx', docxOf(...manyParts), 415, 'The file holds macros'],
    [
      'two documents in one',
      'a.docx',
      docxOf({ name: 'word/document.xml' }, { name: 'word/document.xml' }),
      415,
      'The file holds macros',
    ],
    ['a name that climbs', 'a.docx', docxOf({ name: '../evil.xml' }), 415, 'The file holds macros'],
    ['a name from the root', 'a.docx', docxOf({ name: '/etc/passwd' }), 415, 'The file holds macros'],
    ['encrypted', 'a.docx', docxOf({ name: 'word/a.xml', flag: 1 }), 415, 'The file holds macros'],
    ['a symbolic link', 'a.docx', docxOf({ name: 'word/a.xml', mode: 0o120_777 }), 415, 'The file holds macros'],
    [
      'a zip bomb',
      'a.docx',
      docxOf({ name: 'word/b.xml', content: Buffer.alloc(90_000_000) }),
      415,
      'The file holds macros',
    ],
    [
      'sizes that lie',
      'a.docx',
      docxOf({ name: '_rels/.rels', content: Buffer.alloc(4_000_000), claims: { size: 9 } }),
      415,
      'The file holds macros',
    ],
    [
      'more than there is',
      'a.docx',
      docxOf({ name: 'word/b.xml', claims: { size: 200_000_000, packed: 150_000_000 } }),
      415,
      'The file holds macros',
    ],
  ])('%s', async (_, fileName, bytes, status, sentence) => {
    const before = await site.facts();
    const page = await send({ fileName, bytes }, { fields: { note: 'Kept for the next try' } });
    expect(page.status).toBe(status);
    expect(page.text).toContain(sentence);
    expect(page.text).toContain('Nothing was stored. Choose the file again.');
    expect(page.root.querySelector('textarea')!.text).toContain('Kept for the next try');
    expect(await site.facts()).toEqual(before);
  });

  it('none chosen', async () => {
    const page = await send({ fileName: '', bytes: Buffer.alloc(0) });
    expect(page.status).toBe(422);
    expect(page.text).toContain('Choose a file.');
  });

  it.each([
    ['C:\\fake\\..\\report.pdf', 'report.pdf'],
    ['../../etc/report.pdf', 'report.pdf'],
    ['CON.pdf', '_CON.pdf'],
    ['a\u202Efdp.pdf', 'afdp.pdf'],
    [`${'x'.repeat(300)}.pdf`, `${'x'.repeat(150)}.pdf`],
    ['.pdf', '_.pdf'],
  ])('but a name is only cleaned: %s', async (fileName, kept) => {
    const bytes = Buffer.concat([PDF, Buffer.from(`% ${fileName}\n`)]);
    const receipt = await send({ fileName, bytes });
    expect(receipt.status).toBe(200);
    expect(receipt.text).toContain(kept);
  });

  it('a template on a drive of the author is only a name', async () => {
    const receipt = await send({ fileName: 'a.docx', bytes: settings(template('file:///C:\\Templates\\letter.dotx')) });
    expect(receipt.status).toBe(200);
  });
});

describe('a connection that breaks off in the middle', () => {
  it('stores nothing, and the site goes on', async () => {
    const visitor = site.visitor();
    const page = await visitor.get(`/u/${token}`);
    const action = page.root.querySelector('form')!.getAttribute('action')!.replaceAll('&amp;', '&');
    const [selector, secret] = token.split('.');
    const before = await site.facts();
    const head = [
      `POST ${action} HTTP/1.1`,
      'Host: localhost',
      `Origin: ${site.baseUrl}`,
      `Cookie: u-${selector}=${secret}`,
      'Content-Type: multipart/form-data; boundary=b',
      'Content-Length: 1000000',
      '',
      '--b\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n',
      PDF.toString(),
    ];
    const socket = connect(Number(new URL(site.baseUrl).port), '127.0.0.1');
    socket.write(head.join('\r\n'));
    await pause(300);
    socket.destroy();
    await pause(300);
    expect(await site.facts()).toEqual(before);
    expect((await site.visitor().get(`/u/${token}`)).status).toBe(200);
  });

  it('stores nothing of a form whose end is missing', async () => {
    const page = await site.visitor().get(`/u/${token}`);
    const url = page.root.querySelector('form')!.getAttribute('action')!;
    const [selector, secret] = token.split('.');
    const headers = {
      origin: site.baseUrl,
      cookie: `u-${selector}=${secret}`,
      'content-type': 'multipart/form-data; boundary=b',
    };
    const payload = `--b\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n${PDF.toString()} cut`;
    const before = await site.facts();
    const answer = await site.app.inject({ method: 'POST', url, headers, payload });
    expect(answer.statusCode).toBe(422);
    expect(answer.body).toContain('The file did not arrive whole.');
    expect(await site.facts()).toEqual(before);
  });

  it('takes no file from a page that is not ours', async () => {
    const page = await site.visitor().get(`/u/${token}`);
    const url = page.root.querySelector('form')!.getAttribute('action')!;
    const [selector, secret] = token.split('.');
    const headers = {
      origin: 'https://evil.example',
      cookie: `u-${selector}=${secret}`,
      'content-type': 'multipart/form-data; boundary=b',
    };
    expect((await site.app.inject({ method: 'POST', url, headers, payload: '--b--' })).statusCode).toBe(403);
    const own = { ...headers, origin: site.baseUrl };
    expect(
      (await site.app.inject({ method: 'POST', url: url.split('?')[0]!, headers: own, payload: '--b--' })).statusCode,
    ).toBe(403);
  });
});
