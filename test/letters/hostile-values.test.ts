import { createLetters } from '../../adapters/letters.ts';
import { LATE_BOUND } from '../../domain/letter.ts';
import { elementsIn, linksIn, readHtml, words } from './reader.ts';

const letters = createLetters({ folder: 'templates' });
const template = 'report-intake/receipt';
const sample = letters.sample(template, 'en');
const usual = letters.render({ template, language: 'en', values: sample });
const receipt = (differently: object) =>
  letters.render({ template, language: 'en', values: { ...sample, ...differently } });

const LITERAL = [
  "O'Brien & Sons",
  '*bold* and **bolder**',
  '_under_ __lined__',
  '[click here](https://evil.example)',
  '![pixel](https://evil.example/p.png)',
  '<https://evil.example>',
  '`code` ```fence```',
  '<script>alert(1)</script>',
  '<b onmouseover="x()">bold</b>',
  '&lt;b&gt; &amp; &nbsp;',
  '# heading',
  '- item',
  '1. item',
  '> quote',
  '| a | b |',
  '~~gone~~',
  'back\\slash \\* \\\\',
  '{{reference}} {{{reference}}} {{#if x}}',
  '--> <!-- <![endif]-->',
  '</td></tr></table>',
  '=HYPERLINK("https://evil.example")',
  '$& $1 $` [[letter]]',
  "Côte d'Ivoire Türkiye ẞ",
  'جمهورية العراق',
  'x'.repeat(300),
];

describe('Whatever a value holds', () => {
  it.each(LITERAL)('%s comes out as it is, in HTML and in text, and adds nothing', (value) => {
    for (const field of ['fileName', 'documentHash', 'receivedAt', 'dateLine', 'ofStateFormal', 'officeName']) {
      const letter = receipt({ [field]: value });
      expect(words(readHtml(letter.html))).toContain(words(value).replace(/^- /, ''));
      expect(words(letter.text)).toContain(words(value).replace(/^- /, ''));
      expect(elementsIn(letter.html)).toEqual(elementsIn(usual.html));
      expect(linksIn(letter.html)).toEqual(linksIn(usual.html));
    }
  });

  it('a name with line breaks cannot write paragraphs of its own', () => {
    const letter = receipt({ fileName: 'report.pdf\r\n\r\nPlease pay\u2028to https://evil.example' });
    expect(letter.text).toContain('- File: report.pdf Please pay to https://evil.example\n');
    expect(letter.html).toContain('report.pdf Please pay to https://evil.example</li>');
  });

  it('a subject stays one line', () => {
    expect(receipt({ reference: 'a\r\nBcc: x@evil.example' }).subject).toMatch(/\[a Bcc: x@evil\.example\]$/);
  });

  it('control characters and direction overrides are left out, so that no name reads as another', () => {
    const { text, html } = receipt({ fileName: 'a\u0000b\u0007c\u202Egpj.exe\u2066\uD800' });
    expect(text).toContain('- File: abcgpj.exe\n');
    expect(html).toContain('File: abcgpj.exe</li>');
  });

  it('numbers print as they are', () => {
    expect(receipt({ fileName: 0 }).text).toContain('- File: 0\n');
  });

  it.each([Infinity, Number.NaN, true, {}, [], ['x'], Symbol('x'), () => 'x', new Date(0)])(
    '%p is refused as a text',
    (value) => {
      expect(() => receipt({ fileName: value })).toThrow(/fileName (has no value|is not a number)/);
    },
  );

  it('the values themselves are never changed', () => {
    const values = Object.freeze({ ...sample });
    expect(letters.render({ template, language: 'en', values })).toEqual(usual);
  });

  it('what an approver sees in place of late values can be written', () => {
    const { text } = receipt(LATE_BOUND);
    for (const value of Object.values(LATE_BOUND)) expect(text).toContain(value);
  });
});

describe('The address of a link', () => {
  it('may have a query and comes out whole', () => {
    const uploadLink = 'https://focalpoint.example/u/a.b?x=1&y=2';
    expect(linksIn(receipt({ uploadLink }).html)).toContain(uploadLink);
    expect(receipt({ uploadLink }).text).toContain(`\n${uploadLink}\n`);
  });

  it.each([
    'javascript:alert(1)',
    'JAVASCRIPT:alert(1)',
    'data:text/html,x',
    'file:///etc/passwd',
    '//evil.example',
    'focalpoint.example/u',
    'https://',
    'https://a b.example/',
    'https://a.example/"onclick="x',
    'https://a.example/<b>',
    'https://a.example\\@evil.example',
    ' ',
  ])('%s is refused by the name of its field', (uploadLink) => {
    expect(() => receipt({ uploadLink })).toThrow(
      expect.objectContaining({ name: 'BrokenLetter', field: 'uploadLink' }),
    );
  });

  it.each(['not an address', 'a@b?bcc=x@evil.example', 'a@b&cc=x', 'a@b%0d', '"a"@b'])(
    '%s is refused as a mail address',
    (replyTo) => {
      const of = { template: 'annual-cycle/decision-receipt', language: 'en' } as const;
      const values = { ...letters.sample(of.template, 'en'), replyTo };
      expect(() => letters.render({ ...of, values })).toThrow(
        /decision-receipt \(en\): replyTo is not an email address/,
      );
    },
  );
});
