import { setTimeout as pause } from 'node:timers/promises';

/** Looks every `everyMs` until there is something, and returns it. Throws a sentence when there is nothing in time. */
export async function until<Found>({
  what,
  seconds,
  everyMs = 50,
  look,
}: {
  what: string;
  seconds: number;
  everyMs?: number;
  look: () => Promise<Found | null | undefined | false>;
}): Promise<Found> {
  const deadline = performance.now() + seconds * 1000;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (performance.now() > deadline) throw new Error(`Waited ${seconds} s in vain: ${what}.`);
    await pause(everyMs);
  }
}

/** Does something with each, so many at a time; the next begins as soon as one has ended. */
export async function eachOf<Each>({
  all,
  atOnce,
  act,
}: {
  all: Each[];
  atOnce: number;
  act: (each: Each) => Promise<void>;
}): Promise<void> {
  const queue = all.values();
  const lane = async () => {
    for (const each of queue) await act(each);
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
}

/** A line of progress, apart from the results. */
export function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
