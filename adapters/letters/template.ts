import { createHash } from 'node:crypto';
import { canonical } from '../../domain/hash.ts';
import { BrokenLetter, frenchSpacing, LETTER_FORMS, type LetterForm } from '../../domain/letter-text.ts';
import type { Language } from '../../domain/treaty.ts';
import { BadLink, type Link, readMarkdown } from './markdown.ts';
import { compile, type Fill, lineOf, type Use, usesIn } from './placeholders.ts';
import { plainTextOf } from './plain-text.ts';

/**
 * All that a letter in one language is rendered from. It is kept finished, Markdown and layout worked in: a later
 * version of the product that lays letters out differently still renders this one as it was approved.
 */
type Finished = {
  template: string;
  language: Language;
  form: LetterForm;
  /** What was typed. */
  source: string;
  subject: string;
  html: string;
  text: string;
  links: Link[];
  /** Fields that fill a paragraph of their own: only there may a value have several lines. */
  paragraphs: string[];
};

/** A letter in one language, checked and compiled. */
export type Template = Omit<Finished, 'subject' | 'html' | 'text' | 'paragraphs'> & {
  uses: Use[];
  paragraphs: ReadonlySet<string>;
  /** The finished letter as one text, and its SHA-256. */
  content: string;
  version: string;
  subject: Fill;
  html: Fill;
  text: Fill;
};

export type Layout = { html: string; text: string };

/** Filled in by us, in the layout and nowhere else. */
const OURS = new Set(['language', 'direction', 'subject']);

type Source = { template: string; language: Language; source: string; layout: Layout };

/** Reads one `.hbs` source. Throws BrokenLetter that names what is wrong with it, and the line. */
export function readTemplate({ template, language, source, layout }: Source): Template {
  const unix = source.replaceAll('\r\n', '\n');
  try {
    return openTemplate(canonical(finished({ template, language, source: unix, layout })));
  } catch (fault) {
    const why = fault instanceof Error ? fault.message : String(fault);
    throw new BrokenLetter({ template, language, why, line: lineIn(unix, fault) });
  }
}

function finished({ template, language, source, layout }: Source): Finished {
  const { subject, form, body } = frontMatter(language === 'fr' ? frenchSpacing(source) : source);
  const ours = usesIn(source).find(({ field }) => OURS.has(field));
  if (ours) throw new Error(`{{${ours.field}}} belongs to the layout`);
  const { styled, bare, links } = readMarkdown(body);
  const html = layout.html.replace('[[letter]]', () => styled);
  const text = layout.text.replace('[[letter]]', () => plainTextOf(bare));
  return { template, language, form, source, subject, html, text, links, paragraphs: paragraphsIn(body) };
}

/** A finished letter, to be rendered. */
export function openTemplate(content: string): Template {
  const { subject, html, text, paragraphs, ...made } = JSON.parse(content) as Finished;
  return {
    ...made,
    uses: [subject, html, text].flatMap(usesIn).filter(({ field }) => !OURS.has(field)),
    paragraphs: new Set(paragraphs),
    content,
    version: createHash('sha256').update(content).digest('hex'),
    subject: compile(subject, { plainText: true }),
    html: compile(html, { plainText: false }),
    text: compile(text, { plainText: true }),
  };
}

function lineIn(source: string, fault: unknown): number | null {
  if (fault instanceof BadLink) return lineOf(source, source.indexOf(fault.href));
  return (fault as { line?: number | null }).line ?? null;
}

/** A name that came with line breaks must not write paragraphs of its own into a letter. */
function paragraphsIn(body: string): string[] {
  const alone = [...body.matchAll(/^\{\{(\w+)\}\}$/gm)].map(([, field]) => field ?? '');
  const withoutThem = body.replace(/^\{\{\w+\}\}$/gm, '');
  return alone.filter((field) => !withoutThem.includes(`{{${field}}}`));
}

/** Subject and form above, the letter below. */
function frontMatter(source: string): { subject: string; form: LetterForm; body: string } {
  const [, head, body] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(source) ?? [];
  if (head === undefined || body === undefined) throw new Error('it starts with --- subject and form ---');
  if (/[\uE000\uE001]/.test(source)) throw new Error('it holds a character of the private use area');
  const lines = new Map(
    head.split('\n').map((line): [string, string] => {
      const [, name, value] = /^(\w+)[ \u00A0]?: *(.+?) *$/.exec(line) ?? [];
      if (!name || !value) throw new Error(`“${line}” at its head is not “name: value”`);
      return [name, value];
    }),
  );
  const subject = lines.get('subject');
  const form = LETTER_FORMS.find((each) => each === lines.get('form'));
  if (!subject || !form || lines.size !== 2)
    throw new Error(`its head has subject and form (${LETTER_FORMS.join(', ')})`);
  return { subject, form, body };
}
