import { missionOf, openSecretariat, type Secretariat, treatyOf } from '../support/secretariat.ts';

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
