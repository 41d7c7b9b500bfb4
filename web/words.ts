import { frenchSpacing } from '../domain/letter-text.ts';
import type { Language } from '../domain/treaty.ts';
import { en, type Words } from './words/en.ts';
import { es } from './words/es.ts';
import { fr } from './words/fr.ts';

/** What our pages say to States and approvers, in the languages of the letters. */
export const WORDS: Record<Language, Words> = { en, fr: spaced(fr), es };

/** French sets spaces that never break; its words are written with ordinary ones. */
function spaced<Part>(part: Part): Part {
  if (typeof part === 'string') return frenchSpacing(part) as Part;
  if (typeof part === 'function') return ((...given: unknown[]) => frenchSpacing(part(...given))) as Part;
  return Object.fromEntries(Object.entries(part as object).map(([name, each]) => [name, spaced(each)])) as Part;
}
