import { readPeople } from '../../adapters/contact-file.ts';
import { treaty, withFile } from './reading.ts';

const TITLES = 'name,email,role,acts for,language,time zone';

function read(...rows: string[]) {
  return withFile([TITLES, ...rows].join('\n'), (file) => readPeople({ file, treaty }));
}

describe('a list of the people of the secretariat', () => {
  it('is read, with the language of the State and the zone of the treaty where the row has none', async () => {
    expect(await readPeople({ file: 'test/fixtures/people.csv', treaty })).toEqual({
      problems: [],
      rows: [
        {
          name: 'Joan Farrugia',
          email: 'joan.farrugia@mission-malta.example',
          role: 'coordinator',
          actsFor: 'MLT',
          language: 'en',
          timeZone: 'Europe/Zurich',
          certainty: 'sourced',
        },
        expect.objectContaining({ role: 'coordinator', actsFor: 'SEN', language: 'fr', timeZone: 'Africa/Dakar' }),
        expect.objectContaining({ role: 'admin', actsFor: null, language: 'en', timeZone: 'Europe/Zurich' }),
      ],
    });
  });

  it.each([
    [
      'a Coordinator without a State',
      'A,a@b.example,coordinator,,,',
      'A coordinator needs a State in column acts for.',
    ],
    ['an officer with a State', 'A,a@b.example,officer,Malta,,', 'Only a coordinator acts for a State.'],
    [
      'a role we do not have',
      'A,a@b.example,minister,,,',
      '"minister" is not one of coordinator, officer, admin, auditor.',
    ],
    [
      'a State that is no party',
      'A,a@b.example,coordinator,Atlantis,,',
      '"Atlantis" is not the name or the code of a State',
    ],
    ['a zone that is none', 'A,a@b.example,officer,,,Geneva', '"Geneva" is not a time zone like Europe/Zurich.'],
    ['a bad address', 'A,a@localhost,officer,,,', 'The address has no dot after the @: "a@localhost".'],
  ])('with %s names the row', async (_, row, sentence) => {
    const { problems } = await read(row);
    expect(problems).toEqual([{ row: 2, sentence: expect.stringContaining(sentence) }]);
  });

  it('with one address twice names the second row', async () => {
    const { problems } = await read('A,a@b.example,officer,,,', 'B,A@b.example,auditor,,,');
    expect(problems).toEqual([{ row: 3, sentence: 'This email already stands in row 2.' }]);
  });
});
