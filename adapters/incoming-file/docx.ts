import yauzl, { type Entry, type ZipFile } from 'yauzl';
import { Refused } from '../../domain/refusals.ts';

const MAX_ENTRIES = 2_000;
const MAX_INFLATED = 100 * 1024 * 1024;
const MAX_RATIO = 200;
/** The parts that say what a document links to are small; one that is not is not read. */
const MAX_PART = 1024 * 1024;

const MACROS_OR_OBJECTS = /(^|\/)(vbaproject\.bin|vbadata\.xml|oleobject[^/]*\.bin|activex[^/]*\.bin)$/i;
const SYMBOLIC_LINK = 0o120_000;
/** A template on a drive of the author is only a name; one on a server would be fetched by whoever opens the file. */
const LOCAL_TEMPLATE = /\bTarget\s*=\s*["'](file:\/\/\/[A-Za-z]:|[\w. -]+["'])/;

/**
 * Reads the directory of the zip before anything is inflated, then the few small parts that say what it links to.
 * Throws {@link Refused}: fileNotWhatItSays, fileCutOff, fileUnsafe.
 */
export async function assertPlainDocx(bytes: Buffer): Promise<void> {
  if (bytes.subarray(0, 4).toString('latin1') !== 'PK\u0003\u0004') throw new Refused('fileNotWhatItSays');
  const zip = await yauzl.fromBufferPromise(bytes, { lazyEntries: true, autoClose: false }).catch(() => {
    throw new Refused('fileCutOff');
  });
  try {
    const entries = await readDirectory(zip);
    assertMeasure(entries, bytes.length);
    const names = new Set(entries.map(({ fileName }) => fileName));
    if (!names.has('word/document.xml') || !names.has('[Content_Types].xml')) throw new Refused('fileNotWhatItSays');
    for (const entry of entries.filter(saysWhatIsLinked)) assertHarmless(await readPart(zip, entry));
  } catch (error) {
    // Absolute and climbing names, sizes that lie, data beyond the end: yauzl names them, one sentence is enough here.
    throw error instanceof Refused ? error : new Refused('fileUnsafe');
  }
}

async function readDirectory(zip: ZipFile): Promise<Entry[]> {
  if (zip.entryCount > MAX_ENTRIES) throw new Refused('fileUnsafe');
  const entries: Entry[] = [];
  const seen = new Set<string>();
  for await (const entry of zip.eachEntry()) {
    const name = entry.fileName.toLowerCase();
    const isLink = ((entry.externalFileAttributes >>> 16) & 0o170_000) === SYMBOLIC_LINK;
    const isEncrypted = (entry.generalPurposeBitFlag & 1) === 1;
    if (isLink || isEncrypted || seen.has(name) || MACROS_OR_OBJECTS.test(name)) throw new Refused('fileUnsafe');
    seen.add(name);
    entries.push(entry);
  }
  return entries;
}

/** What it grows to; and entries that add up to more than the file lie over one another. */
function assertMeasure(entries: Entry[], size: number): void {
  const inflated = entries.reduce((sum, entry) => sum + entry.uncompressedSize, 0);
  const packed = entries.reduce((sum, entry) => sum + entry.compressedSize, 0);
  if (inflated > MAX_INFLATED || packed > size || inflated > MAX_RATIO * Math.max(packed, 1))
    throw new Refused('fileUnsafe');
}

function saysWhatIsLinked({ fileName }: Entry): boolean {
  return fileName === '[Content_Types].xml' || /^(_rels|word\/_rels)\/[^/]*\.rels$/i.test(fileName);
}

async function readPart(zip: ZipFile, entry: Entry): Promise<string> {
  if (entry.uncompressedSize > MAX_PART) throw new Refused('fileUnsafe');
  const chunks: Buffer[] = [];
  for await (const chunk of await zip.openReadStreamPromise(entry)) chunks.push(chunk as Buffer);
  const bytes = Buffer.concat(chunks);
  const isWide = bytes[0] === 0xff || bytes[0] === 0xfe || bytes[1] === 0;
  return isWide ? bytes.toString('utf16le') : bytes.toString('utf8');
}

function assertHarmless(part: string): void {
  const hasRemoteTemplate = part.split('<').some((tag) => isTemplate(tag) && !LOCAL_TEMPLATE.test(tag));
  if (/<!DOCTYPE|macroEnabled|vbaProject/i.test(part) || hasRemoteTemplate) throw new Refused('fileUnsafe');
}

/** Also one that hides its kind behind character references. */
function isTemplate(tag: string): boolean {
  return /attachedTemplate|\bType\s*=\s*["'][^"'&]*&/i.test(tag);
}
