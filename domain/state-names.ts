import type { StateParty, Treaty } from './treaty.ts';

/** Any of the names of a State Party, looked up without regard to case, accents, articles and punctuation. */
export type StateIndex = ReadonlyMap<string, StateParty>;

/** Every name a list of the secretariat may use: the code, the UN names in six languages, the formal and other names. */
export function stateIndex(treaty: Treaty): StateIndex {
  return new Map(treaty.states.flatMap((state) => namesOf(state).map((name) => [fold(name), state] as const)));
}

export function namesOf(state: StateParty): string[] {
  return [state.iso3, ...Object.values(state.names), ...Object.values(state.formal), ...state.otherNames];
}

export function stateNamed(text: string, index: StateIndex): StateParty | undefined {
  return index.get(fold(text));
}

/** The State Party whose name looks most like the text, or none when nothing comes near. */
export function nearestState(text: string, index: StateIndex): StateParty | undefined {
  const pairs = pairsOf(fold(text));
  let nearest: StateParty | undefined;
  let best = 0.4;
  for (const [name, state] of index) {
    const found = likeness(pairs, pairsOf(name));
    if (found > best) [best, nearest] = [found, state];
  }
  return nearest;
}

const ARTICLE = /^(?:the|la|le|les|l|el|los|las) (?=.)/;

/** "Côte d’Ivoire", "COTE D'IVOIRE" and "la Côte d'Ivoire" become the same text. */
export function fold(text: string): string {
  const letters = text
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replaceAll('ß', 'ss')
    .replaceAll('ı', 'i');
  const words = letters.replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
  return words.replace(ARTICLE, '');
}

/** Dice's coefficient: the share of letter pairs two words have in common, 0 to 1. */
function likeness(one: Set<string>, other: Set<string>): number {
  const both = [...one].filter((pair) => other.has(pair)).length;
  return (2 * both) / (one.size + other.size || 1);
}

function pairsOf(word: string): Set<string> {
  return new Set(Array.from(word, (letter, at) => letter + (word[at + 1] ?? ' ')));
}
