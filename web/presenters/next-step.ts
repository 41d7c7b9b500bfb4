import { nextRung, rungKey } from '../../domain/reminder.ts';
import type { Schedule } from '../../workflows/messages.ts';
import { letterWords } from './words.ts';

/** What the engine does next by itself, and the instant (epoch milliseconds) before which it does not. */
export type NextStep = { words: string; at: number };

/** The next automatic step of a report case; null once it is closed. */
export function nextStep({
  schedule,
  climbed,
  isSettled,
  isClosed,
  now,
}: {
  schedule: Schedule | null;
  /** Letters written so far, as `reminder/2`. */
  climbed: string[];
  /** A report is there, or its absence has been counted. */
  isSettled: boolean;
  isClosed: boolean;
  now: number;
}): NextStep | null {
  if (!schedule || isClosed) return null;
  const cutOff = { words: 'Cut-off for the analysis', at: schedule.cutOffAt };
  if (now >= schedule.cutOffAt) return { words: 'Case closes', at: schedule.closesAt };
  if (isSettled) return cutOff;
  const last = schedule.ladder.findLastIndex((rung) => climbed.includes(rungKey(rung)));
  const behind = schedule.ladder.slice(0, last + 1).map(rungKey);
  const rung = nextRung({ ladder: schedule.ladder, climbed: behind, now });
  return rung && rung.at < schedule.cutOffAt ? { words: letterWords(rung), at: rung.at } : cutOff;
}
