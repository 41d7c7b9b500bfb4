import { createHash } from 'node:crypto';
import { BrokenLetter, frenchSpacing, LETTER_FORMS, type LetterForm } from '../../domain/letter-text.ts';
import type { Language } from '../../domain/treaty.ts';
import { type Link, readMarkdown } from './markdown.ts';
import { compile, type Fill, type Use, usesIn } from './placeholders.ts';
import { plainTextOf } from './plain-text.ts';

/** A letter in one language, checked and compiled. */
export type Template = {
  form: LetterForm;
  uses: Use[];
  links: Link[];
  /** Fields that fill a paragraph of their own: only there may a value have several lines. */
  paragraphs: ReadonlySet<string>;
  /** SHA-256 of the source of the letter and of the layout. */
  version: string;
  subject: Fill;
  html: Fill;
  text: Fill;
};

export type Layout = { html: string; text: string };

/** Filled in by us, in the layout and nowhere else. */
const OURS = new Set(['language', 'direction', 'subject']);

/** Reads one `.hbs` source. Throws BrokenLetter that names what is wrong with it. */
export function readTemplate({
  template,
  language,
  source,
  layout,
}: {
  template: string;
  language: Language;
  source: string;
  layout: Layout;
}): Template {
  try {
    const unix = source.replaceAll('\r\n', '\n');
    const { subject, form, body } = frontMatter(language === 'fr' ? frenchSpacing(unix) : unix);
    const { styled, bare, links } = readMarkdown(body);
    const ofLayout = [layout.html, layout.text].flatMap(usesIn).filter(({ field }) => !OURS.has(field));
    const html = layout.html.replace('[[letter]]', () => styled);
    const text = layout.text.replace('[[letter]]', () => plainTextOf(bare));
    return {
      form,
      uses: [...[subject, body].flatMap(usesIn), ...ofLayout],
      links,
      paragraphs: paragraphsIn(body),
      version: createHash('sha256').update([unix, layout.html, layout.text].join('\0')).digest('hex'),
      subject: compile(subject, { plainText: true }),
      html: compile(html, { plainText: false }),
      text: compile(text, { plainText: true }),
    };
  } catch (fault) {
    throw new BrokenLetter({ template, language, why: fault instanceof Error ? fault.message : String(fault) });
  }
}

/** A name that came with line breaks must not write paragraphs of its own into a letter. */
function paragraphsIn(body: string): ReadonlySet<string> {
  const alone = [...body.matchAll(/^\{\{(\w+)\}\}$/gm)].map(([, field]) => field ?? '');
  const withoutThem = body.replace(/^\{\{\w+\}\}$/gm, '');
  return new Set(alone.filter((field) => !withoutThem.includes(`{{${field}}}`)));
}

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
