import { z } from 'zod';
import { isTimeZone } from '../../domain/cells.ts';
import { LANGUAGES } from '../../domain/treaty.ts';

// A rule's message begins with "must": sentences.ts puts the field before it and what stands there after it.

export const text = z.string().trim().min(1, 'must not be empty');
export const date = z.iso
  .date('must be a date that exists, like 2027-04-30')
  .regex(/^20/, 'must be a date of this century');
export const monthDay = z
  .string()
  .refine((day) => z.iso.date().safeParse(`2027-${day}`).success, 'must be a day of every year, like 04-30');
export const time = z.iso.time({ precision: -1, error: 'must be a time like 09:00' });
export const count = z.int().min(1).max(1000);
export const timeZone = z.string().refine(isTimeZone, 'must be a time zone like Europe/Zurich');
export const iso3 = z.string().regex(/^[A-Z]{3}$/, 'must be three capital letters (ISO 3166), like LAO');
export const language = z.enum(LANGUAGES);
export const certainty = z.enum(['sourced', 'derived', 'recalled', 'inferred', 'assumed', 'invented']);
export const inThreeLanguages = z.strictObject({ en: text, fr: text, es: text });
