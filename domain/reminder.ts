/**
 * When the next letter of a ladder leaves, or that none does. Pure, without dates' arithmetic: instants come from the
 * plan the Coordinators approved, so the workflow never computes one.
 */

/** A step of the ladder: `at` is the instant (epoch milliseconds) before which it does not leave. */
export type Rung = { purpose: string; occurrence: number; at: number };

/** Which rungs are behind us: sent, or passed over because a later one was due at the same time. */
export type Climbed = readonly string[];

export function rungKey({ purpose, occurrence }: { purpose: string; occurrence: number }): string {
  return `${purpose}/${occurrence}`;
}

/**
 * The rung to take next. An invitation is never passed over. When the engine was away for so long that several
 * reminders are due at once, only the last of them is sent: nobody gets three letters in one morning. A reminder that
 * is stuck is left aside; behind an invitation that is stuck everything waits.
 */
export function nextRung({
  ladder,
  climbed,
  stuck = [],
  now,
}: {
  ladder: Rung[];
  climbed: Climbed;
  /** Rungs that cannot be taken for the time being. */
  stuck?: readonly string[];
  now: number;
}): Rung | null {
  const isStuck = (rung: Rung) => stuck.includes(rungKey(rung));
  const left = ladder.filter((rung) => !climbed.includes(rungKey(rung)));
  const [first] = left;
  if (first?.purpose === 'invitation') return isStuck(first) ? null : first;
  const free = left.filter((rung) => !isStuck(rung));
  return free.filter((rung) => rung.at <= now).at(-1) ?? free[0] ?? null;
}

/** All rungs up to and including this one: once it is sent, the earlier ones will not be. */
export function climbedWith({ ladder, rung }: { ladder: Rung[]; rung: Rung }): string[] {
  return ladder.slice(0, ladder.findIndex((each) => rungKey(each) === rungKey(rung)) + 1).map(rungKey);
}
