import { fileTypeFromBuffer } from 'file-type';
import type { Caution } from '../../domain/file-cautions.ts';
import { Refused } from '../../domain/refusals.ts';
import { lookAtRelationships } from './relationships.ts';
import { type Entry, inflate, type OpenZip, openZip } from './zip.ts';

const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
/** Of the file and all that is unpacked from it: what Debian's clamd looks into (MaxScanSize). */
const MOST_UNPACKED = 100 * 1024 * 1024;
/** A document of 300 pages has 5 MB of text and marks. */
const LONGEST_XML = 20 * 1024 * 1024;
/** Tables in tables in tables: Word itself gives up at about 40, each is three deep. */
const DEEPEST = 300;
/** A PDF reader looks for a PDF's first words within so many bytes. */
const PDF_HEAD = 1_024;

const ZIP = Buffer.from('PK\u0003\u0004', 'latin1');
/** The older Office formats: they can hold macros or a lock. */
const OLDER_OFFICE = Buffer.from('d0cf11e0a1b11ae1', 'hex');

/**
 * Looks into a Word file: the directory of the zip before anything is inflated, then every part, one at a time. Throws
 * {@link Refused}: fileNotWhatItSays, fileCutOff, fileUnsafe.
 */
export async function inspectDocx(bytes: Buffer): Promise<Caution[]> {
  const opened = await openZip(bytes);
  const names = new Set(opened.entries.map(({ fileName }) => fileName));
  const isDocument = names.has('word/document.xml') && names.has('[Content_Types].xml');
  if (!isDocument || bytes.subarray(0, PDF_HEAD).includes('%PDF-')) throw new Refused('fileNotWhatItSays');
  const seen: Seen = { cautions: new Set(), bytes: bytes.length };
  await lookInto({ opened, seen, isInside: false });
  // Asked last: to tell a Word file from another zip it inflates a part, which by now is known to be small.
  if ((await fileTypeFromBuffer(bytes))?.mime !== DOCX) throw new Refused('fileNotWhatItSays');
  return [...seen.cautions];
}

/** `bytes`: of the file and of all that was unpacked from it. */
type Seen = { cautions: Set<Caution>; bytes: number };

async function lookInto({ opened, seen, isInside }: { opened: OpenZip; seen: Seen; isInside: boolean }): Promise<void> {
  seen.bytes += opened.inflated;
  if (seen.bytes > MOST_UNPACKED) throw new Refused('fileUnsafe');
  for (const entry of opened.entries) {
    const part = await inflate({ zip: opened.zip, entry });
    const begins = (mark: Buffer) => part.subarray(0, mark.length).equals(mark);
    // A zip in a zip in a zip: further down nobody looks.
    if (begins(OLDER_OFFICE) || (isInside && begins(ZIP))) throw new Refused('fileUnsafe');
    if (begins(ZIP)) await lookIntoZip({ part, seen });
    else if (isXml({ entry, part })) for (const caution of lookAtXml({ entry, part })) seen.cautions.add(caution);
  }
}

/** The numbers behind a chart, for example. */
async function lookIntoZip({ part, seen }: { part: Buffer; seen: Seen }): Promise<void> {
  const opened = await openZip(part).catch(() => {
    throw new Refused('fileUnsafe');
  });
  seen.cautions.add('filesInside');
  await lookInto({ opened, seen, isInside: true });
}

function isXml({ entry, part }: { entry: Entry; part: Buffer }): boolean {
  return /\.(xml|rels|vml)$/i.test(entry.fileName) || /^\W{0,3}\s*</.test(narrow(part.subarray(0, 100)));
}

function lookAtXml({ entry, part }: { entry: Entry; part: Buffer }): Caution[] {
  if (part.length > LONGEST_XML) return ['unread'];
  const text = narrow(part);
  const encoding = /^[^<]*<\?xml[^>]*encoding\s*=\s*["']([^"']*)/.exec(text)?.[1] ?? 'utf-8';
  if (!/^(utf-?8|utf-?16|us-ascii)/i.test(encoding) || /<!DOCTYPE|macroEnabled|vbaProject/i.test(text))
    throw new Refused('fileUnsafe');
  if (/\.rels$/i.test(entry.fileName)) return lookAtRelationships(text);
  return depthOf(text) > DEEPEST ? ['unread'] : [];
}

/** The marks of a text in UTF-8 or UTF-16, which are ASCII in both. */
function narrow(part: Buffer): string {
  return part.toString('latin1').replaceAll('\0', '');
}

function depthOf(xml: string): number {
  let depth = 0;
  let deepest = 0;
  for (const [, begins, ends] of xml.matchAll(/<([/?!]?)[^<>]*?(\/?)>/g)) {
    if (begins === '/') depth--;
    else if (!begins && !ends) deepest = Math.max(deepest, ++depth);
  }
  return deepest;
}
