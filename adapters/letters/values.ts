import { cleanLine, cleanText, type LetterValue, type LetterValues } from '../../domain/letter-text.ts';
import type { Template } from './template.ts';

/** Names the field that has no usable value. */
export class BadValue extends Error {
  readonly field: string;
  constructor(field: string, why: string) {
    super(why);
    this.field = field;
  }
}

type Filled = Record<string, string | readonly string[]>;

/**
 * The values a template needs, cleaned and frozen. Handlebars, even when strict, prints nothing for null: so each place
 * that will be shown must have a text or a number here, and each link an address.
 */
export function valuesFor({ uses, links, paragraphs }: Template, values: LetterValues): Filled {
  const filled: Filled = Object.create(null);
  const isPresent = (field: string) => !isAbsent(values[field]);
  for (const { field, kind, when } of uses) {
    if (kind === 'condition') filled[field] ??= isPresent(field) ? 'yes' : '';
    else if (when.every((condition) => isPresent(condition.field) === condition.present))
      filled[field] =
        kind === 'list' ? listOf(field, values[field]) : textOf(field, values[field], paragraphs.has(field));
  }
  for (const { field, kind } of links) if (filled[field]) assertAddress({ field, kind, value: String(filled[field]) });
  return Object.freeze(filled);
}

function isAbsent(value: LetterValue): boolean {
  return value === undefined || value === null || (typeof value !== 'number' && value.length === 0);
}

function textOf(field: string, value: LetterValue, severalLines = false): string {
  if (typeof value !== 'string' && typeof value !== 'number') throw new BadValue(field, 'has no value');
  if (typeof value === 'number' && !Number.isFinite(value)) throw new BadValue(field, 'is not a number');
  const text = (severalLines ? cleanText(String(value)) : cleanLine(String(value))).trim();
  if (!text) throw new BadValue(field, 'is empty');
  return text;
}

function listOf(field: string, value: LetterValue): readonly string[] {
  if (!Array.isArray(value) || value.length === 0) throw new BadValue(field, 'is not a list with at least one line');
  return Object.freeze(value.map((line) => textOf(field, line)));
}

const ADDRESS = /^[^\s<>"'`?&%]+@[^\s<>"'`?&%@]+$/;

function assertAddress({ field, kind, value }: { field: string; kind: 'url' | 'address'; value: string }): void {
  const isFine =
    kind === 'address' ? ADDRESS.test(value) : /^https?:\/\/[^\s<>"'`\\]+$/.test(value) && URL.canParse(value);
  if (!isFine) throw new BadValue(field, kind === 'address' ? 'is not an email address' : 'is not a web address');
}
