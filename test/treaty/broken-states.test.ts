import { type Case, copyOfTreaty, NAMES, STATES } from './breaking.ts';

let treaty: ReturnType<typeof copyOfTreaty>;

beforeEach(() => {
  treaty = copyOfTreaty();
});

afterEach(() => treaty.remove());

const CASES: Case[] = [
  [
    'a language we do not write in',
    { file: STATES, from: /(?<="LAO",\s+"language": )"en"/, to: '"lo"' },
    [`states-parties.json, entry "LAO" (53rd): field language must be en, fr or es, but is 'lo'`],
  ],
  [
    'a mark of certainty that is none',
    { file: STATES, from: '"dateCertainty": "sourced"', to: '"dateCertainty": "sure"' },
    [
      'states-parties.json, entry "AFG" (1st): field dateCertainty must be sourced, derived, recalled, inferred, ' +
        "assumed or invented, but is 'sure'",
    ],
  ],
  [
    'a date of another century',
    { file: STATES, from: '"2011-09-08"', to: '"0000-09-08"' },
    [`states-parties.json, entry "AFG" (1st): field depositedOn must be a date of this century, but is '0000-09-08'`],
  ],
  [
    'a field that is missing',
    { file: STATES, from: '"region": "Asia",', to: '' },
    ['states-parties.json, entry "AFG" (1st): field region is missing'],
  ],
  [
    'a date that is missing',
    { file: STATES, from: '"depositedOn": "2011-09-08",', to: '' },
    ['states-parties.json, entry "AFG" (1st): field depositedOn is missing'],
  ],
  [
    'a field that is not known',
    { file: STATES, from: '"region": "Asia",', to: '"region": "Asia", "continent": "Asia",' },
    ['states-parties.json, entry "AFG" (1st): field continent is not known'],
  ],
  [
    'a field called __proto__',
    { file: STATES, from: '"region": "Asia",', to: '"region": "Asia", "__proto__": { "iso3": "XXX" },' },
    ['states-parties.json, entry "AFG" (1st): field __proto__ is not known'],
  ],
  [
    'a field written twice',
    { file: STATES, from: '"region": "Asia",', to: '"region": "Asia", "region": "Europe",' },
    ['states-parties.json has the field region twice, at line 9, column 25'],
  ],
  [
    'an initial report counted from the wrong day',
    { file: STATES, from: '"2012-08-28"', to: '"2012-03-06"' },
    [
      'states-parties.json, entry "AFG" (1st): field initialReportDueOn must be 180 days after inForceOn, ' +
        "which is 2012-08-28, but is '2012-03-06'",
    ],
  ],
  [
    'an entry into force before the deposit',
    { file: STATES, from: '"2011-09-08"', to: '"2013-09-08"' },
    [`states-parties.json, entry "AFG" (1st): field inForceOn must lie after depositedOn, but is '2012-03-01'`],
  ],
  [
    'a State twice',
    { file: STATES, from: '"ALB"', to: '"AFG"' },
    ['states-parties.json, entry "AFG" (2nd): field iso3 already stands in the 1st entry'],
  ],
  [
    'a State without names',
    { file: NAMES, from: '"iso3": "LAO"', to: '"iso3": "XXX"' },
    [
      'states-parties.json, entry "LAO" (53rd) has no names in state-names.json',
      'state-names.json, entry "XXX" (53rd) is not in states-parties.json',
    ],
  ],
  [
    'a blank name',
    { file: NAMES, from: '"ru": "Афганистан"', to: '"ru": " "' },
    [`state-names.json, entry "AFG" (1st): field names.ru must not be empty, but is ' '`],
  ],
];

describe('States Parties that cannot be used', () => {
  it.each(CASES)('because of %s are refused with the file, the entry and the reason', (_, edit, sentences) => {
    treaty.edit(edit);
    expect(treaty.problems()).toEqual(sentences);
  });
});
