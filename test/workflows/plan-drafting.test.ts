import { resolve } from 'node:path';
import type { Deps } from '../../activities/index.ts';
import { writeItems } from '../../activities/plan-items.ts';
import { createLetters } from '../../adapters/letters.ts';
import { cycleDates } from '../../domain/cycle.ts';
import { addressed, lettersToWrite } from '../../domain/plan.ts';
import { perform } from '../support/activity.ts';
import { ccm } from '../support/small-treaty.ts';

describe('a plan of a thousand letters', () => {
  it('lets whatever else its worker does have its turn while it is written', async () => {
    const treaty = ccm();
    const letters = createLetters({ folder: resolve(import.meta.dirname, '../../templates') });
    const deps = { treaty, letters, mailFrom: 'secretariat@isu.example' } as Deps;
    const dates = cycleDates({ treaty, year: 2031 });
    const soFar = { written: new Set<string>(), waiting: new Set<string>(), invitedOn: new Map(), base: null };
    const contacts = treaty.states.map(({ iso3, language }) => {
      const email = `mission@${iso3.toLowerCase()}.example`;
      return { id: iso3, stateParty: iso3, kind: 'mission', email, language };
    });
    const planned = addressed(lettersToWrite({ treaty, dates, today: '2030-10-01', soFar }), contacts);
    let isWritten = false;
    let turns = 0;
    const somethingElse = () => {
      turns++;
      if (!isWritten) setImmediate(somethingElse);
    };
    setImmediate(somethingElse);
    const write = () => writeItems({ deps, letters: planned, dates, holders: ['MLT', 'SEN'] });
    const items = await perform(write, undefined);
    isWritten = true;
    expect(items.length).toBeGreaterThan(1_000);
    expect(turns).toBeGreaterThan(15);
  });
});
