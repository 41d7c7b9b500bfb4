import { fold, namesOf } from '../../domain/state-names.ts';
import type { StateParty } from '../../domain/treaty.ts';

const foldedNames = new WeakMap<StateParty, string[]>();

/** Any of a State's names in any language, or its ISO code, with or without accents. */
export function isCalled(state: StateParty, text: string): boolean {
  let names = foldedNames.get(state);
  if (!names) foldedNames.set(state, (names = namesOf(state).map(fold)));
  return names.some((name) => name.includes(text));
}
