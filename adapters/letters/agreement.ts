import { LANGUAGES, type Language } from '../../domain/treaty.ts';
import type { Template } from './template.ts';

/** What stands in one of two languages only: `text deadline`, `link uploadLink`, or a form. */
export type Disagreement = { language: Language; with: Language; what: string; field: string; isHere: boolean };

/** Who approves a letter reads it in one language; the others must say it with the same values. */
export function disagreements(languages: Record<Language, Template>): Disagreement[] {
  const [first, ...others] = LANGUAGES as [Language, ...Language[]];
  const expected = saidIn(languages[first]);
  return others.flatMap((language) => {
    const found = saidIn(languages[language]);
    const odd = (from: Map<string, string>, to: Map<string, string>, isHere: boolean) =>
      [...from]
        .filter(([what]) => !to.has(what))
        .map(([what, field]) => ({ language, with: first, what, field, isHere }));
    return [...odd(expected, found, false), ...odd(found, expected, true)];
  });
}

function saidIn({ form, uses, links }: Template): Map<string, string> {
  return new Map([
    [form, form],
    ...uses.map(({ kind, field }): [string, string] => [`${kind} ${field}`, field]),
    ...links.map(({ field }): [string, string] => [`link ${field}`, field]),
  ]);
}
