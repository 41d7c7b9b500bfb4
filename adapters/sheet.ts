import { readFile } from 'node:fs/promises';
import type { RowProblem, Table } from '../domain/table.ts';
import { csvTable } from './csv.ts';
import { workbookTable } from './workbook.ts';

const LARGEST = 5 * 1024 * 1024;

/** What a file holds as a table, or why it cannot be read as one. */
type TableRead = { table: Table } | { problems: RowProblem[] };

/** Reads a CSV file or an Excel workbook; which of the two it is, its content says and not its name. */
export async function readTable(file: string): Promise<TableRead> {
  let bytes: Buffer;
  try {
    bytes = await readFile(file);
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    return wholeFile(`The file ${file} cannot be read: ${UNREADABLE[code] ?? message}.`);
  }
  if (bytes.length === 0) return wholeFile('The file is empty.');
  if (bytes.length > LARGEST) return wholeFile('The file is larger than 5 MB.');
  const kind = KINDS.find(([beginning]) => bytes.subarray(0, beginning.length).equals(beginning))?.[1];
  if (kind === 'workbook') return workbookTable(bytes);
  if (kind) return wholeFile(`The file is ${kind}; save it as .xlsx or as CSV.`);
  return csvTable(bytes);
}

const UNREADABLE: Record<string, string> = {
  ENOENT: 'it does not exist',
  EACCES: 'you may not read it',
  EISDIR: 'it is a folder',
};

const KINDS: [Buffer, string][] = [
  [Buffer.from('PK'), 'workbook'],
  [Buffer.from('d0cf11e0', 'hex'), 'an Excel file of the old kind (.xls)'],
  [Buffer.from('%PDF'), 'a PDF'],
  [Buffer.from('{\\rtf'), 'a text of a word processor (.rtf)'],
];

function wholeFile(sentence: string): TableRead {
  return { problems: [{ row: 0, sentence }] };
}
