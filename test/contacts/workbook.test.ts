import type { CellObject, SheetData } from 'write-excel-file/node';
import writeWorkbook from 'write-excel-file/node';
import { readContacts } from '../../adapters/contact-file.ts';
import { MALTA, TITLES, treaty, withFile } from './reading.ts';

type Cell = string | number | Date | null | CellObject;

async function read(...sheets: Cell[][][]) {
  const pages = sheets.map((rows, at) => ({
    data: rows as SheetData,
    sheet: `Page ${at + 1}`,
    dateFormat: 'yyyy-mm-dd',
  }));
  const bytes = await writeWorkbook(pages).toBuffer();
  return withFile(bytes, (file) => readContacts({ file, treaty }));
}

const titles = TITLES.split(',');
const malta = MALTA.split(',');

describe('a register of contacts in Excel', () => {
  it('is read', async () => {
    const { rows, problems } = await read([titles, malta, ['Sénégal', 'capital', 'Ministère', 'a@b.example', null]]);
    expect(problems).toEqual([]);
    expect(rows).toEqual([
      expect.objectContaining({ stateParty: 'MLT', kind: 'mission', language: 'en' }),
      expect.objectContaining({ stateParty: 'SEN', kind: 'capital', language: 'fr' }),
    ]);
  });

  it('is read when rows are blank and another sheet is empty', async () => {
    const { rows, problems } = await read([[null], titles, [null], malta], []);
    expect(problems).toEqual([]);
    expect(rows).toHaveLength(1);
  });

  it('names problems by the row Excel shows', async () => {
    const { problems } = await read([
      [null],
      titles,
      [null],
      malta,
      ['Malta', 'mission', 'Mission', 'no address', 'en'],
    ]);
    expect(problems).toEqual([{ row: 5, sentence: 'The address holds a space: "no address".' }]);
  });

  it('does not take a number or a date for a language', async () => {
    const { problems } = await read([titles, [...malta.slice(0, 4), 7], ['SEN', ...malta.slice(1, 4), new Date(0)]]);
    expect(problems.map((problem) => problem.sentence)).toEqual([
      '"7" is not one of en, fr, es.',
      '"1970-01-01" is not one of en, fr, es.',
    ]);
  });

  it('refuses formulas, each by its cell', async () => {
    const formula: CellObject = { type: 'Formula', value: '=CONCATENATE("a@","b.example")' };
    const { rows, problems } = await read([titles, ['Malta', 'mission', 'Mission', formula, 'en'], malta]);
    expect(rows).toEqual([]);
    expect(problems).toEqual([{ row: 2, sentence: 'Cell D2 holds a formula; write its value instead.' }]);
  });

  it('refuses two filled sheets, of which one would be left out', async () => {
    const { rows, problems } = await read([titles, malta], [titles, malta]);
    expect(rows).toEqual([]);
    expect(problems).toEqual([
      { row: 0, sentence: 'The workbook has more than one filled sheet: "Page 1" and "Page 2". Keep one.' },
    ]);
  });

  it('refuses a workbook without a filled sheet', async () => {
    expect(await read([])).toEqual({ rows: [], problems: [{ row: 0, sentence: 'The file is empty.' }] });
  });
});
