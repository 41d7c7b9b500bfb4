import { buffer } from 'node:stream/consumers';
import yauzl, { type Entry, type ZipFile } from 'yauzl';
import { Refused } from '../../domain/refusals.ts';

export type { Entry };
/** `inflated`: bytes of all entries together, as the directory has them. */
export type OpenZip = { zip: ZipFile; entries: Entry[]; inflated: number };

const MAX_ENTRIES = 2_000;
/**
 * Also what Debian's clamd looks into: a larger part of a zip it calls clean (MaxFileSize; seen with 1.4.6, also where
 * AlertExceedsMax is set).
 */
const MAX_PART = 25 * 1024 * 1024;
const MAX_RATIO = 200;

const MACROS_OR_OBJECTS = /(^|\/)(vbaproject\.bin|vbadata\.xml|oleobject[^/]*\.bin|activex[^/]*\.bin)$/i;
const SYMBOLIC_LINK = 0o120_000;

/**
 * Reads the directory of a zip; nothing is inflated. Throws {@link Refused}: fileCutOff without a directory; fileUnsafe
 * for more than 2,000 entries, one of more than 25 MB, all of more than 200 times their size, names that climb, links,
 * doubled entries, macros and OLE objects.
 */
export async function openZip(bytes: Buffer): Promise<OpenZip> {
  const zip = await yauzl.fromBufferPromise(bytes, { lazyEntries: true, autoClose: false }).catch(() => {
    throw new Refused('fileCutOff');
  });
  const entries = await orUnsafe(readDirectory(zip));
  return { zip, entries, inflated: measure(entries) };
}

async function readDirectory(zip: ZipFile): Promise<Entry[]> {
  if (zip.entryCount > MAX_ENTRIES) throw new Refused('fileUnsafe');
  const entries: Entry[] = [];
  const seen = new Set<string>();
  for await (const entry of zip.eachEntry()) {
    const name = entry.fileName.toLowerCase();
    const isLink = ((entry.externalFileAttributes >>> 16) & 0o170_000) === SYMBOLIC_LINK;
    if (isLink || seen.has(name) || MACROS_OR_OBJECTS.test(name)) throw new Refused('fileUnsafe');
    seen.add(name);
    entries.push(entry);
  }
  return entries;
}

/** What it grows to. No entry may lie over another, which is how a few bytes become many. */
function measure(entries: Entry[]): number {
  const inflated = entries.reduce((sum, entry) => sum + entry.uncompressedSize, 0);
  const packed = entries.reduce((sum, entry) => sum + entry.compressedSize, 0);
  const inOrder = entries.toSorted((a, b) => a.relativeOffsetOfLocalHeader - b.relativeOffsetOfLocalHeader);
  const overlap = inOrder.some((entry, at) => at > 0 && endOf(inOrder[at - 1]!) > entry.relativeOffsetOfLocalHeader);
  const isLarge = entries.some((entry) => entry.uncompressedSize > MAX_PART);
  if (isLarge || inflated > MAX_RATIO * Math.max(packed, 1) || overlap) throw new Refused('fileUnsafe');
  return inflated;
}

/** At the least: what stands before the data is this long and holds the name. */
function endOf({ relativeOffsetOfLocalHeader, compressedSize }: Entry): number {
  return relativeOffsetOfLocalHeader + 30 + compressedSize;
}

/** An entry, inflated. Throws {@link Refused} fileUnsafe when it is locked, broken, or not as long as was said. */
export async function inflate({ zip, entry }: { zip: ZipFile; entry: Entry }): Promise<Buffer> {
  return await orUnsafe(zip.openReadStreamPromise(entry).then(buffer));
}

/** Absolute and climbing names, sizes that lie, data beyond the end: the library names them, one code is enough here. */
async function orUnsafe<T>(reading: Promise<T>): Promise<T> {
  return await reading.catch((error: unknown) => {
    throw error instanceof Refused ? error : new Refused('fileUnsafe');
  });
}
