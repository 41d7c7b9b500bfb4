import type { z } from 'zod';
import { FILES, type FileName } from './schema.ts';

type RawIssue = z.core.$ZodRawIssue;

const KINDS: Record<string, string> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
};

/** The rule an issue of zod's own breaks, in words that can follow the name of a field. */
export function ruleFor(issue: RawIssue): string {
  if (issue.code === 'invalid_type') return `must be ${KINDS[issue.expected] ?? issue.expected}`;
  if (issue.code === 'invalid_value') return `must be ${either(issue.values.map(String))}`;
  if (issue.code === 'too_small' && issue.origin === 'array') return 'must not be empty';
  if (issue.code === 'too_small') return `must be at least ${issue.minimum}`;
  if (issue.code === 'too_big') return `must be at most ${issue.maximum}`;
  return 'is not valid';
}

/** `states-parties.json, entry "LAO" (57th): field language must be en, fr or es, but is 'lo'`. */
export function sentencesFor({ file, value, issue }: { file: FileName; value: unknown; issue: z.core.$ZodIssue }) {
  const { where, path } = placeOf({ file, value, path: issue.path });
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => `${where}: field ${fieldAt([...path, key])} is not known`);
  }
  const found = valueAt({ value, path: issue.path });
  const field = path.length > 0 ? `field ${fieldAt(path)} ` : '';
  if (found === undefined) return [`${where}: ${field}is missing`];
  return [`${where}: ${field}${issue.message}${issue.message.startsWith('must') ? `, but is ${shown(found)}` : ''}`];
}

/** `states-parties.json, entry "LAO" (57th)`: the file, the name of the entry and its place in the list. */
export function entryOf({ file, entry, at }: { file: FileName; entry: unknown; at: number }): string {
  const name = (entry as Record<string, unknown> | null)?.[FILES[file].key];
  return `${file}, entry ${name === undefined ? '' : `${JSON.stringify(name)} `}(${ordinal(at + 1)})`;
}

/** Every entry whose name an earlier one already has. */
export function twins({ file, value }: { file: FileName; value: unknown }): string[] {
  const { list, key } = FILES[file];
  const entries = (value as Record<string, unknown> | null)?.[list];
  if (!Array.isArray(entries)) return [];
  const names = entries.map((entry) => fold(entry?.[key]));
  return entries.flatMap((entry, at) => {
    const first = names.indexOf(names[at]);
    if (first === at || names[at] === undefined) return [];
    return [`${entryOf({ file, entry, at })}: field ${key} already stands in the ${ordinal(first + 1)} entry`];
  });
}

function fold(name: unknown): string | undefined {
  return typeof name === 'string' ? name.toLowerCase() : undefined;
}

function placeOf({ file, value, path }: { file: FileName; value: unknown; path: PropertyKey[] }) {
  const { list } = FILES[file];
  const [first, at, ...rest] = path;
  if (first !== list || typeof at !== 'number') return { where: file, path };
  const entry = (value as Record<string, unknown[]>)[list]?.[at];
  return { where: entryOf({ file, entry, at }), path: rest };
}

function valueAt({ value, path }: { value: unknown; path: PropertyKey[] }): unknown {
  return path.reduce((within, step) => (within as Record<PropertyKey, unknown> | undefined)?.[step], value);
}

function fieldAt(path: PropertyKey[]): string {
  const steps = path.map((step) => (typeof step === 'number' ? ` (${ordinal(step + 1)})` : `.${String(step)}`));
  return steps.join('').replace(/^\./, '');
}

function either(words: string[]): string {
  return new Intl.ListFormat('en-GB', { type: 'disjunction' }).format(words);
}

function shown(value: unknown): string {
  if (typeof value === 'string') return `'${value.slice(0, 60)}'`;
  if (Array.isArray(value)) return `[${value.map(shown).join(', ').slice(0, 60)}]`;
  return typeof value === 'object' && value !== null ? 'an object' : String(value);
}

const ENDINGS: Record<string, string> = { one: 'st', two: 'nd', few: 'rd' };

/** 57 → "57th". */
function ordinal(place: number): string {
  return place + (ENDINGS[new Intl.PluralRules('en', { type: 'ordinal' }).select(place)] ?? 'th');
}
