import { referenceOf } from '../../domain/case.ts';
import type { Proof, ProvenLetter } from '../../domain/proof.ts';

export type Section = { title: string; note: string | null; columns: string[]; widths: number[]; rows: string[][] };

/** What sections are made with: `moment` and `nameOf` put instants and people in words. */
export type Of = { proof: Proof; moment: (at: string) => string; nameOf: (id: string) => string };

const EVENTS: Record<string, string> = {
  dot: 'handed over, the answer was awaited',
  sent: 'taken by the mail server',
  refused: 'refused by the mail server',
  unknown: 'no answer came back',
  later: 'put off by the mail server',
};

/** How many letters of an approval the sheet lists; the export holds them all. */
export const MOST_LETTERS = 40;

export function pairs(title: string, rows: (string[] | null)[], note: string | null = null): Section {
  const there = rows.filter((row) => row !== null);
  return { title, note, columns: ['What', 'As recorded'], widths: [1, 3], rows: there };
}

export function letterSection(letter: ProvenLetter, moment: Of['moment']): Section {
  const { caseId, recipient, subject, messageId, contentHash, mimeSha256, createdAt, endedAt, state } = letter;
  return pairs('The letter', [
    ['Case', referenceOf(caseId)],
    ['To', recipient],
    ['Subject', subject],
    ['Written', moment(createdAt)],
    [
      state === 'sent' ? 'Sent' : 'State',
      endedAt ? `${state === 'sent' ? '' : `${state}, `}${moment(endedAt)}` : state,
    ],
    ['Message-ID', messageId],
    ['Fingerprint of what was approved', contentHash],
    ['Fingerprint of the bytes sent', mimeSha256],
  ]);
}

export function sendingSection({ attempts }: ProvenLetter, moment: Of['moment']): Section {
  const rows = attempts.map(({ attempt, event, detail, at }) => [
    moment(at),
    String(attempt),
    `${EVENTS[event] ?? event}${detail ? `: ${detail}` : ''}`,
  ]);
  const note = rows.length === 0 ? 'It has not been offered to the mail server yet.' : null;
  return { title: 'Delivery', note, columns: ['When', 'Try', 'What happened'], widths: [3, 1, 6], rows };
}

export function lettersSection(letters: ProvenLetter[], moment: Of['moment']): Section {
  const official = letters.filter((letter) => letter.class !== 'internal');
  const rows = official
    .slice(0, MOST_LETTERS)
    .map(({ caseId, purpose, occurrence, state, endedAt, contentHash }) => [
      `${referenceOf(caseId)}, ${purpose} ${occurrence}`,
      endedAt ? `${state}, ${moment(endedAt)}` : state,
      contentHash,
    ]);
  const left = official.length - rows.length;
  const note =
    rows.length === 0
      ? 'None has been written yet.'
      : left > 0
        ? `The first ${rows.length}; ${left} more are in the export.`
        : null;
  return {
    title: 'Letters written from it',
    note,
    columns: ['Letter', 'State', 'Fingerprint approved'],
    widths: [3, 3, 4],
    rows,
  };
}
