import type { Chance } from '../../simulator/chance.ts';
import type { Fault, Step } from '../../test/support/faulty-smtp.ts';

/** How a mail server goes wrong: what it does at which steps instead of answering well. */
type Shape = Partial<Record<Step, Omit<Fault, 'at'>>>;

const VERBS = ['greeting', 'ehlo', 'mail', 'rcpt', 'data', 'dot'] as const;

export const SHAPES: Record<string, Shape> = {
  ...atEachVerb('later', { answer: '451 4.3.0 Not now' }),
  ...atEachVerb('never', { answer: '550 5.7.1 Not here' }),
  ...atEachVerb('dropped', { drops: true }),
  'dropped in the body': { body: { drops: true } },
  'answer lost': { dot: { drops: true, accepts: true } },
  'slow answer': { dot: { afterMs: 3_000 } },
  // Longer than an activity may be silent: what keeps it alive meanwhile is its heartbeat.
  'late answer': { dot: { afterMs: 14_000 } },
  tarpit: Object.fromEntries(VERBS.map((verb) => [verb, { afterMs: 900 }])),
};

/** Of each shape, in a hundred sessions. */
const PERCENT_EACH = 2;

export type Faults = {
  /** What goes wrong at this step of this session, and the name of how. */
  at(turn: { session: string; step: Step }): (Fault & { shape: string }) | null;
  /** From now on new sessions may go wrong, or none does. */
  turn(on: boolean): void;
};

/** Each session goes wrong in one way or, mostly, in none; the same seed goes wrong in the same sessions. */
export function createFaults({ chance }: { chance: Chance }): Faults {
  const weights = Object.fromEntries(Object.keys(SHAPES).map((shape) => [shape, PERCENT_EACH]));
  const none = 100 - PERCENT_EACH * Object.keys(SHAPES).length;
  const ordered = new Map<string, string>();
  let isOn = false;
  return {
    at({ session, step }) {
      if (!ordered.has(session)) ordered.set(session, isOn ? chance.of(session).pick({ none, ...weights }) : 'none');
      const shape = ordered.get(session)!;
      const fault = SHAPES[shape]?.[step];
      return fault ? { at: step, shape, ...fault } : null;
    },
    turn(on) {
      isOn = on;
    },
  };
}

function atEachVerb(name: string, fault: Omit<Fault, 'at'>): Record<string, Shape> {
  return Object.fromEntries(VERBS.map((verb) => [`${name} at ${verb}`, { [verb]: fault }]));
}
