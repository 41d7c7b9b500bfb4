import { openSecretariat, reportCase, type Secretariat, treatyOf } from '../support/secretariat.ts';

let secretariat: Secretariat;

/** The plan is approved; a report is awaited from each of these States. */
async function awaits(...given: Parameters<typeof treatyOf>): Promise<void> {
  secretariat = await openSecretariat({ treaty: treatyOf(...given) });
  await secretariat.opensCycle();
  await secretariat.bothApprove();
}

async function outcomeOf(iso3: string): Promise<string | null> {
  return (await secretariat.caseOf(iso3)).outcome;
}

describe('a report that comes by another door', () => {
  beforeAll(async () => {
    await awaits(['ESP', 'FRA', 'LAO']);
    await secretariat.passTo('2031-04-28');
  });
  afterAll(() => secretariat.close());

  const tray = () => secretariat.records.inboundMail.findMany({ orderBy: { uid: 'asc' } });

  it('by an answer to our letter is filed from its attachment and acknowledged', async () => {
    await secretariat.replies('FRA');
    const { submissions } = await secretariat.caseOf('FRA');
    expect(submissions).toMatchObject([{ version: 1, door: 'email' }]);
    expect((await secretariat.sentTo('FRA')).at(-1)).toBe('2031-04-28 receipt');
    expect(await tray()).toMatchObject([{ caseId: reportCase('FRA'), trayWhy: null }]);
    expect((await secretariat.timeline(reportCase('FRA'))).slice(-4)).toEqual([
      'reported',
      'wroteToUs',
      'wrote',
      'sent',
    ]);
  });

  it('lies in the tray when the answer has no attachment, and the State goes on being reminded', async () => {
    await secretariat.replies('LAO', []);
    expect((await tray()).at(-1)).toMatchObject({
      caseId: reportCase('LAO'),
      trayWhy: 'It holds no report. Read it and answer.',
      filedAt: null,
    });
    expect((await secretariat.caseOf('LAO')).submissions).toEqual([]);
    await secretariat.passTo('2031-05-07');
    expect((await secretariat.sentTo('LAO')).at(-1)).toBe('2031-05-07 overdue');
  });

  it('lies in the tray when the attachment cannot be received, with the reason', async () => {
    await secretariat.replies('LAO', [{ filename: 'report.pdf', content: 'not a PDF at all' }]);
    expect((await tray()).at(-1)!.trayWhy).toMatch(/^An attachment could not be received. report.pdf: /);
    expect((await secretariat.caseOf('LAO')).submissions).toEqual([]);
  });

  it('lies in the tray, as it came, when the mail itself cannot be read', async () => {
    const head = 'From: mission@lao.example\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n';
    await secretariat.mailComes('LAO', `${head}cut off in the middle of`);
    const mail = (await tray()).at(-1)!;
    expect(mail).toMatchObject({ caseId: null, filedAt: null });
    expect(mail.trayWhy).toContain('cut off or broken');
    const { bytes } = await secretariat.records.document.findUniqueOrThrow({ where: { sha256: mail.documentId } });
    expect(Buffer.from(bytes).toString()).toContain('cut off in the middle of');
  });

  it('by post counts from the day it reached the office, also when it is filed later', async () => {
    await secretariat.reports('ESP', { version: 2 });
    await secretariat.reportsByPost('ESP', { arrivedOn: '2031-04-29' });
    expect(await secretariat.lastTo('ESP')).toContain('martes 29 de abril de 2031 a las 12:00');
    await secretariat.passTo('2031-07-07');
    expect(await outcomeOf('ESP')).toBe('on time');
  });

  it('in an answer of a Coordinator is no report: it is read by a person', async () => {
    const { email } = secretariat.coordinators[0]!;
    await secretariat.replies('LAO', undefined, email);
    const mail = (await tray()).at(-1)!;
    expect(mail).toMatchObject({ sender: email, filedAt: null });
    expect(mail.trayWhy).not.toBeNull();
    expect(await secretariat.records.submission.count({ where: { case: { caseType: 'annual-cycle' } } })).toBe(0);
  });
});

describe('a report that comes after its case has closed', () => {
  beforeAll(async () => {
    await awaits(['FRA', 'LAO']);
    await secretariat.passTo('2031-10-02');
  });
  afterAll(() => secretariat.close());

  it('by the link of a letter is kept without a letter of receipt, and put before the ISU', async () => {
    await secretariat.reports('LAO');
    const { submissions, outcome } = await secretariat.caseOf('LAO');
    expect(submissions).toMatchObject([{ version: 1, door: 'link' }]);
    expect(outcome).toBe('not received by the cut-off');
    expect((await secretariat.sentTo('LAO')).filter((letter) => letter.endsWith('receipt'))).toEqual([]);
    expect(await secretariat.tasks()).toEqual(['noReceipt']);
  });

  it('by an answer to our letter lies in the tray, with the case it answers', async () => {
    await secretariat.replies('FRA');
    const [mail] = await secretariat.records.inboundMail.findMany();
    const trayWhy = 'It answers a letter of a case that is closed: report-intake/2031/FRA.';
    expect(mail).toMatchObject({ caseId: reportCase('FRA'), trayWhy, filedAt: null });
    expect((await secretariat.caseOf('FRA')).submissions).toEqual([]);
  });
});
