import type { RenderedLetter } from '../domain/letter.ts';
import { BrokenLetter, cleanLine, type LetterForm, type LetterValues, wrapText } from '../domain/letter-text.ts';
import { LANGUAGES, type Language } from '../domain/treaty.ts';
import { type Letter, readLetters } from './letters/folder.ts';
import { BadValue, valuesFor } from './letters/values.ts';

type ListedLetter = {
  /** `report-intake/invitation`. */
  template: string;
  form: LetterForm;
  languages: readonly Language[];
  /** SHA-256 of template and layout, per language. */
  versions: Record<Language, string>;
};

export type Letters = {
  /** Throws BrokenLetter that names the template, the language and the field when a value is missing or unfit. */
  render(wanted: { template: string; language: Language; values: LetterValues }): RenderedLetter;
  list(): ListedLetter[];
  /** Values to preview and test the letter with. */
  sample(template: string, language: Language): LetterValues;
};

/** Columns of the plain text. */
const WIDTH = 76;

/**
 * The letters of a folder, `<case type>/<letter>/{en,fr,es}.hbs` with a `sample.json` beside. All are read and checked
 * here, once: throws BrokenLetter for the first that is wrong, lacks a language, or says different things in two.
 */
export function createLetters({ folder }: { folder: string }): Letters {
  const letters = new Map(readLetters(folder).map((letter) => [letter.template, letter]));
  const find = (template: string): Letter => {
    const letter = letters.get(template);
    if (!letter) throw new BrokenLetter({ template, why: 'there is no such letter' });
    return letter;
  };
  return {
    render: ({ template, language, values }) => render({ letter: find(template), language, values }),
    list: () => [...letters.values()].map(listed),
    sample(template, language) {
      const { sample } = find(template);
      return { ...sample.all, ...sample[language] };
    },
  };
}

function render({
  letter,
  language,
  values,
}: {
  letter: Letter;
  language: Language;
  values: LetterValues;
}): RenderedLetter {
  const made = letter.languages[language];
  if (!made) throw new BrokenLetter({ template: letter.template, language, why: 'it is not written in this language' });
  try {
    const filled = valuesFor(made, values);
    const subject = cleanLine(made.subject(filled));
    // A line break in a value is marked before HTML is written around it, because all white space there is one space.
    const html = made.html({ ...mapLines(filled), subject, language, direction: 'ltr' }).replaceAll('\u2028', '<br>');
    const text = made
      .text(filled)
      .replace(/\n{3,}/g, '\n\n')
      .trim();
    return { subject, html, text: `${wrapText(text, WIDTH)}\n`, language, templateVersion: made.version };
  } catch (fault) {
    if (!(fault instanceof BadValue)) throw fault;
    throw new BrokenLetter({ template: letter.template, language, field: fault.field, why: fault.message });
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

function listed({ template, languages }: Letter): ListedLetter {
  const versions = Object.fromEntries(LANGUAGES.map((language) => [language, languages[language].version]));
  return { template, form: languages.en.form, languages: LANGUAGES, versions: versions as Record<Language, string> };
}
