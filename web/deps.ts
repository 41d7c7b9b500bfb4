import type { Clock } from '../adapters/clock.ts';
import type { IncomingFiles } from '../adapters/incoming-file.ts';
import type { Letters } from '../adapters/letters.ts';
import type { Post } from '../adapters/post.ts';
import type { Records } from '../adapters/records.ts';
import type { Treaty } from '../domain/treaty.ts';

/** How far a simulated year has come, and what is going on in it. */
export type Progress = {
  dayNumber: number;
  of: number;
  lettersSent: number;
  /** Reports received, of those that are asked for. */
  reportsIn: number;
  reportsDue: number;
  /** One sentence: what is waited for. */
  picture: string;
};

/** The simulated clock's buttons, as the console shows them. Absent in the product itself. */
export type Simulation = {
  /** `playing` while days go by, `waiting` when it stands still until someone presses on. */
  state(): { mode: 'playing' | 'waiting' | 'over'; progress: Progress | null };
  pause(): void;
  /** Plays on by so many days and then stands still. */
  advance(days: number): void;
  /** Plays on until a Coordinator or officer has something to decide. */
  toNextDecision(): void;
  /** Plays on to the end of the year, whoever has something to decide. */
  goOn(): void;
  /** Resolves when no day is passing. */
  standsStill(): Promise<void>;
};

/** Everything the pages touch. The web process never talks to the workflow engine: it inserts facts and reads rows. */
export type WebDeps = {
  records: Records;
  treaty: Treaty;
  letters: Letters;
  files: IncomingFiles;
  clock: Clock;
  /** For sign-in mails only; letters of cases are sent by their workflows. */
  post: Post;
  baseUrl: string;
  mailFrom: string;
  /** The built-in mailbox's page, when there is one. */
  mailboxUrl: string | null;
  simulation?: Simulation;
};
