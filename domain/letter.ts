import type { Language } from './treaty.ts';

/** A letter ends as sent, refused, unknown or cancelled, each visible. */
export type LetterState = 'queued' | 'sending' | 'committing' | 'sent' | 'refused' | 'unknown' | 'cancelled';

/** `official` and `reminder` letters go to governments and need an approval; `internal` ones go to our own people. */
export type LetterClass = 'official' | 'reminder' | 'internal';

/** A letter as text, before it has an address, a date or a Message-ID. */
export type RenderedLetter = {
  subject: string;
  text: string;
  html: string;
  language: Language;
  /** SHA-256 of the template source it was made from. */
  templateVersion: string;
};

/**
 * What a letter says only at the moment it is written: the personal link, and for a receipt what was received. An
 * approver sees these words in their place, and the approved hash is taken over them.
 */
export const LATE_BOUND = {
  uploadLink: 'https://personal-link.invalid/',
  receivedAt: '[date and time of receipt]',
  fileName: '[name of the file]',
  documentHash: '[fingerprint of the file]',
  dateLine: '[date of the letter]',
} as const;
