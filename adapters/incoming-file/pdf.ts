import type { Caution } from '../../domain/file-cautions.ts';
import { Refused } from '../../domain/refusals.ts';
import { type Unpacked, unpackObjects } from './pdf-objects.ts';

/** Where the end mark of a PDF stands: some programs add a line or two after it. */
const TAIL = 2_048;
const ZIP_END = Buffer.from('PK\u0005\u0006', 'latin1');
/** Its fixed words and the longest comment after them. */
const ZIP_END_MOST = 22 + 65_535;
const ZIP_DIRECTORY = Buffer.from('PK\u0001\u0002', 'latin1');
const MOST_PAGES = 500;
/** A PDF says it once, and again each time it was saved anew. */
const MOST_OPENINGS = 100;

/** The names a PDF gives to what it can do (ISO 32000); long enough not to turn up in a picture by chance. */
const MARKS: [Caution, RegExp][] = [
  ['encrypted', /\/Encrypt(?![A-Za-z])/],
  ['script', /\/JavaScript(?![A-Za-z])/],
  ['actsByItself', /\/(Launch|SubmitForm|ImportData|GoToE|RichMedia)(?![A-Za-z])/],
  ['filesInside', /\/EmbeddedFiles?(?![A-Za-z])/],
  ['fillableForm', /\/XFA(?![A-Za-z])/],
];

/**
 * Looks at a PDF without following what it says, so that nothing in it can lead in circles: at the names in it and in
 * its packed objects. Throws {@link Refused}: fileNotWhatItSays, fileCutOff.
 */
export function inspectPdf(bytes: Buffer): Caution[] {
  assertWhole(bytes);
  const raw = bytes.toString('latin1');
  const own = plainNames(raw);
  const isEncrypted = MARKS[0]![1].test(own);
  const packed = isEncrypted ? NOTHING_PACKED : unpackObjects({ bytes, raw });
  const texts = [own, ...packed.texts.map(plainNames)];
  const cautions = MARKS.filter(([, mark]) => texts.some((text) => mark.test(text))).map(([caution]) => caution);
  if (opensSomething({ texts, objects: packed.objects })) cautions.push('actsByItself');
  if (pagesIn(texts) > MOST_PAGES) cautions.push('manyPages');
  if (!packed.isComplete) cautions.push('unread');
  return [...new Set(cautions)];
}

const NOTHING_PACKED: Unpacked = { texts: [], objects: new Map(), isComplete: true };

/** Begins and ends as a PDF, and is not a zip at the same time. */
function assertWhole(bytes: Buffer): void {
  if (bytes.subarray(0, 5).toString('latin1') !== '%PDF-' || isZipToo(bytes)) throw new Refused('fileNotWhatItSays');
  if (!bytes.subarray(-TAIL).includes('%%EOF')) throw new Refused('fileCutOff');
}

/** A zip is read from its end, whatever stands before it: its last words say where its directory begins. */
function isZipToo(bytes: Buffer): boolean {
  const first = Math.max(0, bytes.length - ZIP_END_MOST);
  for (let at = bytes.indexOf(ZIP_END, first); at >= 0; at = bytes.indexOf(ZIP_END, at + 1)) {
    const directory = at + 16 <= bytes.length ? at - bytes.readUInt32LE(at + 12) : -1;
    if (directory >= 0 && bytes.subarray(directory, directory + 4).equals(ZIP_DIRECTORY)) return true;
  }
  return false;
}

/** `/J#61vaScript` is `/JavaScript`. */
function plainNames(text: string): string {
  return text.replace(/#([0-9a-fA-F]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}

/** Going to a page of its own (an array, or the action `GoTo`) is what every PDF may do when it is opened. */
function opensSomething({ texts, objects }: Pick<Unpacked, 'texts' | 'objects'>): boolean {
  const openings = texts.flatMap((text) => [...text.matchAll(/\/OpenAction\s*(<<[\s\S]{0,500}|(\d+)\s+(\d+)\s+R\b)/g)]);
  if (openings.length > MOST_OPENINGS) return true;
  return openings.some(([, action = '', number, generation]) => {
    if (!number) return !onlyGoes(action);
    const packed = objects.get(`${number} ${generation}`);
    const meant = texts.flatMap((text) => definitionsIn({ text, number, generation })).concat(packed ?? []);
    return meant.length === 0 || !meant.every(onlyGoes);
  });
}

function definitionsIn({ text, number, generation }: { text: string; number: string; generation?: string }): string[] {
  const starts = [...text.matchAll(new RegExp(`(?<!\\d)${number}\\s+${generation}\\s+obj\\b`, 'g'))];
  return starts.map(({ 0: start, index }) => text.slice(index + start.length, index + 500));
}

/** A place (an array), or an action that leads to one and to nothing else. */
function onlyGoes(object: string): boolean {
  const [own = ''] = object.split('endobj');
  const kinds = [...own.matchAll(/\/S\s*\/(\w+)/g)].map(([, kind]) => kind);
  return /^\s*\[/.test(own) || (kinds[0] === 'GoTo' && !/\/Next\b/.test(own));
}

function pagesIn(texts: string[]): number {
  return texts.reduce((sum, text) => sum + (text.match(/\/Type\s*\/Page(?![A-Za-z])/g)?.length ?? 0), 0);
}
