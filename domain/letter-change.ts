import type { Language } from './treaty.ts';

/** The version of a letter's text in each language: SHA-256 of all it is rendered from. */
export type TextVersions = Record<Language, string>;

/** What is put to the Coordinators about the text of a letter, kept with the approval. */
export type TextSummary = {
  /** `report-intake/invitation`. */
  template: string;
  /** What people call the letter. */
  name: Record<Language, string>;
  changeId: string;
  /** Why it is changed, in the admin's words. */
  note: string;
  versions: TextVersions;
  /** What was in force when it was asked: the difference is to these. */
  before: TextVersions;
};

export type Piece = { kind: 'same' | 'removed' | 'added'; text: string };

/** What became of a text, word by word: what is removed stands before what is added in its place. */
export function wordChanges(before: string, after: string): Piece[] {
  const [old, now] = [tokens(before), tokens(after)];
  const start = sameAtStart(old, now);
  const end = sameAtStart(old.slice(start).reverse(), now.slice(start).reverse());
  const middle = changedTokens(old.slice(start, old.length - end), now.slice(start, now.length - end));
  return joined([...same(old.slice(0, start)), ...middle, ...same(old.slice(old.length - end))]);
}

/** Words, and the white space between them. */
function tokens(text: string): string[] {
  return text.match(/\s+|[^\s]+/g) ?? [];
}

function same(words: string[]): Piece[] {
  return words.map((text) => ({ kind: 'same', text }));
}

function sameAtStart(one: string[], other: string[]): number {
  const at = one.findIndex((word, index) => word !== other[index]);
  return at < 0 ? Math.min(one.length, other.length) : at;
}

/** The longest common subsequence, from a table of its lengths. */
function changedTokens(old: string[], now: string[]): Piece[] {
  const lengths = old.map(() => new Uint16Array(now.length + 1));
  const length = (at: number, to: number) => lengths[at]?.[to] ?? 0;
  for (let at = old.length - 1; at >= 0; at--)
    for (let to = now.length - 1; to >= 0; to--)
      lengths[at]![to] =
        old[at] === now[to] ? length(at + 1, to + 1) + 1 : Math.max(length(at + 1, to), length(at, to + 1));
  const pieces: Piece[] = [];
  for (let at = 0, to = 0; at < old.length || to < now.length; ) {
    if (at < old.length && old[at] === now[to]) {
      pieces.push({ kind: 'same', text: old[at++]! });
      to++;
    } else if (at < old.length && (to === now.length || length(at + 1, to) >= length(at, to + 1)))
      pieces.push({ kind: 'removed', text: old[at++]! });
    else pieces.push({ kind: 'added', text: now[to++]! });
  }
  return pieces;
}

function joined(pieces: Piece[]): Piece[] {
  return pieces.reduce<Piece[]>((all, { kind, text }) => {
    const last = all.at(-1);
    if (last?.kind === kind) last.text += text;
    else all.push({ kind, text });
    return all;
  }, []);
}
