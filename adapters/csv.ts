import { type CsvError, parse } from 'csv-parse/sync';
import type { RowProblem, Table } from '../domain/table.ts';

const DELIMITERS = [',', ';', '\t'] as const;

/**
 * The table in a CSV file as Excel, LibreOffice or Outlook write it: comma, semicolon or tab; UTF-8 or UTF-16 with or
 * without a mark at the beginning, otherwise Windows-1252.
 */
export function csvTable(bytes: Buffer): { table: Table } | { problems: RowProblem[] } {
  const text = decode(bytes);
  if (text === null || /[^\P{Cc}\s\x80-\x9f]/u.test(text)) {
    return { problems: [{ row: 0, sentence: 'The file is neither CSV nor an Excel workbook (.xlsx).' }] };
  }
  try {
    const delimiter = delimiterOf(text);
    return { table: parse(text, { delimiter, relax_column_count: true, record_delimiter: ['\r\n', '\n', '\r'] }) };
  } catch (error) {
    const row = Number((error as CsvError)['lines'] ?? 0);
    return { problems: [{ row, sentence: 'A quotation mark stands in the wrong place or is never closed.' }] };
  }
}

function delimiterOf(text: string): string {
  const titles = /^.*\S.*$/m.exec(text)?.[0] ?? '';
  const counts = DELIMITERS.map((delimiter) => titles.split(delimiter).length);
  return DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ',';
}

function decode(bytes: Buffer): string | null {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first !== 0 && second === 0)) return read(bytes, 'utf-16le');
  if ((first === 0xfe && second === 0xff) || (first === 0 && second !== 0)) return read(bytes, 'utf-16be');
  return read(bytes, 'utf-8') ?? windows1252(bytes);
}

/** The text without the mark at its beginning, or null when the bytes are not in this encoding. */
function read(bytes: Buffer, encoding: string): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** Node 20 reads these 32 bytes as Latin-1 even when asked for Windows-1252, and loses the typographic apostrophe. */
const FROM_0X80 = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';

function windows1252(bytes: Buffer): string {
  return bytes.toString('latin1').replace(/[\x80-\x9f]/g, (letter) => FROM_0X80[letter.charCodeAt(0) - 0x80] ?? letter);
}
