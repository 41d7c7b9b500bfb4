import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { missionOf, openSecretariat, type Secretariat, treatyOf } from '../support/secretariat.ts';

describe('the annual cycle', () => {
  let secretariat: Secretariat;

  beforeEach(async () => {
    secretariat = await openSecretariat({ treaty: treatyOf('LAO', 'FRA', 'ESP') });
    await secretariat.opensCycle();
  });
  afterEach(() => secretariat.close());

  it('asks both Coordinators before anything leaves', async () => {
    const asked = await secretariat.letters({ about: 'plan/2031' });
    expect(asked.map((letter) => letter.to).sort()).toEqual(secretariat.coordinators.map((person) => person.email));
    expect(await secretariat.letters({ to: missionOf('LAO') })).toEqual([]);
  });
});
