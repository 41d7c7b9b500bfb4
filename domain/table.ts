import { fold } from './state-names.ts';

/** A list as a person sees it in Excel: rows of texts, the first being the titles of the columns. */
export type Table = string[][];

/** What is wrong with one row; rows are counted as Excel shows them, and 0 means the file as a whole. */
export type RowProblem = { row: number; sentence: string };

export type Reading<Value> = { value: Value } | { problem: string };

/** A column: its titles (the first is the one we name), what a cell of it means, and what a blank one means. */
export type Column<Value> = {
  titles: [string, ...string[]];
  read: (text: string) => Reading<Value>;
  /** Left out where each row must fill the column. */
  whenBlank?: Value;
};

export type Columns<Values> = { [Field in keyof Values]: Column<Values[Field]> };

export type Row<Values> = { row: number; values: Values };

/**
 * The rows that can be understood, in whichever order the columns stand, and every problem of the others. Nothing is
 * left out in silence: an unknown column is a problem too.
 */
export function rowsOf<Values>({ table, columns }: { table: Table; columns: Columns<Values> }): {
  rows: Row<Values>[];
  problems: RowProblem[];
} {
  const lines = table.map((cells, at) => ({ row: at + 1, cells: cells.map(tidy) }));
  const [titles, ...filled] = lines.filter(({ cells }) => cells.some(Boolean));
  if (!titles) return { rows: [], problems: [{ row: 0, sentence: 'The file is empty.' }] };
  const { places, sentences } = placesOf({ titles: titles.cells, columns });
  if (filled.length === 0) sentences.push('There is no row below the titles.');
  if (sentences.length > 0) return { rows: [], problems: sentences.map((sentence) => ({ row: titles.row, sentence })) };
  const readings = filled.map(({ row, cells }) => ({ row, ...readRow({ cells, columns, places }) }));
  return {
    rows: readings.filter((reading) => reading.sentences.length === 0).map(({ row, values }) => ({ row, values })),
    problems: readings.flatMap((reading) => reading.sentences.map((sentence) => ({ row: reading.row, sentence }))),
  };
}

type Places<Values> = Map<keyof Values, number>;

function placesOf<Values>({ titles, columns }: { titles: string[]; columns: Columns<Values> }) {
  const places: Places<Values> = new Map();
  const fields = Object.keys(columns) as (keyof Values)[];
  const known = fields.map((field) => columns[field].titles[0]).join(', ');
  const sentences: string[] = [];
  titles.forEach((title, at) => {
    const field = fields.find((each) => columns[each].titles.some((name) => fold(name) === fold(title)));
    if (field === undefined && title) sentences.push(`Column "${title}" is not known; the columns are ${known}.`);
    if (field !== undefined && places.has(field)) sentences.push(`Column "${title}" stands here twice.`);
    if (field !== undefined) places.set(field, at);
  });
  for (const field of fields) {
    if (places.has(field) || 'whenBlank' in columns[field]) continue;
    sentences.push(`Column ${columns[field].titles[0]} is missing; the columns are ${known}.`);
  }
  return { places, sentences };
}

type Line<Values> = { cells: string[]; columns: Columns<Values>; places: Places<Values> };

function readRow<Values>({ cells, columns, places }: Line<Values>): { values: Values; sentences: string[] } {
  const values: Partial<Values> = {};
  const sentences: string[] = [];
  for (const field of Object.keys(columns) as (keyof Values)[]) {
    const reading = readCell({ text: cells[places.get(field) ?? -1] ?? '', column: columns[field] });
    if ('problem' in reading) sentences.push(reading.problem);
    else values[field] = reading.value;
  }
  const untitled = cells.filter((cell, at) => cell && ![...places.values()].includes(at));
  if (untitled.length > 0) sentences.push(`"${untitled[0]}" stands in a column without a title.`);
  return { values: values as Values, sentences };
}

/** Excel would run what begins with one of these when our own export of the row is opened there. */
const FORMULA = /^[=+\-@]/;
/** Every invisible character but the two joiners that names in Arabic script need. */
const INVISIBLE = /[^\P{C}\u200c\u200d]/u;
const LONGEST = 254;

function readCell<Value>({ text, column }: { text: string; column: Column<Value> }): Reading<Value> {
  const [title] = column.titles;
  if (!text)
    return 'whenBlank' in column ? { value: column.whenBlank as Value } : { problem: `Column ${title} is blank.` };
  if (FORMULA.test(text))
    return { problem: `Column ${title} begins with "${text[0]}" like a formula; write plain text.` };
  if (INVISIBLE.test(text)) return { problem: `Column ${title} holds an invisible character.` };
  if (text.length > LONGEST) return { problem: `Column ${title} is longer than ${LONGEST} characters.` };
  return column.read(text);
}

function tidy(cell: string): string {
  return cell.normalize('NFC').replace(/\s+/g, ' ').trim();
}
