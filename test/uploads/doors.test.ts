import { randomUUID } from 'node:crypto';
import MailComposer from 'nodemailer/lib/mail-composer';
import { pino } from 'pino';
import { recordFiling } from '../../adapters/filing.ts';
import { createIncomingFiles } from '../../adapters/incoming-file.ts';
import { createIncoming } from '../../worker/incoming.ts';
import { type ConsoleStage, openConsole } from '../support/console.ts';
import { CASE, type Ledger, openLedger } from '../support/ledger.ts';
import { type FakeClamd, fakeClamd } from './fake-clamd.ts';
import { pdfOf } from './pdf.ts';

const NOW = new Date('2031-02-01T08:00:00Z');
const MISSION = 'mission@lao.example';
const SCRIPT = pdfOf({ objects: ['<< /S /JavaScript /JS (x) >>'] });
const UNCHECKED = 'The file could not be checked for viruses now.';

describe('a report by mail', () => {
  let ledger: Ledger;
  let clamd: FakeClamd;

  beforeEach(async () => {
    ledger = await openLedger();
    const how = { kind: 'mission', name: 'Mission', language: 'en', certainty: 'invented', since: NOW };
    await ledger.records.contact.create({ data: { id: randomUUID(), stateParty: 'LAO', email: MISSION, ...how } });
  });
  afterEach(async () => {
    await clamd.close();
    await ledger.close();
  });

  async function mailComes(): Promise<void> {
    const attachments = [{ filename: 'report.pdf', content: SCRIPT }];
    const written = { from: MISSION, to: 'isu@isu.example', subject: 'Report', text: 'With compliments.', attachments };
    const raw = await new MailComposer(written).compile().build();
    const mail = { mailbox: 'INBOX', uid: 1, raw, size: raw.length, receivedAt: NOW };
    const files = createIncomingFiles({ maxBytes: 1_000_000, clamdUrl: clamd.url });
    const policy = { upload: { maxBytes: 1_000_000, maxFiles: 3 } } as never;
    const parts = { inbox: { fetchAfter: async () => [mail] }, clock: { now: () => NOW }, policy };
    await createIncoming({ records: ledger.records, files, ...parts, log: pino({ level: 'silent' }) }).collect();
    files.close();
  }

  it('is filed with its cautions when the virus check lets it pass', async () => {
    clamd = await fakeClamd({ manner: { text: 'stream: OK\0' } });
    await mailComes();
    expect(await ledger.records.submission.findMany()).toMatchObject([{ caseId: CASE, cautions: ['script'] }]);
    expect(clamd.received.map((bytes) => bytes.equals(SCRIPT))).toEqual([true]);
  });

  it.each([
    ['does not answer', { text: '', ends: true }, UNCHECKED],
    ['finds something', { text: 'stream: Eicar FOUND\0' }, 'The virus check found something in the file.'],
  ])('lies in the tray, and nothing is filed, when the virus check %s', async (_, manner, sentence) => {
    clamd = await fakeClamd({ manner });
    await mailComes();
    expect(await ledger.records.submission.count()).toBe(0);
    const [mail] = await ledger.records.inboundMail.findMany();
    expect(mail!.trayWhy).toContain(sentence);
    expect(mail!.filedAt).toBeNull();
  });

  it('is checked again when an officer files it from the tray', async () => {
    clamd = await fakeClamd({ manner: { text: '', ends: true } });
    await mailComes();
    const { id: mailId } = await ledger.records.inboundMail.findFirstOrThrow();
    const filing = { records: ledger.records, now: NOW, mailId, caseId: CASE, personId: ledger.ana, report: 0 };
    const files = createIncomingFiles({ maxBytes: 1_000_000, clamdUrl: clamd.url });
    await expect(recordFiling({ ...filing, files })).rejects.toMatchObject({ code: 'fileUnchecked' });
    files.close();
    await clamd.close();
    clamd = await fakeClamd({ manner: { text: 'stream: OK\0' } });
    const again = createIncomingFiles({ maxBytes: 1_000_000, clamdUrl: clamd.url });
    await recordFiling({ ...filing, files: again });
    again.close();
    expect(await ledger.records.submission.findMany()).toMatchObject([{ caseId: CASE, cautions: ['script'] }]);
  });
});

describe('a report by post', () => {
  let stage: ConsoleStage;
  beforeAll(async () => {
    stage = await openConsole();
  });
  afterAll(() => stage.close());

  it('says on the page of its case that it needs a person, and why', async () => {
    const url = '/cases/report-intake/2027/HND';
    const sound = { name: 'sound.pdf', bytes: pdfOf() };
    await stage.upload(url, { receivedOn: '2027-05-19', note: '' }, sound);
    expect((await stage.get(url)).body).not.toContain('Needs a person');
    await stage.upload(url, { receivedOn: '2027-05-19', note: '' }, { name: 'script.pdf', bytes: SCRIPT });
    const { body } = await stage.get(url);
    expect(body).toContain('<strong>Needs a person.</strong> It holds a script. Open it with care.');
  });
});
