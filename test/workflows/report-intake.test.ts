import { missionOf, openSecretariat, reportCase, type Secretariat, treatyOf } from '../support/secretariat.ts';

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
    expect(await secretariat.sentTo('LAO')).toEqual([
      '2030-12-02 invitation',
      '2031-01-30 reminder',
      '2031-03-31 reminder',
    ]);
    expect(await secretariat.lastTo('LAO')).toContain('Geneva, 31 March 2031');
    expect(await secretariat.lastTo('ESP')).toContain('Ginebra, 31 de marzo de 2031');
  });

  it('is acknowledged when it comes: what arrived, when, and its fingerprint', async () => {
    await secretariat.passTo('2031-04-10', '15:30');
    await secretariat.reports('FRA');
    const { documentId, fileName } = (await secretariat.caseOf('FRA')).submissions[0]!;
    expect(documentId).toMatch(/^[0-9a-f]{64}$/);
    const receipt = await secretariat.lastTo('FRA');
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
    expect(await secretariat.sentTo('FRA')).toEqual([
      '2030-12-02 invitation',
      '2031-01-30 reminder',
      '2031-03-31 reminder',
      '2031-04-10 receipt',
    ]);
    expect((await secretariat.sentTo('LAO')).slice(3)).toEqual(['2031-04-16 reminder', '2031-04-25 reminder']);
  });

  it('is the same version when the same file comes again, and a new one when another comes: the first is kept', async () => {
    await secretariat.reports('FRA');
    expect((await secretariat.caseOf('FRA')).submissions).toHaveLength(1);
    await secretariat.reports('FRA', { version: 2 });
    const { submissions } = await secretariat.caseOf('FRA');
    expect(submissions.map(({ version }) => version)).toEqual([1, 2]);
    expect((await secretariat.sentTo('FRA')).slice(3)).toEqual(['2031-04-10 receipt', '2031-04-28 receipt']);
    expect((await secretariat.lastTo('FRA')).replaceAll(' ', '')).toContain(submissions[1]!.documentId);
  });

  it('is on time until 23:59 of the deadline, Geneva time', async () => {
    await secretariat.passTo('2031-04-30', '23:50');
    await secretariat.reports('ESP');
    expect(await secretariat.lastTo('ESP')).toContain('miércoles 30 de abril de 2031 a las 23:5');
    await secretariat.passTo('2031-05-01', '00:01');
    await secretariat.reports('CIV');
    expect(await secretariat.lastTo('CIV')).toContain('jeudi 1er mai 2031 à 00:0');
  });

  it('is brought to mind on three days more when it has not come', async () => {
    await secretariat.passTo('2031-07-06', '12:00');
    expect((await secretariat.sentTo('LAO')).slice(5)).toEqual([
      '2031-05-07 overdue',
      '2031-05-30 overdue',
      '2031-06-30 overdue',
    ]);
    expect(await secretariat.lastTo('LAO')).toContain('Geneva, 30 June 2031');
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
    expect((await secretariat.sentTo('LAO')).at(-1)).toBe('2031-08-12 receipt');
    expect(await secretariat.caseOf('LAO')).toMatchObject({
      outcome: 'not received by the cut-off',
      waitingFor: 'nobody',
    });
    const { steps } = await secretariat.caseOf('LAO');
    expect(steps.find(({ step }) => step === 'report')).toMatchObject({ standing: 'done' });
  });

  it('counts anew when one is filed later that had reached the office before', async () => {
    await secretariat.reportsByPost('LAO', { arrivedOn: '2031-05-05', version: 2 });
    expect(await outcomeOf('LAO')).toBe('late');
    await secretariat.reportsByPost('LAO', { arrivedOn: '2031-04-29', version: 3 });
    expect(await outcomeOf('LAO')).toBe('on time');
    expect((await secretariat.timeline(reportCase('LAO'))).filter((act) => act === 'settled')).toHaveLength(3);
  });

  it('closes with the cycle on 30 September, with nothing left to do', async () => {
    await secretariat.passTo('2031-10-01');
    const cases = await secretariat.records.case.findMany({ orderBy: { id: 'asc' } });
    expect(cases.map(({ outcome }) => outcome)).toEqual(['completed', 'late', 'on time', 'on time', 'on time']);
    expect(cases.every(({ closedAt }) => closedAt !== null)).toBe(true);
    expect(await secretariat.tasks()).toEqual([]);
    expect(await secretariat.records.letter.count({ where: { state: { not: 'sent' } } })).toBe(0);
  });
});
