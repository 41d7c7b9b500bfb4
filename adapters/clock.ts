/** What time it is for people and doors: the system's, or in a simulation the jumping server's. */
export type Clock = { now(): Date };

export const systemClock: Clock = { now: () => new Date() };
