import type { IsoDate } from '../domain/treaty.ts';
import type { Simulation } from '../web/deps.ts';

/** Lets days pass or holds them, as whoever sits at the console wishes. */
export type Director = Simulation & {
  /** Resolves when this day may pass. */
  turn(day: IsoDate): Promise<void>;
  /** Tells the director that someone has something to decide. */
  decisionNeeded(): void;
  /** The year has been played; from now on days pass on request only. */
  over(): void;
};

export function createDirector({ playing }: { playing: boolean }): Director {
  let daysLeft = playing ? Infinity : 0;
  let stopsAtDecision = false;
  let isOver = false;
  let wake = () => {};
  const go = (days: number, atDecision = false) => {
    daysLeft = days;
    stopsAtDecision = atDecision;
    wake();
  };
  return {
    state: () => ({ mode: daysLeft > 0 ? 'playing' : isOver ? 'over' : 'waiting', until: null }),
    pause: () => go(0),
    advance: (days) => go(days),
    toNextDecision: () => go(isOver ? 0 : Infinity, true),
    async turn() {
      while (daysLeft <= 0) await new Promise<void>((woken) => (wake = woken));
      daysLeft -= 1;
    },
    decisionNeeded() {
      if (stopsAtDecision) daysLeft = 0;
    },
    over() {
      isOver = true;
      daysLeft = 0;
    },
  };
}
