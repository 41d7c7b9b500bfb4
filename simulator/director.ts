import { EventEmitter, once } from 'node:events';
import type { Progress, Simulation } from '../web/deps.ts';

/** Lets days pass or holds them, as whoever sits at the console wishes. */
export type Director = Simulation & {
  /** Resolves when the next day may pass; the one before has then been played. */
  turn(): Promise<void>;
  /** Tells whether someone has something to decide. */
  decisionIsOpen(isOpen: boolean): void;
  /** What the console shows of the year. */
  show(progress: Progress): void;
  /** The year has been played; from now on days pass on request only. */
  over(): void;
};

/** `waitsForPeople`: stands still at each open decision, and goes on by itself once it has been taken. */
export function createDirector({ waitsForPeople }: { waitsForPeople: boolean }): Director {
  const told = new EventEmitter();
  let daysLeft = Infinity;
  let stopsAtDecision = waitsForPeople;
  let isPassing = false;
  let isHeld = false;
  let isOver = false;
  let progress: Progress | null = null;
  const isPlaying = () => isPassing || daysLeft > 0;
  const go = ({ days, toDecision = false }: { days: number; toDecision?: boolean }) => {
    daysLeft = days;
    stopsAtDecision = toDecision;
    isHeld = false;
    told.emit('goOn');
  };
  return {
    state: () => ({ mode: isPlaying() ? 'playing' : isOver ? 'over' : 'waiting', progress }),
    pause: () => go({ days: 0 }),
    advance: (days) => go({ days }),
    toNextDecision: () => go({ days: isOver ? 0 : Infinity, toDecision: true }),
    goOn: () => go({ days: isOver ? 0 : Infinity }),
    async standsStill() {
      if (isPlaying()) await once(told, 'rest');
    },
    async turn() {
      isPassing = false;
      while (daysLeft <= 0) {
        told.emit('rest');
        await once(told, 'goOn');
      }
      daysLeft -= 1;
      isPassing = true;
    },
    decisionIsOpen(isOpen) {
      if (isOpen && stopsAtDecision) daysLeft = 0;
      if (isOpen && daysLeft <= 0) isHeld = waitsForPeople;
      if (!isOpen && isHeld) go({ days: Infinity, toDecision: true });
    },
    show: (shown) => (progress = shown),
    over() {
      isOver = true;
      isPassing = false;
      daysLeft = 0;
    },
  };
}
