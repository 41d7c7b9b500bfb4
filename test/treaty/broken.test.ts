import { loadTreaty } from '../../adapters/treaty.ts';
import { type Case, copyOfTreaty, HOLIDAYS, PEOPLE, POLICY, STATES } from './breaking.ts';

let treaty: ReturnType<typeof copyOfTreaty>;

beforeEach(() => {
  treaty = copyOfTreaty();
});

afterEach(() => treaty.remove());

const CASES: Case[] = [
  [
    'the 30th of February',
    { file: HOLIDAYS, from: '"2027-12-25"', to: '"2027-02-30"' },
    [
      'holidays.json, entry "2027-02-30" (20th): field on must be a date that exists, like 2027-04-30, ' +
        "but is '2027-02-30'",
    ],
  ],
  [
    'a year without holidays',
    { file: HOLIDAYS, from: '"last": 2033', to: '"last": 2034' },
    ['holidays.json: has no holiday in 2034, which field years covers'],
  ],
  [
    'a holiday outside the years covered',
    { file: HOLIDAYS, from: '"2026-01-01"', to: '"2025-01-01"' },
    ['holidays.json, entry "2025-01-01" (1st): field on must lie in the years 2026 to 2033'],
  ],
  [
    'reminders in the wrong order',
    { file: POLICY, from: '[ 90, 30, 14, 3 ]', to: '[ 3, 14, 30, 90 ]' },
    [
      'policy.json: field report.remindersBefore must go from the largest number to the smallest, ' +
        'but is [3, 14, 30, 90]',
    ],
  ],
  [
    'a reminder on half a day',
    { file: POLICY, from: '[ 7, 30, 60 ]', to: '[ 7.5, 30, 60 ]' },
    ['policy.json: field report.remindersAfter (1st) must be a whole number, but is 7.5'],
  ],
  [
    'a number as text',
    { file: POLICY, from: '"perMinute": 20', to: '"perMinute": "20"' },
    [`policy.json: field mail.perMinute must be a number, but is '20'`],
  ],
  [
    'a number without end',
    { file: POLICY, from: '"perMinute": 20', to: '"perMinute": 1e309' },
    ['policy.json: field mail.perMinute must be a number, but is Infinity'],
  ],
  [
    'a day only leap years have',
    { file: POLICY, from: '"04-30"', to: '"02-29"' },
    [`policy.json: field report.deadline must be a day of every year, like 04-30, but is '02-29'`],
  ],
  [
    'an hour that is none',
    { file: POLICY, from: '"09:00"', to: '"9 am"' },
    [`policy.json: field report.sendAt must be a time like 09:00, but is '9 am'`],
  ],
  [
    'a time zone that is none',
    { file: POLICY, from: 'Europe/Zurich', to: 'Europe/Geneva' },
    [`policy.json: field treatyTimeZone must be a time zone like Europe/Zurich, but is 'Europe/Geneva'`],
  ],
  [
    'a meeting that ends before it starts',
    { file: 'calendar.json', from: '"2025-09-19"', to: '"2025-09-09"' },
    [`calendar.json, entry "13MSP" (7th): field endsOn must not lie before startsOn, but is '2025-09-09'`],
  ],
  [
    'a meeting whose figures would be frozen before any report is due',
    { file: 'calendar.json', from: '"startsOn": "2025-09-16"', to: '"startsOn": "2025-07-08"' },
    [
      'calendar.json, entry "13MSP" (7th): field startsOn must lie more than 10 weeks after the deadline of ' +
        "04-30, but is '2025-07-08'",
    ],
  ],
  [
    'a meeting assumed so early that figures would be frozen before any report is due',
    { file: POLICY, from: '"startsOn": "09-14"', to: '"startsOn": "07-09"' },
    [
      'policy.json: field assumedMeeting.startsOn must lie more than 10 weeks after the deadline of 04-30, ' +
        "but is '07-09'",
    ],
  ],
  [
    'a meeting assumed after the cycle has closed',
    { file: POLICY, from: '"startsOn": "09-14"', to: '"startsOn": "10-14"' },
    ["policy.json: field assumedMeeting.startsOn must not lie after report.closes, but is '10-14'"],
  ],
  [
    'a form twice',
    { file: 'forms.json', from: '"form": "B"', to: '"form": "A"' },
    ['forms.json, entry "A" (2nd): field form already stands in the 1st entry'],
  ],
  [
    'a person with two addresses',
    { file: PEOPLE, from: 'ana.vella@mission-malta.example', to: 'a@b.example\\r\\nBcc: c@d.example' },
    [
      'people.json, entry "a@b.example\\r\\nBcc: c@d.example" (1st): field email cannot be used: ' +
        'The address holds a line break or another invisible character.',
    ],
  ],
  [
    'a Coordinator who acts for nobody',
    { file: PEOPLE, from: '"actsFor": "MLT"', to: '"actsFor": null' },
    [
      'people.json, entry "ana.vella@mission-malta.example" (1st): field actsFor must be a State Party, ' +
        'but is null',
    ],
  ],
  [
    'nobody who may open a cycle',
    { file: PEOPLE, from: '"admin"', to: '"officer"' },
    ['people.json: has nobody with the role admin; nothing could be decided'],
  ],
  [
    'a list where an office should be',
    { file: 'office.json', from: /[^]*/, to: '[]' },
    ['office.json: must be an object, but is []'],
  ],
  [
    'an empty file',
    { file: 'office.json', from: /[^]*/, to: '' },
    ['office.json is not valid JSON at line 1, column 1: Unexpected end'],
  ],
  [
    'a comma too many',
    { file: POLICY, from: '"days": 4 }', to: '"days": 4, }' },
    ['policy.json is not valid JSON at line 14, column 55: Expected double-quoted property name'],
  ],
  [
    'a comma too many in a list',
    { file: POLICY, from: '[ 5, 2, 0 ]', to: '[ 5, 2,, 0 ]' },
    [`policy.json is not valid JSON at line 17, column 31: Unexpected token ','`],
  ],
];

describe('a treaty that cannot be used', () => {
  it.each(CASES)('because of %s is refused with the file, the entry and the reason', (_, edit, sentences) => {
    treaty.edit(edit);
    expect(treaty.problems()).toEqual(sentences);
  });

  it('names every problem of every file at once', () => {
    treaty.edit({ file: STATES, from: '"region": "Asia",', to: '' });
    treaty.edit({ file: HOLIDAYS, from: '"2027-12-25"', to: '"2027-02-30"' });
    treaty.edit({ file: 'office.json', from: /[^]*/, to: '{' });
    treaty.write('countries.json', '{}');
    treaty.remove('forms.json');
    expect(treaty.problems().map((problem) => problem.split(/[ ,]/)[0])).toEqual([
      'countries.json',
      STATES,
      HOLIDAYS,
      'forms.json',
      'office.json',
    ]);
  });

  it('names a file it does not know, with those it knows', () => {
    treaty.write('countries.json', '{}');
    treaty.write('.editor-backup', '');
    expect(treaty.problems()).toEqual([
      expect.stringMatching(/^countries.json is not a file of a treaty; its files are states/),
    ]);
  });

  it('is refused when the folder is not there', () => {
    expect(() => loadTreaty({ folder: 'treaties/none' })).toThrow(/The treaty in treaties\/none cannot be used/);
  });

  it('is refused, and not run out of stack, when lists lie 10,000 deep in each other', () => {
    treaty.edit({
      file: 'forms.json',
      from: '"notes": [',
      to: `"deep": ${'['.repeat(10_000)}${']'.repeat(10_000)}, "notes": [`,
    });
    expect(treaty.problems()).toEqual(['forms.json: field deep is not known']);
  });
});
