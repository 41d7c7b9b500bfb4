import type { RenderedLetter } from '../domain/letter.ts';
import { BrokenLetter, cleanLine, type LetterForm, type LetterValues, wrapText } from '../domain/letter-text.ts';
import { LANGUAGES, type Language } from '../domain/treaty.ts';
import { type Folder, type Letter, readFolder } from './letters/folder.ts';
import { type Field, fieldsOf, type Proposal, proposalOf } from './letters/proposal.ts';
import type { Template } from './letters/template.ts';
import { BadValue, valuesFor } from './letters/values.ts';

type Which = { template: string; language: Language };

export type ListedLetter = {
  /** `report-intake/invitation`. */
  template: string;
  /** What people call it; its path, where nobody has named it. */
  name: Record<Language, string>;
  form: LetterForm;
  languages: readonly Language[];
  /** SHA-256 of all that each language is rendered from. */
  versions: Record<Language, string>;
};

export type Letters = {
  /** Throws BrokenLetter that names the template, the language and the field when a value is missing or unfit. */
  render(wanted: Which & { values: LetterValues }): RenderedLetter;
  list(): ListedLetter[];
  /** Values to preview and test the letter with. */
  sample(template: string, language: Language): LetterValues;
  /** A letter in one language, with all that is kept of it; null when there is none. */
  text(which: Which): Template | null;
  /** The same letters with these texts in the place of their own. */
  with(texts: readonly Template[]): Letters;
  /** Reads what somebody typed: the texts it makes, and what is wrong with them. */
  propose(typed: { template: string; sources: Record<Language, string> }): Proposal;
  /** The fields of a letter, for who writes it. */
  fields(template: string): Field[];
};

/** Columns of the plain text. */
const WIDTH = 76;

/**
 * The letters of a folder, `<case type>/<letter>/{en,fr,es}.hbs` with a `sample.json` beside. All are read and checked
 * here, once: throws BrokenLetter for the first that is wrong, lacks a language, or says different things in two.
 */
export function createLetters({ folder }: { folder: string }): Letters {
  return lettersOf({ folder: readFolder(folder), texts: new Map() });
}

type Texts = ReadonlyMap<string, Template>;

function lettersOf({ folder, texts }: { folder: Folder; texts: Texts }): Letters {
  const find = (template: string): Letter => {
    const letter = folder.letters.get(template);
    if (!letter) throw new BrokenLetter({ template, why: 'there is no such letter' });
    return letter;
  };
  const text = ({ template, language }: Which) =>
    texts.get(`${template} ${language}`) ?? folder.letters.get(template)?.languages[language] ?? null;
  return {
    text,
    render({ values, ...which }) {
      const made = text(which);
      if (!made) throw new BrokenLetter({ ...which, why: absence(folder, which) });
      return render(made, values);
    },
    list: () =>
      [...folder.letters.values()].map(({ template, languages: { en }, name }) => {
        const versions = LANGUAGES.map((language) => [language, text({ template, language })!.version]);
        return { template, name, form: en.form, languages: LANGUAGES, versions: Object.fromEntries(versions) };
      }),
    sample(template, language) {
      const { sample } = find(template);
      return { ...sample.all, ...sample[language] };
    },
    with(others) {
      const over = others.map((each): [string, Template] => [`${each.template} ${each.language}`, each]);
      return lettersOf({ folder, texts: new Map([...texts, ...over]) });
    },
    propose: ({ template, sources }) => proposalOf({ letter: find(template), layout: folder.layout, sources, render }),
    fields: (template) => fieldsOf({ letter: find(template), meanings: folder.meanings }),
  };
}

function absence({ letters }: Folder, { template }: Which): string {
  return letters.has(template) ? 'it is not written in this language' : 'there is no such letter';
}

function render(made: Template, values: LetterValues): RenderedLetter {
  const { template, language, version } = made;
  try {
    const filled = valuesFor(made, values);
    const subject = cleanLine(made.subject(filled));
    // A line break in a value is marked before HTML is written around it, because all white space there is one space.
    const html = made.html({ ...mapLines(filled), subject, language, direction: 'ltr' }).replaceAll('\u2028', '<br>');
    const text = made
      .text(filled)
      .replace(/\n{3,}/g, '\n\n')
      .trim();
    return { subject, html, text: `${wrapText(text, WIDTH)}\n`, language, templateVersion: version };
  } catch (fault) {
    if (!(fault instanceof BadValue)) throw fault;
    throw new BrokenLetter({ template, language, field: fault.field, why: fault.message });
  }
}

function mapLines(filled: Record<string, string | readonly string[]>): Record<string, string | readonly string[]> {
  const marked = (text: string) => text.replaceAll('\n', '\u2028');
  return Object.fromEntries(
    Object.entries(filled).map(([field, value]) => [
      field,
      typeof value === 'string' ? marked(value) : value.map(marked),
    ]),
  );
}
