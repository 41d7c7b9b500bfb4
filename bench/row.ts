import type { Idling } from './opening/idle.ts';

/** One number, what it must reach, and what the same machine needs for the same without our work (the floor). */
export type Row = {
  name: string;
  /** Null: it could not be measured. */
  value: number | null;
  unit: string;
  /** Null: the bar is a number of its own, and nothing smaller does the same. */
  floor: number | null;
  /** Value to floor; null without a floor, or when it is nothing. */
  ratio: number | null;
  bar: string;
  holds: boolean;
};

type Bar = { atMost: number } | { atLeast: number } | { timesFloor: number };

/** A measure: a name to ask for, and what finds its rows. To add one, write its file and list it in main.ts. */
export type Measure = { name: string; measure: (sizes: Sizes) => Promise<Row[]> };

/** How much is measured. */
export type Sizes = {
  states: number;
  many: number;
  rounds: number;
  decisions: number;
  looks: number;
  /** How long the engine is away, in seconds, and how many decide meanwhile. */
  away: { seconds: number; decisions: number };
  idling: Idling;
};

/** A worker gives back what it no longer needs within a minute of quiet. */
const QUIET = { settling: 90, seconds: 20 };

export const FULL: Sizes = {
  states: 112,
  many: 2_000,
  rounds: 3,
  decisions: 2_000,
  looks: 30,
  away: { seconds: 60, decisions: 20 },
  idling: QUIET,
};
/** To see that a measure works, on a machine that has other things to do; its numbers say nothing. */
export const TRIAL: Sizes = {
  states: 12,
  many: 150,
  rounds: 1,
  decisions: 60,
  looks: 5,
  away: { seconds: 3, decisions: 3 },
  idling: { settling: 2, seconds: 3 },
};

export function row({
  name,
  value,
  unit,
  floor = null,
  bar,
}: {
  name: string;
  value: number;
  unit: string;
  floor?: number | null;
  bar: Bar;
}): Row {
  const ratio = floor ? rounded(value / floor) : null;
  const measured = { name, value: rounded(value), unit, floor: floor === null ? null : rounded(floor), ratio };
  if ('atMost' in bar) return { ...measured, bar: `≤ ${bar.atMost} ${unit}`, holds: value <= bar.atMost };
  if ('atLeast' in bar) return { ...measured, bar: `≥ ${bar.atLeast} ${unit}`, holds: value >= bar.atLeast };
  return { ...measured, bar: `≤ ${bar.timesFloor} × floor`, holds: floor !== null && value / floor <= bar.timesFloor };
}

export function notMeasured(name: string): Row {
  return { name, value: null, unit: '', floor: null, ratio: null, bar: 'can be measured', holds: false };
}

function rounded(number: number): number {
  return Number(number.toPrecision(4));
}

/** The rows as a table for a terminal. */
export function table(rows: Row[]): string {
  const heads = ['what', 'value', 'unit', 'floor', 'ratio', 'bar', ''];
  const cells = rows.map(({ name, value, unit, floor, ratio, bar, holds }) =>
    [name, value ?? '-', unit, floor ?? '-', ratio ?? '-', bar, holds ? 'holds' : 'MISSED'].map(String),
  );
  const widths = heads.map((head, at) => Math.max(head.length, ...cells.map((line) => line[at]!.length)));
  return [heads, ...cells]
    .map((line) =>
      line
        .map((cell, at) => cell.padEnd(widths[at]!))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
