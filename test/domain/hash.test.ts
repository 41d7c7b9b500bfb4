import fc from 'fast-check';
import { canonical } from '../../domain/hash.ts';

/** The same value with the keys of every object in another order. */
function turned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(turned);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, each]) => [key, turned(each)]),
  );
}

describe('the text a value is hashed as', () => {
  it('is written out', () => {
    expect(canonical({ to: 'mission@lao.example', b: [1, null, true], a: { z: 'é"', y: undefined } })).toBe(
      '{"a":{"z":"é\\""},"b":[1,null,true],"to":"mission@lao.example"}',
    );
  });

  it('does not depend on the order of keys', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => expect(canonical(turned(value))).toBe(canonical(value))));
  });

  it('is the value and nothing else: it reads back as the same', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) =>
        expect(JSON.parse(canonical(value))).toEqual(JSON.parse(JSON.stringify(value))),
      ),
    );
  });

  it('differs when anything differs', () => {
    const texts = [{ a: 1 }, { a: '1' }, { a: [1] }, { a: null }, {}, { a: { b: 1 } }, { b: 1 }, [['a', 1]], 'a'].map(
      canonical,
    );
    expect(new Set(texts).size).toBe(texts.length);
  });

  it('keeps the order of lists, which means something', () => {
    expect(canonical(['en', 'fr'])).not.toBe(canonical(['fr', 'en']));
  });
});
