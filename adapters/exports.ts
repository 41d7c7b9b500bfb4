import { stringify } from 'csv-stringify/sync';
import writeWorkbook from 'write-excel-file/node';

/** A list as people take it to Excel. A text stays a text, whatever it begins with; a number stays a number. */
export type Sheet = {
  /** Also the file's name, without its ending. */
  name: string;
  titles: string[];
  rows: (string | number | Date | null)[][];
};

export const FORMATS = ['csv', 'xlsx'] as const;
export type Format = (typeof FORMATS)[number];

export const MEDIA_TYPES: Record<Format, string> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

/** The list as a file. Dates become `2027-03-02` in CSV and dates of the sheet in XLSX. */
export async function exported({ sheet, format }: { sheet: Sheet; format: Format }): Promise<Buffer> {
  return format === 'csv' ? csv(sheet) : await workbook(sheet);
}

/** With the mark that makes Excel read UTF-8, and `'` before what Excel would run as a formula. */
function csv({ titles, rows }: Sheet): Buffer {
  const dates = { date: (date: Date) => date.toISOString().slice(0, 10) };
  return Buffer.from(
    stringify([titles, ...rows], { bom: true, record_delimiter: 'windows', escape_formulas: true, cast: dates }),
  );
}

async function workbook({ name, titles, rows }: Sheet): Promise<Buffer> {
  const head = titles.map((title) => ({ value: title, type: String, fontWeight: 'bold' as const }));
  const cells = rows.map((row) => row.map(cellOf));
  const widths = titles.map((title, at) => ({
    width: Math.min(
      48,
      Math.max(10, title.length + 2, ...rows.slice(0, 200).map((row) => String(row[at] ?? '').length)),
    ),
  }));
  const options = { sheet: name.slice(0, 31), stickyRowsCount: 1, columns: widths };
  return await writeWorkbook([head, ...cells], options).toBuffer();
}

function cellOf(value: string | number | Date | null) {
  if (value === null || value === '') return null;
  if (value instanceof Date) return { value, type: Date, format: 'yyyy-mm-dd' };
  return typeof value === 'number' ? { value, type: Number } : { value, type: String };
}
