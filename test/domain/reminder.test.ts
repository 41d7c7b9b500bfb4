import fc from 'fast-check';
import { climbedWith, nextRung, type Rung, rungKey } from '../../domain/reminder.ts';

const LADDER: Rung[] = [
  { purpose: 'invitation', occurrence: 1, at: 100 },
  { purpose: 'reminder', occurrence: 1, at: 200 },
  { purpose: 'reminder', occurrence: 2, at: 300 },
  { purpose: 'overdue', occurrence: 1, at: 400 },
];

describe('the next letter of a ladder', () => {
  it.each<[string, string[], number, string | null]>([
    ['before anything has been sent is the invitation', [], 50, 'invitation/1'],
    ['once it is time is still the invitation', [], 100, 'invitation/1'],
    ['after the invitation is the first reminder, in its time', ['invitation/1'], 150, 'reminder/1'],
    ['after a long absence is the invitation all the same', [], 999, 'invitation/1'],
    ['with several reminders due is the last of them', ['invitation/1'], 350, 'reminder/2'],
    ['with all due is the last of all', ['invitation/1'], 999, 'overdue/1'],
    [
      'after a reminder passed over is the one after it',
      ['invitation/1', 'reminder/1', 'reminder/2'],
      350,
      'overdue/1',
    ],
    ['after the last is none', ['invitation/1', 'reminder/1', 'reminder/2', 'overdue/1'], 999, null],
  ])('%s', (_rule, climbed, now, expected) => {
    const rung = nextRung({ ladder: LADDER, climbed, now });
    expect(rung && rungKey(rung)).toBe(expected);
  });

  it('of an empty ladder is none', () => {
    expect(nextRung({ ladder: [], climbed: [], now: 0 })).toBeNull();
  });

  it('of a ladder without its invitation, which was sent by an earlier plan, is the next reminder', () => {
    expect(nextRung({ ladder: LADDER.slice(1), climbed: ['invitation/1'], now: 0 })).toMatchObject({ occurrence: 1 });
  });
});

describe('the next letter of a ladder with a letter that is stuck', () => {
  it.each<[string, string[], string[], number, string | null]>([
    ['is none, when that is the invitation', [], ['invitation/1'], 999, null],
    ['is the one after it, in its time', ['invitation/1'], ['reminder/1'], 250, 'reminder/2'],
    ['is the last that is due and free', ['invitation/1'], ['overdue/1'], 999, 'reminder/2'],
    ['is none, when it was the last', ['invitation/1', 'reminder/1', 'reminder/2'], ['overdue/1'], 999, null],
  ])('%s', (_rule, climbed, stuck, now, expected) => {
    const rung = nextRung({ ladder: LADDER, climbed, stuck, now });
    expect(rung && rungKey(rung)).toBe(expected);
  });
});

describe('a letter that is sent', () => {
  it('leaves those before it behind', () => {
    expect(climbedWith({ ladder: LADDER, rung: LADDER[2]! })).toEqual(['invitation/1', 'reminder/1', 'reminder/2']);
  });
});

/** A ladder as plans make it, and the moments at which a case wakes: on time, late, or days later. */
const ladders = fc
  .uniqueArray(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 8 })
  .map((days) =>
    days
      .sort((a, b) => a - b)
      .map((at, index): Rung => ({ purpose: index ? 'reminder' : 'invitation', occurrence: index || 1, at })),
  );
const wakings = fc.array(fc.integer({ min: 0, max: 450 }), { maxLength: 12 }).map((all) => all.sort((a, b) => a - b));

/** What a case sends when it wakes at these moments, each with the moment. */
function sent(ladder: Rung[], moments: number[]): { rung: Rung; now: number }[] {
  const letters: { rung: Rung; now: number }[] = [];
  const climbed: string[] = [];
  for (const now of moments)
    for (
      let rung = nextRung({ ladder, climbed, now });
      rung && rung.at <= now;
      rung = nextRung({ ladder, climbed, now })
    ) {
      letters.push({ rung, now });
      climbed.push(...climbedWith({ ladder, rung }));
    }
  return letters;
}

describe('whatever the ladder and whenever the case wakes', () => {
  const law = (holds: (letters: ReturnType<typeof sent>, ladder: Rung[], moments: number[]) => void) =>
    fc.assert(fc.property(ladders, wakings, (ladder, moments) => holds(sent(ladder, moments), ladder, moments)));

  it('two reminders never leave at once', () => {
    law((letters) => {
      const moments = letters.filter(({ rung }) => rung.purpose === 'reminder').map(({ now }) => now);
      // Two wakings may fall on the same moment; they must not send twice either.
      expect(moments).toEqual([...new Set(moments)]);
    });
  });

  it('an earlier letter never leaves after a later one, nor one twice', () => {
    law((letters) => {
      const dates = letters.map(({ rung }) => rung.at);
      expect(dates).toEqual([...new Set(dates)].sort((a, b) => a - b));
    });
  });

  it('no letter leaves before its time', () => {
    law((letters) => letters.forEach(({ rung, now }) => expect(now).toBeGreaterThanOrEqual(rung.at)));
  });

  it('the invitation is never passed over: it is the first to leave once its time has come', () => {
    law((letters, ladder, moments) => {
      const isTime = (moments.at(-1) ?? -1) >= ladder[0]!.at;
      expect(letters[0]?.rung.purpose).toBe(isTime ? 'invitation' : undefined);
    });
  });

  it('a case that wakes in time for each sends them all', () => {
    law((_letters, ladder) =>
      expect(
        sent(
          ladder,
          ladder.map(({ at }) => at),
        ).map(({ rung }) => rung),
      ).toEqual(ladder),
    );
  });
});
