import type { StateParty, Treaty } from './treaty.ts';

/** Any of the names of a State Party, looked up without regard to case, accents, articles and punctuation. */
export type StateIndex = ReadonlyMap<string, StateParty>;

/** By every name a list of the secretariat may use: the code, the UN names, the formal and the other names. */
export function stateIndex(treaty: Treaty): StateIndex {
  return new Map(treaty.states.flatMap((state) => namesOf(state).map((name) => [fold(name), state] as const)));
}

export function namesOf(state: StateParty): string[] {
  return [state.iso3, ...Object.values(state.names), ...Object.values(state.formal), ...state.otherNames];
}

export function stateNamed(text: string, index: StateIndex): StateParty | undefined {
  return index.get(fold(text));
}

/** The State Party whose name is the nearest, or none when more than a quarter of the letters would have to change. */
export function nearestState(text: string, index: StateIndex): StateParty | undefined {
  const word = fold(text);
  let best = Math.max(1, Math.floor(word.length / 4)) + 1;
  let nearest: StateParty | undefined;
  for (const [name, state] of index) {
    if (Math.abs(name.length - word.length) >= best) continue;
    const found = changesBetween(word, name);
    if (found < best) [best, nearest] = [found, state];
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

/** Letters to add, drop, replace or swap with their neighbour to make one word of the other (Damerau, Levenshtein). */
function changesBetween(one: string, other: string): number {
  const rows = [Array.from({ length: other.length + 1 }, (_, column) => column)];
  const at = (row: number, column: number) => rows[row]?.[column] ?? Infinity;
  for (let row = 1; row <= one.length; row++) {
    rows.push([row]);
    for (let column = 1; column <= other.length; column++) {
      const same = one[row - 1] === other[column - 1];
      const swapped = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      rows[row]?.push(
        Math.min(
          at(row - 1, column) + 1,
          at(row, column - 1) + 1,
          at(row - 1, column - 1) + (same ? 0 : 1),
          swapped ? at(row - 2, column - 2) + 1 : Infinity,
        ),
      );
    }
  }
  return at(one.length, other.length);
}
