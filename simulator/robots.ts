import { addDays } from '../domain/calendar.ts';
import type { IsoDate, Treaty } from '../domain/treaty.ts';
import type { Mailbox, StoredMessage } from '../embedded/mailbox.ts';
import type { Chance } from './chance.ts';
import { coordinatorRobot } from './coordinator.ts';
import { officerRobot } from './officer.ts';
import { stateRobots } from './states.ts';

/** All a robot has: the mail, the pages, and the clock on the wall. It knows nothing that a person would not. */
export type Doors = {
  treaty: Treaty;
  mailbox: Mailbox;
  baseUrl: string;
  clock: { now(): Date };
  today(): IsoDate;
  chance: Chance;
  diary: Diary;
};

/** What someone means to do, by day. */
export type Diary = {
  /** Notes something for so many days from today; on a day that is over, for the next one that is played. */
  note(entry: { inDays: number; act: () => Promise<void> }): void;
};

/** Someone who reads the mail that comes to their addresses. */
export type Robot = {
  reads(address: string): boolean;
  read(message: StoredMessage): Promise<void>;
};

export type Robots = {
  /** Reads the new mail, then does what is due today. Returns how many things were done. */
  act(): Promise<number>;
  /** The officer opens the cycle at the console, as an admin would. */
  openCycle(year: number): Promise<void>;
};

/**
 * States, Coordinators and officers who answer by real mail and real links: on time, late, with the wrong file, twice,
 * never. The same seed plays the same year.
 */
export function createRobots({
  doors,
  decides,
}: {
  doors: Omit<Doors, 'diary'>;
  /** False: the Coordinators are left to the person at the keyboard. */
  decides: boolean;
}): Robots {
  const entries = new Map<IsoDate, (() => Promise<void>)[]>();
  const diary: Diary = {
    note({ inDays, act }) {
      const on = addDays(doors.today(), inDays);
      entries.set(on, [...(entries.get(on) ?? []), act]);
    },
  };
  const full = { ...doors, diary };
  const officer = officerRobot(full);
  const robots: Robot[] = [officer, ...stateRobots(full, officer), ...(decides ? coordinatorRobot(full) : [])];
  let read = 0;
  const readMail = async () => {
    const messages = doors.mailbox.messages({ after: read });
    for (const message of messages) {
      read = Math.max(read, message.uid);
      const reader = robots.find((robot) => message.envelopeTo.some((address) => robot.reads(address)));
      await reader?.read(message);
    }
  };
  return {
    async act() {
      await readMail();
      const due = [...entries.keys()].filter((day) => day <= doors.today()).sort();
      const acts = due.flatMap((day) => entries.get(day)!);
      for (const day of due) entries.delete(day);
      for (const act of acts) await act();
      return acts.length;
    },
    openCycle: (year) => officer.openCycle(year),
  };
}
