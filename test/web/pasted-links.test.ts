import { newLink, readToken, writeToken } from '../../adapters/links.ts';

describe('a link that was copied from a text', () => {
  const { selector, secret } = newLink();
  const token = writeToken({ selector, secret });

  it.each(['', '>', '.', ')', ',', ').', '>;', '»', '”', '*', '\n'])('is read with “%s” behind it', (copied) => {
    expect(readToken(token + copied)).toEqual({ selector, secret });
  });

  it.each(['a', '_', '-', '.a', '>>>>>>>>>', '>a'])('is none with “%s” behind it', (added) => {
    expect(readToken(token + added)).toBeNull();
  });

  it('is none when something stands before it, or some of it is missing', () => {
    for (const text of [`<${token}`, token.slice(1), token.slice(0, -1), `${token.slice(0, -1)}.`])
      expect(readToken(text)).toBeNull();
  });
});
