import { buffer } from 'node:stream/consumers';
import readWorkbook, { type CellValue } from 'read-excel-file/node';
import { fromBufferPromise } from 'yauzl';
import type { RowProblem, Table } from '../domain/table.ts';

const LARGEST_UNPACKED = 50 * 1024 * 1024;

/** The table on the one filled sheet of an Excel workbook. Formulas are refused: their value may be out of date. */
export async function workbookTable(bytes: Buffer): Promise<{ table: Table } | { problems: RowProblem[] }> {
  try {
    const problems = await faultsIn(bytes);
    if (problems.length > 0) return { problems };
    const sheets = (await readWorkbook(bytes)).filter((sheet) => sheet.data.length > 0);
    if (sheets.length < 2) return { table: sheets[0]?.data.map((row) => row.map(textOf)) ?? [] };
    const names = sheets.map((sheet) => `"${sheet.sheet}"`).join(' and ');
    return { problems: [{ row: 0, sentence: `The workbook has more than one filled sheet: ${names}. Keep one.` }] };
  } catch (error) {
    const reason = (error as Error).message.replace(/\.$/, '');
    return { problems: [{ row: 0, sentence: `The file is not an Excel workbook that can be read: ${reason}.` }] };
  }
}

const FORMULA = /<(?:\w+:)?c\s(?:[^>]*\s)?r="([A-Z]+)(\d+)"[^>]*>\s*<(?:\w+:)?f[\s>/]/g;

/** Unpacks every part once, so that sizes are known to be true before the workbook is read into memory. */
async function faultsIn(bytes: Buffer): Promise<RowProblem[]> {
  const zip = await fromBufferPromise(bytes);
  const problems: RowProblem[] = [];
  let unpacked = 0;
  for await (const entry of zip.eachEntry()) {
    unpacked += entry.uncompressedSize;
    if (unpacked > LARGEST_UNPACKED) return [{ row: 0, sentence: 'The workbook unpacks to more than 50 MB.' }];
    const part = await buffer(await zip.openReadStreamPromise(entry));
    if (!entry.fileName.startsWith('xl/worksheets/')) continue;
    for (const [, column, row] of part.toString('utf8').matchAll(FORMULA)) {
      problems.push({ row: Number(row), sentence: `Cell ${column}${row} holds a formula; write its value instead.` });
    }
  }
  return problems;
}

function textOf(cell: CellValue | null): string {
  if (cell === null) return '';
  return cell instanceof Date ? cell.toISOString().slice(0, 10) : String(cell);
}
