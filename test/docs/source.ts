import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

export const ROOT = join(import.meta.dirname, '../..');

export function textOf(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}

/** The words of `export type Name = 'one' | 'two';`: a type leaves no trace at run time, so its source is read. */
export function wordsOfType({ file, type }: { file: string; type: string }): string[] {
  const [, written] = new RegExp(`export type ${type} =([^;]+);`).exec(textOf(file)) ?? [];
  if (!written) throw new Error(`${file} has no type ${type}`);
  return [...written.matchAll(/'([^']+)'/g)].map(([, word]) => word!);
}

/** The rows of the first table below a heading, cell by cell, without the marks of code and the row of titles. */
export function tableUnder({ heading, text }: { heading: string; text: string }): string[][] {
  const from = text.split('\n').findIndex((line) => /^#+ /.test(line) && line.replace(/^#+ /, '') === heading);
  if (from < 0) throw new Error(`There is no heading "${heading}"`);
  const rows: string[][] = [];
  for (const line of text.split('\n').slice(from + 1)) {
    if (line.startsWith('#') || (rows.length > 0 && !line.startsWith('|'))) break;
    if (line.startsWith('|')) rows.push(cellsOf(line));
  }
  return rows.slice(2);
}

function cellsOf(line: string): string[] {
  return line
    .slice(1, -1)
    .split('|')
    .map((cell) => cell.trim().replace(/^`(.*)`$/, '$1'));
}

/** Every file under these folders of the repository, by its path from the root. */
export function filesUnder(...folders: string[]): string[] {
  return folders.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(ROOT, join(entry.parentPath, entry.name))),
  );
}

/** The pages of documentation: those at the root and all of `docs/`. */
export function pages(): string[] {
  const own = ['README.md', 'STYLE.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'treaties/README.md'];
  return [...own, ...filesUnder('docs').filter((path) => path.endsWith('.md'))];
}

export function sorted(words: string[]): string[] {
  return words.toSorted((one, other) => one.localeCompare(other, 'en'));
}
