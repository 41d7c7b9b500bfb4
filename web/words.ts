import type { Language } from '../domain/treaty.ts';
import { en, type Words } from './words/en.ts';
import { es } from './words/es.ts';
import { fr } from './words/fr.ts';

/** What our pages say to States and approvers, in the languages of the letters. */
export const WORDS: Record<Language, Words> = { en, fr, es };
