import { cleanLine, cleanText, frenchSpacing, joinNames, wrapText } from '../../domain/letter-text.ts';
import type { Language } from '../../domain/treaty.ts';

describe('Names in a row', () => {
  it.each<[Language, string[], string]>([
    ['en', ['Malta'], 'Malta'],
    ['en', ['Malta', 'Senegal'], 'Malta and Senegal'],
    ['en', ['Malta', 'Peru', 'Senegal'], 'Malta, Peru and Senegal'],
    ['fr', ['Malte', 'Sénégal'], 'Malte et Sénégal'],
    ['es', ['Malta', 'Senegal'], 'Malta y Senegal'],
    ['es', ['Chile', 'Irlanda'], 'Chile e Irlanda'],
    ['es', ['Noruega', 'Honduras', 'Islandia'], 'Noruega, Honduras e Islandia'],
    ['es', ['Malta', 'Hidalgo'], 'Malta e Hidalgo'],
    ['es', ['Agua', 'Hielo'], 'Agua y Hielo'],
    ['en', [], ''],
  ])('in %s, %j read “%s”', (language, names, said) => {
    expect(joinNames(names, language)).toBe(said);
  });
});

describe('Text that is shown', () => {
  it('keeps line breaks, whatever the machine, and drops other control characters', () => {
    expect(cleanText('a\r\nb\rc\u2028d\u0000\u001B[1m\u0085')).toBe('a\nb\nc\nd[1m');
  });

  it('is one line where only one line may be', () => {
    expect(cleanLine(' a\r\n\tb  c\u202E ')).toBe('a b c');
    expect(cleanLine('prix\u00A0: 3')).toBe('prix\u00A0: 3');
  });

  it('breaks no French colon, semicolon or quotation mark off its word', () => {
    expect(frenchSpacing('Objet : « oui » ; non ? http://a')).toBe(
      'Objet\u00A0: «\u00A0oui\u00A0»\u00A0; non\u00A0? http://a',
    );
  });
});

describe('Wrapped text', () => {
  it('keeps short lines and blank ones', () => expect(wrapText('a\n\nb', 10)).toBe('a\n\nb'));
  it('breaks at spaces', () => expect(wrapText('one two three four', 9)).toBe('one two\nthree\nfour'));
  it('hangs list items', () => expect(wrapText('- one two three', 9)).toBe('- one two\n  three'));
  it('keeps a link whole', () =>
    expect(wrapText('see https://a.example/very/long x', 10)).toBe('see\nhttps://a.example/very/long\nx'));
});
