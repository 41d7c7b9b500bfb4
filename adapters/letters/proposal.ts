import type { RenderedLetter } from '../../domain/letter.ts';
import { BrokenLetter, type LetterValues } from '../../domain/letter-text.ts';
import { LANGUAGES, type Language } from '../../domain/treaty.ts';
import { disagreements } from './agreement.ts';
import type { Letter } from './folder.ts';
import { type Use, usesIn } from './placeholders.ts';
import { type Layout, readTemplate, type Template } from './template.ts';

/** What is wrong with a text somebody typed, and in which line of it, where one can be named. */
export type TextFault = { language: Language; line: number | null; why: string };
/** `texts`: those that can be read at all; only without any fault is it a letter. */
export type Proposal = { faults: TextFault[]; texts: Template[] };

export type Field = { field: string; meaning: string; sample: string; mayBeAbsent: boolean };

const NAMES: Record<Language, string> = { en: 'English', fr: 'French', es: 'Spanish' };
/** Mail programs cut longer ones off (Gmail at 102 kB). */
const MOST_BYTES = 100_000;

type Typed = {
  letter: Letter;
  layout: Layout;
  sources: Record<Language, string>;
  render: (made: Template, values: LetterValues) => RenderedLetter;
};

/** Reads the sources as the texts of this letter, and finds every fault there is. */
export function proposalOf({ letter, layout, sources, render }: Typed): Proposal {
  const { template } = letter;
  const read = LANGUAGES.map((language) => {
    try {
      return readTemplate({ template, language, source: sources[language], layout });
    } catch (fault) {
      return fault as BrokenLetter;
    }
  });
  const texts = read.filter((each): each is Template => !(each instanceof BrokenLetter));
  const faults = [
    ...read.flatMap((each) => (each instanceof BrokenLetter ? [faultOf(each)] : [])),
    ...texts.flatMap((text) => faultsIn({ letter, text, render })),
    ...(texts.length === LANGUAGES.length ? differing(texts) : []),
  ];
  return { faults, texts };
}

function faultOf({ language, line, field, why }: BrokenLetter): TextFault {
  return { language: language!, line, why: field ? `{{${field}}} ${why}` : why };
}

type Checked = { letter: Letter; text: Template } & Pick<Typed, 'render'>;

function faultsIn({ letter, text, render }: Checked): TextFault[] {
  const { language, source } = text;
  const before = letter.languages[language];
  const at = (line: number | null, why: string): TextFault => ({ language, line, why });
  const uses = usesIn(source);
  const stays = [...before.links.map(({ field }) => field), 'reference'].filter((field) =>
    before.uses.some((use) => use.field === field),
  );
  const found = [
    ...(text.form === before.form ? [] : [at(null, `the form of this letter is “${before.form}”`)]),
    ...uses.flatMap((use) => unfit(letter, use).map((why) => at(use.line, why))),
    ...stays.filter((field) => !uses.some((use) => use.field === field)).map((field) => at(null, lacking(field))),
  ];
  return found.length > 0 ? found : sampled({ letter, text, render });
}

function lacking(field: string): string {
  return `{{${field}}} is missing: the letter does not do its work without it`;
}

/** What the code that draws up this letter cannot fill. */
function unfit(letter: Letter, { field, kind, when }: Use): string[] {
  const value = valuesIn(letter)[field];
  if (value === undefined) return [`{{${field}}} is not a field of this letter`];
  if (kind === 'condition') return [];
  if (Array.isArray(value) && kind === 'text')
    return [`{{${field}}} is a list: write {{#each ${field}}}{{this}}{{/each}}`];
  if (!Array.isArray(value) && kind === 'list') return [`{{${field}}} is not a list: write {{${field}}}`];
  const isAsked = when.some((condition) => condition.field === field && condition.present);
  if (mayBeAbsent(letter, field) && !isAsked)
    return [`{{${field}}} may have no value: put {{#if ${field}}} … {{/if}} around it`];
  return [];
}

function valuesIn({ sample }: Letter): LetterValues {
  return { ...sample.all, ...sample.en, ...sample.fr, ...sample.es };
}

/** Only what the supplied text shows without a condition is there in every letter. */
function mayBeAbsent({ languages: { en } }: Letter, field: string): boolean {
  return !en.uses.some((use) => use.field === field && use.kind !== 'condition' && use.when.length === 0);
}

function sampled({ letter: { sample }, text, render }: Checked): TextFault[] {
  const { language } = text;
  try {
    const { subject, html } = render(text, { ...sample.all, ...sample[language] });
    if (!subject) return [{ language, line: null, why: 'the subject is empty' }];
    const isLong = Buffer.byteLength(html) > MOST_BYTES;
    return isLong ? [{ language, line: null, why: 'the letter is too long for mail programs: over 100 kB' }] : [];
  } catch (fault) {
    if (!(fault instanceof BrokenLetter)) throw fault;
    return [{ ...faultOf(fault), language }];
  }
}

function differing(texts: Template[]): TextFault[] {
  const byLanguage = Object.fromEntries(texts.map((text) => [text.language, text])) as Record<Language, Template>;
  return disagreements(byLanguage).map(({ language, with: other, what, field, isHere }) => {
    const line = isHere ? (usesIn(byLanguage[language].source).find((use) => use.field === field)?.line ?? null) : null;
    const [kind] = what.split(' ');
    const said =
      kind === 'condition' ? `{{#if ${field}}}` : kind === 'link' ? `the link to {{${field}}}` : `{{${field}}}`;
    const where = isHere ? `stands here and not in ${NAMES[other]}` : `stands in ${NAMES[other]} and not here`;
    return { language, line, why: `${said} ${where}` };
  });
}

/** The fields of a letter, in the order of the alphabet. */
export function fieldsOf({
  letter,
  meanings,
}: {
  letter: Letter;
  meanings: Readonly<Record<string, string>>;
}): Field[] {
  return Object.entries(valuesIn(letter))
    .map(([field]) => field)
    .sort()
    .map((field) => {
      const value = { ...letter.sample.all, ...letter.sample.en }[field];
      return {
        field,
        meaning: meanings[field] ?? '',
        sample: Array.isArray(value) ? value.join(' / ') : String(value ?? ''),
        mayBeAbsent: mayBeAbsent(letter, field),
      };
    });
}
