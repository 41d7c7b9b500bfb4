import fc from 'fast-check';
import { readContacts } from '../../adapters/contact-file.ts';
import { MALTA, TITLES, treaty, withFile } from './reading.ts';

function read(content: string | Buffer) {
  return withFile(content, (file) => readContacts({ file, treaty }));
}

/** The sentences about row 3 of a file whose row 2 is right. */
async function problemsOf(row: string): Promise<string[]> {
  const { rows, problems } = await read(`${TITLES}\n${MALTA}\n${row}\n`);
  expect(rows[0]).toMatchObject({ stateParty: 'MLT' });
  expect(problems.map((problem) => problem.row)).toEqual(problems.map(() => 3));
  return problems.map((problem) => problem.sentence);
}

describe('a row of contacts', () => {
  it.each([
    [
      'a misspelt State',
      'Laoos,mission,Mission,a@b.example,',
      `"Laoos" is not the name or the code of a State Party; did you mean Lao People's Democratic Republic (LAO)?`,
    ],
    [
      'no State we know',
      'Atlantis,mission,Mission,a@b.example,',
      '"Atlantis" is not the name or the code of a State Party.',
    ],
    ['a State that is no party', 'Lithuania,mission,Mission,a@b.example,', 'code of a State Party.'],
    ['no State', ',mission,Mission,a@b.example,', 'Column state is blank.'],
    ['a kind that is none', 'SEN,embassy,Mission,a@b.example,', '"embassy" is not one of mission, capital.'],
    ['a bad address', 'SEN,mission,Mission,a@localhost,', 'The address has no dot after the @: "a@localhost".'],
    [
      'two addresses',
      'SEN,mission,Mission,a@b.example; c@d.example,',
      'The address holds a comma, semicolon or colon; write one address only: "a@b.example; c@d.example".',
    ],
    [
      'two addresses on two lines',
      'SEN,mission,Mission,"a@b.example\nc@d.example",',
      'The address holds a space: "a@b.example c@d.example".',
    ],
    ['no address', 'SEN,mission,Mission,,', 'Column email is blank.'],
    ['a name of spaces', 'SEN,mission,"   ",a@b.example,', 'Column name is blank.'],
    [
      'a name of 300 letters',
      `SEN,mission,${'n'.repeat(300)},a@b.example,`,
      'Column name is longer than 254 characters.',
    ],
    ['a formula', 'SEN,mission,"=HYPERLINK(""http://x"")",a@b.example,', 'Column name begins with "=" like a formula'],
    ['a command', "SEN,mission,@SUM(1+1)*cmd|' /C calc'!A0,a@b.example,", 'Column name begins with "@" like a formula'],
    ['text that turns round', 'SEN,mission,Mission\u202e,a@b.example,', 'Column name holds an invisible character.'],
    ['a language we do not write in', 'SEN,mission,Mission,a@b.example,ar', '"ar" is not one of en, fr, es.'],
    ['one cell too many', 'SEN,mission,Mission,a@b.example,fr,more', '"more" stands in a column without a title.'],
    ['what stands above', MALTA.replace('geneva', 'Geneva'), 'This email of this State already stands in row 2.'],
  ])('with %s is a problem', async (_, row, sentence) => {
    expect(await problemsOf(row)).toEqual([expect.stringContaining(sentence)]);
  });

  it('may have several problems, all of them named', async () => {
    expect(await problemsOf('Ruritania,embassy,,no,ar')).toHaveLength(5);
  });
});

describe('a file of contacts', () => {
  it.each([
    ['empty', '', 'The file is empty.'],
    ['of blank lines', '\n\n', 'The file is empty.'],
    ['of titles only', TITLES, 'There is no row below the titles.'],
    ['a PDF', '%PDF-1.7', 'The file is a PDF; save it as .xlsx or as CSV.'],
    ['an old Excel file', Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'The file is an Excel file of the old kind (.xls)'],
    [
      'a picture',
      Buffer.from('89504e470d0a1a0a0000000d', 'hex'),
      'The file is neither CSV nor an Excel workbook (.xlsx).',
    ],
    ['a cut off workbook', Buffer.from('PK\x03\x04 and no more'), 'The file is not an Excel workbook that can be read'],
    ['too large', Buffer.alloc(5 * 1024 * 1024 + 1, 'a'), 'The file is larger than 5 MB.'],
    ['with a quotation mark left open', `${TITLES}\nMLT,mission,"Mission,a@b.example,`, 'A quotation mark stands'],
    [
      'without a column',
      TITLES.replace('email,', ''),
      'Column email is missing; the columns are state, kind, name, email',
    ],
    [
      'with a column we do not know',
      `${TITLES},phone\n${MALTA},1`,
      'Column "phone" is not known; the columns are state',
    ],
    ['with a column twice', `${TITLES},nom\n${MALTA},x`, 'Column "nom" stands here twice.'],
  ])('that is %s gives no rows and says so', async (_, content, sentence) => {
    const { rows, problems } = await read(content);
    expect(rows).toEqual([]);
    expect(problems.map((problem) => problem.sentence)).toContainEqual(expect.stringContaining(sentence));
  });

  it('that does not exist gives no rows and says so', async () => {
    const { rows, problems } = await readContacts({ file: 'none.csv', treaty });
    expect([rows, problems]).toEqual([[], [{ row: 0, sentence: expect.stringContaining('none.csv cannot be read') }]]);
  });

  it('names the line with the quotation mark', async () => {
    const { problems } = await read(`${TITLES}\n${MALTA}\nMLT,mission,"Mission" x,a@b.example,`);
    expect(problems).toEqual([{ row: 3, sentence: expect.stringContaining('quotation mark') }]);
  });

  it('of any bytes at all gives rows or problems and never fails', async () => {
    const beginnings = [[], [0xff, 0xfe], [0xfe, 0xff], [0xef, 0xbb, 0xbf], [0x50, 0x4b, 3, 4], [0x41, 0]];
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...beginnings), fc.uint8Array({ maxLength: 200 }), async (beginning, bytes) => {
        const { rows, problems } = await read(Buffer.concat([Buffer.from(beginning), bytes]));
        expect(rows).toEqual([]);
        expect(problems).not.toEqual([]);
      }),
    );
  });
});
