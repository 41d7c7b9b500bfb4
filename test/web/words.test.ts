import { LANGUAGES } from '../../domain/treaty.ts';
import { WORDS } from '../../web/words.ts';

/** Every text of these words by its place, functions called with something of each kind they are given. */
function textsOf(part: unknown, place = ''): [string, string][] {
  if (typeof part === 'string') return [[place, part]];
  if (typeof part === 'function') return [[place, part(GIVEN, 'X', 2)]];
  return Object.entries(part as object).flatMap(([name, each]) => textsOf(each, `${place}.${name}`));
}

const GIVEN = Object.assign('X', { first: 'X', isOne: false, when: 'X', all: 'X', states: 'X' });

/** Written alike in both languages. */
const ALIKE = /^\.(site\.(menu|pages|names|error)|letters\.invitation|review\.(dates|version|show)|upload\.version)/;

describe('the words of the pages', () => {
  it.each(['fr', 'es'] as const)('hold nothing English in %s', (language) => {
    const english = new Map(textsOf(WORDS.en));
    const same = textsOf(WORDS[language]).filter(
      ([place, text]) => text === english.get(place) && /[a-z]{3}/.test(text),
    );
    expect(same.map(([place]) => place).filter((place) => !ALIKE.test(place))).toEqual([]);
  });

  it('never break a French colon, semicolon, question mark or quotation mark off its word', () => {
    const french = textsOf(WORDS.fr);
    expect(french.filter(([, text]) => text.includes('\u00A0')).length).toBeGreaterThan(20);
    expect(french.filter(([, text]) => / [:;?!»]|« /.test(text))).toEqual([]);
    expect(
      french.filter(([, text]) => /\S[:;?!](?=\s|$)/.test(text.replaceAll('\u00A0', '')) && !/\u00A0[:;?!]/.test(text)),
    ).toEqual([]);
  });

  it('put no French word that elides before a name nobody knows beforehand', () => {
    for (const [place, text] of textsOf(WORDS.fr))
      expect([place, text]).not.toEqual([place, expect.stringMatching(/\b(de|que) X/)]);
  });

  it('are of the same shape in all languages', () => {
    const places = LANGUAGES.map((language) =>
      textsOf(WORDS[language])
        .map(([place]) => place)
        .sort(),
    );
    expect(new Set(places.map((each) => each.join('\n'))).size).toBe(1);
  });
});
