import { missionOf, openSecretariat, type Secretariat, treatyOf } from '../support/secretariat.ts';

let secretariat: Secretariat;

/** The plan is approved; a report is awaited from each of these States. */
async function awaits(...given: Parameters<typeof treatyOf>): Promise<void> {
  secretariat = await openSecretariat({ treaty: treatyOf(...given) });
  await secretariat.opensCycle();
  await secretariat.bothApprove();
}

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
    expect((await secretariat.sentTo('LAO')).at(-1)).not.toContain('2031-03-31');
    await secretariat.answers('notApproved', 'leave');
    await secretariat.passTo('2031-05-16');
    expect((await secretariat.sentTo('LAO')).at(-1)).toBe('2031-05-16 reminder');
    expect(await secretariat.tasks()).toEqual([]);
  });
});
