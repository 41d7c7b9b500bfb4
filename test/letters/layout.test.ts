import { createLetters } from '../../adapters/letters.ts';
import { textOf } from '../docs/source.ts';

const layout = textOf('templates/_layout/letter.html.hbs');
const letters = createLetters({ folder: 'templates' });
const htmlOf = (template: string) =>
  letters.render({ template, language: 'fr', values: letters.sample(template, 'fr') }).html;

describe('the layout of letters', () => {
  it('takes the direction of reading, on every element a mail program may keep alone', () => {
    const elements = layout.match(/<(?:html|table|td)\b[^>]*>/g)!;
    expect(elements).toHaveLength(8);
    for (const element of elements) expect(element).toContain('dir="{{direction}}"');
    // What stands on one side alone would stand on the wrong one where a language is read from the right.
    for (const [, style] of htmlOf('annual-cycle/approval-request').matchAll(/style="([^"]*)"/g)) {
      expect(style).not.toMatch(/-(?:left|right):/);
      expect(style).not.toMatch(/(?:padding|margin):[^;\s]+ ([^;\s]+) [^;\s]+ (?!\1)[^;\s]+/);
    }
  });

  it('lets words a person wrote say their own direction', () => {
    const html = htmlOf('annual-cycle/approval-outcome');
    expect(html).toMatch(/<p dir="auto"[^>]*>Ana Vella\u00A0: approbation/);
    expect(html.match(/<p dir="auto"/g)).toHaveLength(3);
  });

  it('is 600 pixels wide, for the Word engine of Outlook by a table of its own', () => {
    expect(layout).toMatch(/<!--\[if mso\]><table [^>]*width="600"/);
    expect(layout).toContain('max-width:600px');
    for (const padded of htmlOf('report-intake/receipt').match(/<[a-z]+[^>]*padding:[^>]*>/g)!)
      expect(padded).toMatch(/^<(?:td|body|ul|ol) /);
  });

  it('has a dark colour for everything that has a light one', () => {
    const [, dark] = /@media \(prefers-color-scheme: dark\) \{([\s\S]*?)\n\}/.exec(layout)!;
    const coloured = htmlOf('annual-cycle/approval-request').match(/<(?!td bgcolor="#1d4f91")[^>]*(?:color:#)[^>]*>/g)!;
    const classes = new Set(coloured.flatMap((element) => /class="([^"]+)"/.exec(element)?.[1]?.split(' ') ?? ['']));
    // White on the blue of a button reads well on either ground.
    const bare = coloured.filter((element) => !element.includes('class=') && !element.includes('color:#ffffff'));
    expect(bare).toEqual([]);
    for (const name of [...classes].filter((each) => each !== '' && each !== 'sides'))
      expect(dark).toContain(`.${name} {`);
    expect(layout).toContain('<meta name="color-scheme" content="light dark">');
  });
});
