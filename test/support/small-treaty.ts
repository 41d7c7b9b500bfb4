import { resolve } from 'node:path';
import { loadTreaty } from '../../adapters/treaty.ts';
import type { IsoDate, Treaty } from '../../domain/treaty.ts';

export function ccm(): Treaty {
  return loadTreaty({ folder: resolve(import.meta.dirname, '../../treaties/ccm') });
}

/** The treaty with a few of its States Parties: the same rules, a smaller world. `initial`: whose first report is due when. */
export function treatyOf(iso3: string[], { initial = {} }: { initial?: Record<string, IsoDate> } = {}): Treaty {
  const treaty = ccm();
  const people = treaty.people.map((person) => ({ ...person, actsFor: person.actsFor && iso3[0]! }));
  const states = treaty.states
    .filter((state) => iso3.includes(state.iso3))
    .map((state) => ({ ...state, initialReportDueOn: initial[state.iso3] ?? state.initialReportDueOn }));
  return { ...treaty, people, states };
}
