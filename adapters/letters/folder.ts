import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BrokenLetter, type LetterValues } from '../../domain/letter-text.ts';
import { LANGUAGES, type Language } from '../../domain/treaty.ts';
import { disagreements } from './agreement.ts';
import { type Layout, readTemplate, type Template } from './template.ts';

export type Letter = {
  template: string;
  /** What people call it. */
  name: Record<Language, string>;
  languages: Record<Language, Template>;
  /** Values under `all` and under each language. */
  sample: Partial<Record<Language | 'all', LetterValues>>;
};

export type Folder = {
  layout: Layout;
  /** What each field holds, in a sentence. */
  meanings: Readonly<Record<string, string>>;
  letters: ReadonlyMap<string, Letter>;
};

/** All letters of the folder. Throws BrokenLetter for the first that is wrong. */
export function readFolder(folder: string): Folder {
  const read = (...path: string[]) => readFileSync(join(folder, ...path), 'utf8');
  const layout = { html: read('_layout', 'letter.html.hbs'), text: read('_layout', 'letter.text.hbs') };
  const letters = foldersIn(folder).flatMap((caseType) =>
    foldersIn(join(folder, caseType)).map((name) => readLetter({ folder, template: `${caseType}/${name}`, layout })),
  );
  return {
    layout,
    meanings: JSON.parse(read('_layout', 'fields.json')),
    letters: new Map(letters.map((letter) => [letter.template, letter])),
  };
}

function foldersIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('_'))
    .map((entry) => entry.name)
    .sort();
}

function readLetter({ folder, template, layout }: { folder: string; template: string; layout: Layout }): Letter {
  const read = (file: string, language: Language | null = null) => {
    try {
      return readFileSync(join(folder, template, file), 'utf8');
    } catch {
      throw new BrokenLetter({ template, language, why: `${file} is missing` });
    }
  };
  const languages = Object.fromEntries(
    LANGUAGES.map((language) => [
      language,
      readTemplate({ template, language, source: read(`${language}.hbs`, language), layout }),
    ]),
  ) as Record<Language, Template>;
  const [odd] = disagreements(languages);
  if (odd) {
    const why = `is not in both ${odd.with} and ${odd.language}`;
    throw new BrokenLetter({ template, language: odd.language, field: odd.what, why });
  }
  const { name = {}, ...sample } = sampleIn(template, read('sample.json'));
  return { template, name: { en: template, fr: template, es: template, ...name }, languages, sample };
}

function sampleIn(template: string, json: string): Letter['sample'] & { name?: Partial<Letter['name']> } {
  try {
    return JSON.parse(json);
  } catch {
    throw new BrokenLetter({ template, why: 'sample.json is not JSON' });
  }
}
