import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BrokenLetter, type LetterValues } from '../../domain/letter-text.ts';
import { LANGUAGES, type Language } from '../../domain/treaty.ts';
import { type Layout, readTemplate, type Template } from './template.ts';

/** `sample` holds values under `all` and under each language. */
export type Letter = {
  template: string;
  languages: Record<Language, Template>;
  sample: Partial<Record<Language | 'all', LetterValues>>;
};

/** All letters of the folder. Throws BrokenLetter for the first that is wrong. */
export function readLetters(folder: string): Letter[] {
  const read = (...path: string[]) => readFileSync(join(folder, ...path), 'utf8');
  const layout = { html: read('_layout', 'letter.html.hbs'), text: read('_layout', 'letter.text.hbs') };
  return foldersIn(folder).flatMap((caseType) =>
    foldersIn(join(folder, caseType)).map((name) => readLetter({ folder, template: `${caseType}/${name}`, layout })),
  );
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
  assertSameEverywhere(template, languages);
  return { template, languages, sample: sampleIn(template, read('sample.json')) };
}

function sampleIn(template: string, json: string): Letter['sample'] {
  try {
    return JSON.parse(json);
  } catch {
    throw new BrokenLetter({ template, why: 'sample.json is not JSON' });
  }
}

/** Who approves a letter reads it in one language; the others must say it with the same values. */
function assertSameEverywhere(template: string, languages: Record<Language, Template>): void {
  const fieldsOf = ({ form, uses, links }: Template) =>
    new Set([
      form,
      ...uses.flatMap(({ field, kind, when }) => [`${kind} ${field}`, ...when.map((each) => each.field)]),
      ...links.map((link) => `link ${link.field}`),
    ]);
  const [first, ...others] = LANGUAGES;
  const expected = fieldsOf(languages[first as Language]);
  for (const language of others) {
    const found = fieldsOf(languages[language]);
    const odd = [...expected].find((field) => !found.has(field)) ?? [...found].find((field) => !expected.has(field));
    if (odd) throw new BrokenLetter({ template, language, field: odd, why: `is not in both ${first} and ${language}` });
  }
}
