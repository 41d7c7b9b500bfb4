import readWorkbook from 'read-excel-file/node';
import { exported, type Sheet } from '../../adapters/exports.ts';

const DANGEROUS = ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '=cmd|'];
const sheet: Sheet = {
  name: 'board-2027',
  titles: ['State Party', 'Days', 'On'],
  rows: [...DANGEROUS.map((text) => [text, -3, new Date('2027-03-02T00:00:00Z')]), ['Côte d\'Ivoire, "x"', 0, null]],
};

describe('A list taken to Excel', () => {
  it.each(DANGEROUS)('has %j as a text in CSV, whatever Excel makes of its first character', async (text) => {
    const csv = (await exported({ sheet, format: 'csv' })).toString('utf8');
    expect(csv).toContain(`'${text}`);
  });

  it('keeps numbers as numbers and dates as dates in CSV', async () => {
    const lines = (await exported({ sheet, format: 'csv' })).toString('utf8').split('\r\n');
    expect(lines[0]).toBe('\uFEFFState Party,Days,On');
    expect(lines[1]).toBe("'=1+1,-3,2027-03-02");
    expect(lines.at(-2)).toBe('"Côte d\'Ivoire, ""x""",0,');
  });

  it('holds typed cells in XLSX: no text becomes a formula', async () => {
    const bytes = await exported({ sheet, format: 'xlsx' });
    const [page] = await readWorkbook(bytes);
    expect(page?.data[1]).toEqual(['=1+1', -3, new Date('2027-03-02T00:00:00Z')]);
    expect(page?.data).toHaveLength(sheet.rows.length + 1);
  });
});
