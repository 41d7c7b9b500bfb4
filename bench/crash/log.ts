import { closeSync, existsSync, fdatasyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import type { Step } from '../../test/support/faulty-smtp.ts';

/** What sends letters, each to a mail server of its own, so that the bench knows whose letter it sees. */
export const SENDERS = ['worker 1', 'worker 2', 'web'] as const;
export type Sender = (typeof SENDERS)[number];
export type Part = Sender | 'temporal' | 'postgres';

/** What the mail server saw, in its own words: the witness of what was delivered. */
export type PeerLine = { at: number; session: string } & (
  | { event: 'opened'; by: Sender }
  | { event: 'answered' | 'closed' }
  | { event: 'recipient'; to: string }
  | { event: 'body'; messageId: string }
  /** `drops`: the sender is told neither yes nor no. */
  | { event: 'fault'; step: Step; shape: string; drops: boolean }
  /** `mime` in base64. On disk before the sender hears 250. */
  | { event: 'accepted'; to: string[]; mime: string }
);

/** A part of the product was killed, or stopped in its tracks for so many seconds. */
export type BlowLine = { at: number; part: Part; frozenFor: number | null };

/** What people were told by the pages: a decision or a report that was answered as recorded. */
export type AnswerLine = { at: number } & (
  | { what: 'decision'; selector: string; choice: string }
  | { what: 'report'; caseId: string }
);

export type Line = PeerLine | BlowLine | AnswerLine;

/** What is written without its moment; the log adds that. */
export type Unwritten<L> = L extends Line ? Omit<L, 'at'> : never;

/** Appends lines of JSON to a file, each with its moment, each on disk before the work goes on. */
export function openLog<L extends Line>(file: string): (line: Unwritten<L>) => void {
  const log = openSync(file, 'a', 0o600);
  process.once('exit', () => closeSync(log));
  return (line) => {
    writeSync(log, `${JSON.stringify({ at: Date.now(), ...line })}\n`);
    fdatasyncSync(log);
  };
}

/** Nothing when nobody has written yet. */
export function readLog<L extends Line>(file: string): L[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean);
  return lines.map((line) => JSON.parse(line) as L);
}

/** As its header says, as far as the letter has come; empty when it has none. */
export function messageIdOf(mime: string): string {
  return /^Message-ID:\s*(<[^>\s]+>)/im.exec(mime)?.[1] ?? '';
}
