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
  const year = { daysLeft: Infinity, stopsAtDecision: waitsForPeople, isPassing: false, isHeld: false, isOver: false };
  let progress: Progress | null = null;
  const isPlaying = () => year.isPassing || year.daysLeft > 0;
  const go = ({ days, toDecision = false }: { days: number; toDecision?: boolean }) => {
    Object.assign(year, { daysLeft: days, stopsAtDecision: toDecision, isHeld: false });
    told.emit('goOn');
  };
  const daysToTheEnd = () => (year.isOver ? 0 : Infinity);
  return {
    state: () => ({ mode: isPlaying() ? 'playing' : year.isOver ? 'over' : 'waiting', progress }),
    pause: () => go({ days: 0 }),
    advance: (days) => go({ days }),
    toNextDecision: () => go({ days: daysToTheEnd(), toDecision: true }),
    goOn: () => go({ days: daysToTheEnd() }),
    async standsStill() {
      if (isPlaying()) await once(told, 'rest');
    },
    async turn() {
      year.isPassing = false;
      while (year.daysLeft <= 0) {
        told.emit('rest');
        await once(told, 'goOn');
      }
      year.daysLeft -= 1;
      year.isPassing = true;
    },
    decisionIsOpen(isOpen) {
      if (isOpen && year.stopsAtDecision) year.daysLeft = 0;
      if (isOpen && year.daysLeft <= 0) year.isHeld = waitsForPeople;
      if (!isOpen && year.isHeld) go({ days: Infinity, toDecision: true });
    },
    show: (shown) => (progress = shown),
    over: () => void Object.assign(year, { isOver: true, isPassing: false, daysLeft: 0 }),
  };
}
