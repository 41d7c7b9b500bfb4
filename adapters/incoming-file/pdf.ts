import { Refused } from '../../domain/refusals.ts';

/** Where the end mark of a PDF stands: some programs add a line or two after it. */
const TAIL = 2_048;
const ZIP_END = Buffer.from('PK\u0005\u0006', 'latin1');
const ZIP_END_SIZE = 22;
const ZIP_COMMENT_MAX = 65_535;

/** Begins and ends as a PDF, and is not a zip at the same time. Throws {@link Refused}. */
export function assertWholePdf(bytes: Buffer): void {
  if (bytes.subarray(0, 5).toString('latin1') !== '%PDF-' || endsAsZip(bytes)) throw new Refused('fileNotWhatItSays');
  if (!bytes.subarray(-TAIL).includes('%%EOF')) throw new Refused('fileCutOff');
}

/** A zip is read from its end: one whose comment reaches the end of the file opens as a zip, whatever stands before. */
function endsAsZip(bytes: Buffer): boolean {
  const tail = bytes.subarray(-(ZIP_END_SIZE + ZIP_COMMENT_MAX));
  for (let at = tail.indexOf(ZIP_END); at >= 0; at = tail.indexOf(ZIP_END, at + 1)) {
    if (at + ZIP_END_SIZE <= tail.length && at + ZIP_END_SIZE + tail.readUInt16LE(at + 20) === tail.length) return true;
  }
  return false;
}
