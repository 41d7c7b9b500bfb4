import { missionOf, openSecretariat, reportCase, type Secretariat, treatyOf } from '../support/secretariat.ts';

let secretariat: Secretariat;

/** The plan is approved; a report is awaited from each of these States. */
async function awaits(...given: Parameters<typeof treatyOf>): Promise<void> {
  secretariat = await openSecretariat({ treaty: treatyOf(...given) });
  await secretariat.opensCycle();
  await secretariat.bothApprove();
}

/** What the State was sent, as `day what`: the subject tells which letter it is. */
async function sentTo(iso3: string, about?: string): Promise<string[]> {
  const letters = await secretariat.letters({ to: missionOf(iso3), about });
  return letters.map(({ on, subject }) => `${on} ${WHAT.find(([word]) => subject.includes(word))![1]}`);
}

const WHAT: [string, string][] = [
  ['received with thanks', 'receipt'],
  ['reçu, avec les remerciements', 'receipt'],
  ['recibido', 'receipt'],
  ['invitation', 'invitation'],
  ['invitación', 'invitation'],
  ['courtesy reminder', 'reminder'],
  ['rappel de courtoisie', 'reminder'],
  ['recordatorio de cortesía', 'reminder'],
  ['still', 'overdue'],
  ['reste', 'overdue'],
  ['sigue', 'overdue'],
];

const lastTo = async (iso3: string) => {
  const letter = (await secretariat.letters({ to: missionOf(iso3) })).at(-1)!;
  return letter.text.replace(/\s+/g, ' ');
};

async function outcomeOf(iso3: string): Promise<string | null> {
  return (await secretariat.caseOf(iso3)).outcome;
}

describe('a report that is awaited', () => {
  beforeAll(() => awaits(['CIV', 'ESP', 'FRA', 'LAO']));
  afterAll(() => secretariat.close());

  it('is asked for on 2 December, in the language of the State', async () => {
    await secretariat.passTo('2030-12-02');
    const opening = async (iso3: string) => (await secretariat.letters({ to: missionOf(iso3) }))[0]!.subject;
    expect(await opening('LAO')).toMatch(/^Convention on Cluster Munitions: invitation .* by 30 April 2031 \[/);
    expect(await opening('FRA')).toMatch(/^Convention sur les armes à sous-munitions.: invitation .* 30 avril 2031 \[/);
    expect(await opening('ESP')).toMatch(
      /^Convención sobre Municiones en Racimo: invitación .* 30 de abril de 2031 \[/,
    );
    expect(await secretariat.caseOf('LAO')).toMatchObject({ waitingFor: 'stateParty', outcome: null });
  });

  it('is brought to mind on four days, each reminder dated and counted from its own day', async () => {
    await secretariat.passTo('2031-04-01');
    expect(await sentTo('LAO')).toEqual(['2030-12-02 invitation', '2031-01-30 reminder', '2031-03-31 reminder']);
    expect(await lastTo('LAO')).toContain('Geneva, 31 March 2031');
    expect(await lastTo('ESP')).toContain('Ginebra, 31 de marzo de 2031');
  });

  it('is acknowledged when it comes: what arrived, when, and its fingerprint', async () => {
    await secretariat.passTo('2031-04-10', '15:30');
    await secretariat.reports('FRA');
    const { documentId, fileName } = (await secretariat.caseOf('FRA')).submissions[0]!;
    expect(documentId).toMatch(/^[0-9a-f]{64}$/);
    const receipt = await lastTo('FRA');
    expect(receipt).toContain('jeudi 10 avril 2031 à 15:3');
    expect(receipt).toContain(fileName);
    expect(receipt.replaceAll(' ', '')).toContain(documentId);
    expect(await secretariat.timeline(reportCase('FRA'))).toEqual([
      'opened',
      ...Array(3).fill(['wrote', 'sent']).flat(),
      'reported',
      'wrote',
      'sent',
    ]);
  });

  it('stops the reminders once it is there', async () => {
    await secretariat.passTo('2031-04-28');
    expect(await sentTo('FRA')).toEqual([
      '2030-12-02 invitation',
      '2031-01-30 reminder',
      '2031-03-31 reminder',
      '2031-04-10 receipt',
    ]);
    expect((await sentTo('LAO')).slice(3)).toEqual(['2031-04-16 reminder', '2031-04-25 reminder']);
  });

  it('is the same version when the same file comes again, and a new one when another comes: the first is kept', async () => {
    await secretariat.reports('FRA');
    expect((await secretariat.caseOf('FRA')).submissions).toHaveLength(1);
    await secretariat.reports('FRA', { version: 2 });
    const { submissions } = await secretariat.caseOf('FRA');
    expect(submissions.map(({ version }) => version)).toEqual([1, 2]);
    expect((await sentTo('FRA')).slice(3)).toEqual(['2031-04-10 receipt', '2031-04-28 receipt']);
    expect((await lastTo('FRA')).replaceAll(' ', '')).toContain(submissions[1]!.documentId);
  });

  it('is on time until 23:59 of the deadline, Geneva time', async () => {
    await secretariat.passTo('2031-04-30', '23:50');
    await secretariat.reports('ESP');
    expect(await lastTo('ESP')).toContain('miércoles 30 de abril de 2031 a las 23:5');
    await secretariat.passTo('2031-05-01', '00:01');
    await secretariat.reports('CIV');
    expect(await lastTo('CIV')).toContain('jeudi 1er mai 2031 à 00:0');
  });

  it('is brought to mind on three days more when it has not come', async () => {
    await secretariat.passTo('2031-07-06', '12:00');
    expect((await sentTo('LAO')).slice(5)).toEqual(['2031-05-07 overdue', '2031-05-30 overdue', '2031-06-30 overdue']);
    expect(await lastTo('LAO')).toContain('Geneva, 30 June 2031');
  });

  it('is counted at the cut-off: on time, late, or not received', async () => {
    expect(await Promise.all(['CIV', 'ESP', 'FRA', 'LAO'].map(outcomeOf))).toEqual([null, null, null, null]);
    await secretariat.passTo('2031-07-07');
    expect(await outcomeOf('FRA')).toBe('on time');
    expect(await outcomeOf('ESP')).toBe('on time');
    expect(await outcomeOf('CIV')).toBe('late');
    expect(await outcomeOf('LAO')).toBe('not received by the cut-off');
    const { steps } = await secretariat.caseOf('LAO');
    expect(steps.find(({ step }) => step === 'report')).toMatchObject({ standing: 'missed' });
  });

  it('is still received and acknowledged after the cut-off; what was counted stays', async () => {
    await secretariat.passTo('2031-08-12');
    await secretariat.reports('LAO');
    expect((await sentTo('LAO')).at(-1)).toBe('2031-08-12 receipt');
    expect(await secretariat.caseOf('LAO')).toMatchObject({
      outcome: 'not received by the cut-off',
      waitingFor: 'nobody',
    });
    const { steps } = await secretariat.caseOf('LAO');
    expect(steps.find(({ step }) => step === 'report')).toMatchObject({ standing: 'done' });
  });

  it('closes with the cycle on 30 September, with nothing left to do', async () => {
    await secretariat.passTo('2031-10-01');
    const cases = await secretariat.records.case.findMany({ orderBy: { id: 'asc' } });
    expect(cases.map(({ outcome }) => outcome)).toEqual([
      'completed',
      'late',
      'on time',
      'on time',
      'not received by the cut-off',
    ]);
    expect(cases.every(({ closedAt }) => closedAt !== null)).toBe(true);
    expect(await secretariat.tasks()).toEqual([]);
    expect(await secretariat.records.letter.count({ where: { state: { not: 'sent' } } })).toBe(0);
  });
});

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
    expect((await sentTo('FRA')).at(-1)).toBe('2031-04-28 receipt');
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
    expect((await sentTo('LAO')).at(-1)).toBe('2031-05-07 overdue');
  });

  it('lies in the tray when the attachment cannot be received, with the reason', async () => {
    await secretariat.replies('LAO', [{ filename: 'report.pdf', content: 'not a PDF at all' }]);
    expect((await tray()).at(-1)!.trayWhy).toMatch(/^An attachment could not be received. report.pdf: /);
    expect((await secretariat.caseOf('LAO')).submissions).toEqual([]);
  });

  it('by post counts from the day it reached the office, also when it is filed later', async () => {
    await secretariat.reports('ESP', { version: 2 });
    await secretariat.reportsByPost('ESP', { arrivedOn: '2031-04-29' });
    expect(await lastTo('ESP')).toContain('martes 29 de abril de 2031 a las 12:00');
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

describe('a letter whose address the mail server does not know', () => {
  beforeAll(async () => {
    await awaits(['FRA', 'LAO']);
    secretariat.deadAddresses.add(missionOf('FRA')).add(missionOf('LAO'));
    await secretariat.passTo('2030-12-03');
  });
  afterAll(() => secretariat.close());
  const invitation = async (iso3: string) =>
    (await secretariat.caseOf(iso3)).letters.find(({ purpose }) => purpose === 'invitation')!;

  it('is refused, and becomes a task for the ISU', async () => {
    expect(await secretariat.tasks()).toEqual(['letterRefused', 'letterRefused']);
    expect(await invitation('LAO')).toMatchObject({ state: 'refused', response: expect.stringContaining('550') });
    expect(await secretariat.letters({ to: missionOf('LAO') })).toEqual([]);
  });

  it('is sent again, the same bytes, once the address works and the ISU says so', async () => {
    secretariat.deadAddresses.clear();
    await secretariat.answers('letterRefused', 'sendAgain');
    const again = (await Promise.all(['FRA', 'LAO'].map(invitation))).find(({ state }) => state === 'sent')!;
    expect(again).toMatchObject({ attempt: 2, response: expect.stringMatching(/^250/) });
    const arrived = await secretariat.letters({ to: again.recipient });
    expect(arrived.map(({ messageId }) => messageId)).toEqual([again.messageId]);
  });

  it('is left, if the ISU says so, and the case goes on to its reminders', async () => {
    await secretariat.answers('letterRefused', 'leave');
    const all = await Promise.all(['FRA', 'LAO'].map(invitation));
    const left = all.find(({ state }) => state === 'cancelled')!;
    expect(await secretariat.letters({ to: left.recipient })).toEqual([]);
    await secretariat.passTo('2031-01-30');
    expect((await secretariat.letters({ to: left.recipient })).map(({ on }) => on)).toEqual(['2031-01-30']);
    expect(await secretariat.tasks()).toEqual([]);
  });

  it('is not sent again under a plan that has been replaced meanwhile, and the case goes on', async () => {
    secretariat.deadAddresses.add(missionOf('LAO'));
    await secretariat.passTo('2031-03-31');
    expect(await secretariat.tasks()).toEqual(['letterRefused']);
    await secretariat.movesDates({ deadlineOn: '2031-05-30' });
    await secretariat.bothApprove();
    secretariat.deadAddresses.clear();
    await secretariat.answers('letterRefused', 'sendAgain');
    expect(await secretariat.tasks()).toEqual(['notApproved']);
    expect((await sentTo('LAO')).at(-1)).not.toContain('2031-03-31');
    await secretariat.answers('notApproved', 'leave');
    await secretariat.passTo('2031-05-16');
    expect((await sentTo('LAO')).at(-1)).toBe('2031-05-16 reminder');
    expect(await secretariat.tasks()).toEqual([]);
  });
});

describe('the initial report of a State', () => {
  const reference = 'report-intake/2031/LAO/initial';
  beforeAll(() => awaits(['FRA', 'LAO'], { initial: { LAO: '2031-02-14' } }));
  afterAll(() => secretariat.close());

  it('is a case of its own beside the annual one, with its own dates', async () => {
    expect((await secretariat.caseOf('LAO', 'initial')).dueAt?.toISOString()).toMatch(/^2031-02-14T22:59:59/);
    expect((await secretariat.caseOf('LAO')).dueAt?.toISOString()).toMatch(/^2031-04-30T21:59:59/);
    await secretariat.passTo('2031-04-20');
    const days = (await secretariat.letters({ to: missionOf('LAO'), about: reference })).map(({ on }) => on);
    expect(days).toEqual([
      '2030-12-02',
      '2031-01-15',
      '2031-01-31',
      '2031-02-11',
      '2031-02-21',
      '2031-03-17',
      '2031-04-15',
    ]);
  });

  it('has letters of its own, which name its day', async () => {
    const letters = await secretariat.letters({ to: missionOf('LAO'), about: reference });
    const { letters: rows } = await secretariat.caseOf('LAO', 'initial');
    expect(letters[0]!.subject).toContain('initial');
    expect(letters.every(({ text }) => text.replace(/\s+/g, ' ').includes('14 February 2031'))).toBe(true);
    expect(new Set(rows.map(({ purpose }) => purpose))).toEqual(new Set(['invitation', 'reminder', 'overdue']));
  });

  it('is one thing and the annual report another: either stops only its own reminders', async () => {
    await secretariat.reports('LAO', { part: 'initial' });
    await secretariat.passTo('2031-04-28');
    expect((await secretariat.letters({ to: missionOf('LAO'), about: reference })).at(-1)!.subject).toContain(
      'received',
    );
    expect((await secretariat.caseOf('LAO')).submissions).toEqual([]);
    expect((await secretariat.letters({ to: missionOf('LAO'), about: '2031/LAO]' })).at(-1)!.on).toBe('2031-04-25');
    await secretariat.passTo('2031-07-07');
    expect(await secretariat.caseOf('LAO', 'initial')).toMatchObject({ outcome: 'late' });
    expect(await outcomeOf('LAO')).toBe('not received by the cut-off');
  });
});
