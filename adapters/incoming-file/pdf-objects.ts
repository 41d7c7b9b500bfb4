import { inflateSync, constants as zlib } from 'node:zlib';

/** `/ObjStm`, each character of which may also be written as `#` and two digits. */
const OBJECT_STREAM = new RegExp(
  `/${Array.from('ObjStm', (letter) => `(?:${letter}|#${letter.charCodeAt(0).toString(16)})`).join('')}`,
  'gi',
);
const MOST_STREAMS = 20_000;
const MOST_INFLATED = 50 * 1024 * 1024;
/** Between the name and the data stand a few words more. */
const DICTIONARY = 4_096;

/** `objects` are those packed, by number and generation (`12 0`): where each begins, and what follows. */
export type Unpacked = { texts: string[]; objects: Map<string, string>; isComplete: boolean };

/**
 * The texts in which a PDF (since 1.5) packs objects together. `isComplete` is false when there are more than 20,000 of
 * them, they grow beyond 50 MB, or one is broken or packed in an unusual way.
 */
export function unpackObjects({ bytes, raw }: { bytes: Buffer; raw: string }): Unpacked {
  const unpacked: Unpacked = { texts: [], objects: new Map(), isComplete: true };
  let left = MOST_INFLATED;
  try {
    for (const [start, dictionary] of packedIn(raw)) {
      const text = unpack({ packed: bytes.subarray(start), dictionary, atMost: left });
      left -= text.length;
      unpacked.texts.push(text);
      for (const [reference, object] of objectsIn({ text, dictionary })) unpacked.objects.set(reference, object);
    }
    return unpacked;
  } catch {
    return { ...unpacked, isComplete: false };
  }
}

/** Where the data of each begins, and the words before it. */
function packedIn(raw: string): Map<number, string> {
  const found = new Map<number, string>();
  for (const { index } of raw.matchAll(OBJECT_STREAM)) {
    const [before] = /^[\s\S]*?stream\r?\n?/.exec(raw.slice(index, index + DICTIONARY)) ?? [];
    if (!before || found.size > MOST_STREAMS) throw new Error('The data is far away, or there is too much of it.');
    const begins = Math.max(raw.lastIndexOf(' obj', index), index - DICTIONARY, 0);
    found.set(index + before.length, raw.slice(begins, index + before.length));
  }
  return found;
}

function unpack({ packed, dictionary, atMost }: { packed: Buffer; dictionary: string; atMost: number }): string {
  if (!/\/FlateDecode/.test(dictionary) || /#|\/(DecodeParms|DP)(?![A-Za-z])/.test(dictionary))
    throw new Error('The packing is unusual.');
  return inflateSync(packed, { maxOutputLength: atMost, finishFlush: zlib.Z_SYNC_FLUSH }).toString('latin1');
}

/** A packed text begins with pairs: the number of an object, and where it begins counted from `/First`. */
function objectsIn({ text, dictionary }: { text: string; dictionary: string }): [string, string][] {
  const first = Number(/\/First\s+(\d+)/.exec(dictionary)?.[1]);
  const pairs = [...text.slice(0, first).matchAll(/(\d+)\s+(\d+)/g)];
  return pairs.map(([, number, at]) => [`${number} 0`, text.slice(first + Number(at), first + Number(at) + 500)]);
}
