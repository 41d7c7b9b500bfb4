import { createFaults, SHAPES } from '../../bench/crash/faults.ts';
import { nextBlow } from '../../bench/crash/storm.ts';
import { createChance } from '../../simulator/chance.ts';

const MANY = 2_000;
const blows = (seed: number) => {
  const chance = createChance(seed);
  return Array.from({ length: MANY }, () => nextBlow(chance));
};
const faultsOf = (seed: number) => {
  const faults = createFaults({ chance: createChance(seed) });
  faults.turn(true);
  const shapeOf = (session: string) =>
    (['greeting', 'ehlo', 'mail', 'rcpt', 'data', 'body', 'dot'] as const)
      .map((step) => faults.at({ session, step })?.shape)
      .find(Boolean);
  return Array.from({ length: MANY }, (_, at) => shapeOf(`worker 1 ${at}`));
};

describe('A storm', () => {
  it('strikes in the same order when its seed is the same, and in another when it is not', () => {
    expect(blows(1)).toEqual(blows(1));
    expect(blows(1)).not.toEqual(blows(2));
  });

  it('strikes every part, and each that holds a letter at every moment of one', () => {
    const struck = new Set(blows(1).map(({ part, aim }) => `${part} ${aim}`));
    for (const part of ['worker', 'postgres', 'temporal'])
      for (const aim of ['mail', 'body', 'dot', 'answered', null]) expect(struck).toContain(`${part} ${aim}`);
    // Pages have no letter in hand.
    expect([...struck].filter((each) => each.startsWith('web'))).toEqual(['web null']);
  });

  it('stops nothing but workers, past the dot, for longer than an activity may be silent', () => {
    const frozen = blows(1).filter(({ frozenFor }) => frozenFor !== null);
    expect(frozen.length).toBeGreaterThan(0);
    for (const { part, aim, frozenFor } of frozen)
      expect({ part, aim, isLong: frozenFor! > 10 }).toEqual({ part: 'worker', aim: 'dot', isLong: true });
  });
});

describe('A mail server that fails', () => {
  it('fails in each way in about two of a hundred sessions', () => {
    const shapes = faultsOf(1);
    for (const shape of Object.keys(SHAPES)) {
      const percent = (100 * shapes.filter((each) => each === shape).length) / MANY;
      expect({ shape, isAboutTwo: percent > 1 && percent < 3.2 }).toEqual({ shape, isAboutTwo: true });
    }
  });

  it('fails in the same sessions when its seed is the same, and in others when it is not', () => {
    expect(faultsOf(1)).toEqual(faultsOf(1));
    expect(faultsOf(1)).not.toEqual(faultsOf(2));
  });

  it('takes everything well until it is told to fail', () => {
    const faults = createFaults({ chance: createChance(1) });
    const sessions = Array.from({ length: MANY }, (_, at) => faults.at({ session: `worker 1 ${at}`, step: 'dot' }));
    expect(sessions.filter(Boolean)).toEqual([]);
  });
});
