import { LANGUAGES, type Language } from './treaty.ts';

/** How a letter speaks: a note verbale to a mission, a letter to an expert, a plain mail to our own people. */
export type LetterForm = 'note verbale' | 'letter' | 'internal';
export const LETTER_FORMS: readonly LetterForm[] = ['note verbale', 'letter', 'internal'];

/** What fills the placeholders of a letter. Absent values are only fine where the letter asks `{{#if}}` first. */
export type LetterValue = string | number | readonly string[] | null | undefined;
export type LetterValues = Readonly<Record<string, LetterValue>>;

/** A letter that cannot be written: its template is wrong, or a value it needs is missing. */
export class BrokenLetter extends Error {
  override name = 'BrokenLetter';
  readonly template: string;
  readonly language: Language | null;
  readonly field: string | null;
  /** What is wrong, and in which line of the source, where that is known. */
  readonly why: string;
  readonly line: number | null;
  constructor({
    template,
    language = null,
    field = null,
    why,
    line = null,
  }: {
    template: string;
    language?: Language | null;
    field?: string | null;
    why: string;
    line?: number | null;
  }) {
    super(`Letter ${template}${language ? ` (${language})` : ''}: ${field ? `${field} ` : ''}${why}`);
    this.template = template;
    this.language = language;
    this.field = field;
    this.why = why;
    this.line = line;
  }
}

const LISTS = Object.fromEntries(
  LANGUAGES.map((language) => [language, new Intl.ListFormat(language === 'en' ? 'en-GB' : language)]),
) as Record<Language, Intl.ListFormat>;

/** "A, B and C", "A, B et C", "A, B y C"; Spanish turns y into e before an i sound: "Chile e Irlanda". */
export function joinNames(names: readonly string[], language: Language): string {
  return LISTS[language].format(names);
}

// Overrides and isolates that make a name read as another: "\u202Egpj.exe" shows as "exe.jpg".
const DIRECTION_OVERRIDES = /[\u202A-\u202E\u2066-\u2069]/g;
const CONTROLS = /[\p{Cc}\p{Cs}]/gu;

/** Text as a reader may be shown it: line breaks are kept, other control characters and direction overrides are not. */
export function cleanText(value: string): string {
  return value
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replace(DIRECTION_OVERRIDES, '')
    .replace(CONTROLS, (character) => (character === '\n' || character === '\t' ? character : ''));
}

/** Clean text on one line, as a subject, a name or any other mail header needs it. */
export function cleanLine(value: string): string {
  return cleanText(value)
    .replace(/\s+/g, (space) => (space.includes('\u00A0') ? '\u00A0' : ' '))
    .trim();
}

/** What stands between a label and its value; in French with a space before it that never breaks. */
export const COLON: Record<Language, string> = { en: ': ', fr: '\u00A0: ', es: ': ' };

/** Somebody's words as a sentence: on one line, with one full stop. */
export function asSentence(words: string): string {
  const line = cleanLine(words);
  return /[.!?…]$/.test(line) ? line : `${line}.`;
}

/** French sets a space that never breaks before its double punctuation and inside its quotation marks. */
export function frenchSpacing(text: string): string {
  return text.replace(/ (?=[:;?!»])/g, '\u00A0').replace(/« /g, '«\u00A0');
}

/** Lines of at most `width` characters, list items with a hanging indent; a longer word (a link) stays whole. */
export function wrapText(text: string, width: number): string {
  return text
    .split('\n')
    .map((line) => (line.length <= width ? line : wrapLine(line, width)))
    .join('\n');
}

function wrapLine(line: string, width: number): string {
  const start = /^ *(?:- |\d+\. )?/.exec(line)?.[0] ?? '';
  const lines: string[] = [];
  let current = '';
  for (const word of line.slice(start.length).split(' ')) {
    if (current && start.length + current.length + 1 + word.length > width) {
      lines.push(current);
      current = word;
    } else current = current ? `${current} ${word}` : word;
  }
  return start + [...lines, current].join(`\n${' '.repeat(start.length)}`);
}
