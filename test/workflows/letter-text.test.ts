import { openSecretariat, type Secretariat, treatyOf } from '../support/secretariat.ts';

const REMINDER = 'report-intake/reminder';
const TEXT = 'ccm/2030/letter-text/1';

let secretariat: Secretariat;
const open = async () => {
  secretariat = await openSecretariat({ treaty: treatyOf(['LAO']) });
};

/** A word that stands in all three languages, so that one change shows which text a letter was written from. */
const signed = (mark: string) => (source: string) => `${source.trimEnd()} ${mark}.\n`;
const versions = async (caseId = TEXT) => {
  const asked = await secretariat.records.approval.findMany({ where: { caseId }, orderBy: { version: 'asc' } });
  return asked.map(({ version, state }) => `${version} ${state}`);
};
const outcome = async (caseId = TEXT) =>
  (await secretariat.records.case.findUniqueOrThrow({ where: { id: caseId } })).outcome;
const newestTo = async (who: number) =>
  (await secretariat.letters({ to: secretariat.coordinators[who]!.email })).at(-1)!;

describe('the text of a letter, changed while a plan is under way', () => {
  beforeAll(async () => {
    await open();
    await secretariat.opensCycle();
    await secretariat.bothApprove();
    await secretariat.passTo('2030-12-02');
    await secretariat.rewords(REMINDER, signed('Cordially'));
  });
  afterAll(() => secretariat.close());

  it('is put to both Coordinators, with the change in the mail itself', async () => {
    const { subject, text } = await newestTo(0);
    expect(subject).toMatch(
      /^\[CCM letter-text\/2030\/1 v1\] .*(Reminder before the deadline|Rappel avant|Recordatorio)/,
    );
    expect(text).toContain('Shorter.');
    const { raw, messages } = secretariat.mailbox;
    const mime = String(await raw(messages({ to: secretariat.coordinators[0]!.email }).at(-1)!.uid));
    const [, attached = ''] = /filename=letters-letter-text-2030-1-v1\.txt[\s\S]*?\r\n\r\n([A-Za-z0-9+/=\r\n]+)/.exec(
      mime,
    )!;
    expect(Buffer.from(attached, 'base64').toString()).toContain('{+ Cordially.+}');
  });

  it('is in force once both have approved it, and its case is closed', async () => {
    await secretariat.decides(0, 'approve');
    expect(await outcome()).toBeNull();
    await secretariat.decides(1, 'approve');
    expect(await outcome()).toBe('in force');
    expect(await secretariat.timeline(TEXT)).toEqual(
      expect.arrayContaining(['opened', 'proposed', 'approved', 'closed']),
    );
  });

  it('does not change the letters of a plan that was approved before', async () => {
    await secretariat.passTo('2031-01-31');
    expect(await secretariat.sentTo('LAO')).toEqual(['2030-12-02 invitation', '2031-01-30 reminder']);
    expect(await secretariat.lastTo('LAO')).not.toContain('Cordially');
    expect(await secretariat.tasks()).toEqual([]);
  });

  it('is what the letters of a newer plan are written in', async () => {
    await secretariat.movesDates({ deadlineOn: '2031-05-15' });
    await secretariat.bothApprove();
    await secretariat.passTo('2031-04-16');
    expect(await secretariat.lastTo('LAO')).toContain('Cordially.');
    expect(await secretariat.tasks()).toEqual([]);
  });
});

describe('the text of a letter that is not agreed at once', () => {
  beforeAll(open);
  afterAll(() => secretariat.close());

  it('goes back to the ISU with what was asked for, and is asked anew in other words', async () => {
    await secretariat.rewords(REMINDER, signed('Cordially'));
    await secretariat.decides(0, 'requestChanges', 'Too warm.');
    expect([await versions(), await secretariat.tasks()]).toEqual([['1 changesRequested'], ['textNotApproved']]);
    await secretariat.rewords(REMINDER, signed('Politely'));
    expect([await versions(), await secretariat.tasks()]).toEqual([['1 changesRequested', '2 open'], []]);
    expect((await newestTo(1)).text).toContain('Too warm.');
  });

  it('is withdrawn and asked anew when other words are proposed while it is being decided', async () => {
    await secretariat.decides(0, 'approve');
    await secretariat.rewords(REMINDER, signed('Respectfully'));
    expect(await versions()).toEqual(['1 changesRequested', '2 withdrawn', '3 open']);
    await secretariat.decides(0, 'approve');
    await secretariat.decides(1, 'approve');
    expect(await outcome()).toBe('in force');
  });

  it('stays as it was when it is refused and the ISU ends the question', async () => {
    await secretariat.rewords(REMINDER, signed('Curtly'));
    const second = 'ccm/2030/letter-text/2';
    await secretariat.decides(0, 'refuse', 'No.');
    await secretariat.answers('textNotApproved', 'keepText');
    expect([await versions(second), await outcome(second)]).toEqual([['1 refused'], 'not approved']);
    const inForce = await secretariat.records.approval.findMany({
      where: { subject: 'letterText', state: 'approved' },
    });
    expect(inForce.map(({ caseId }) => caseId)).toEqual([TEXT]);
  });

  it('lapses when nobody answers: silence changes no letter', async () => {
    await secretariat.rewords(REMINDER, signed('Silently'));
    const third = 'ccm/2030/letter-text/3';
    await secretariat.daysPass(60);
    expect(await versions(third)).toEqual(['1 lapsed']);
    expect(await secretariat.tasks()).toContain('textNotApproved');
    await secretariat.answers('textNotApproved', 'askAgain');
    expect(await versions(third)).toEqual(['1 lapsed', '2 open']);
  });
});
