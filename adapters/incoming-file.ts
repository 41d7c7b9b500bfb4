import type { Readable } from 'node:stream';
import { fileTypeFromBuffer } from 'file-type';
import { Refused } from '../domain/refusals.ts';
import { assertPlainDocx } from './incoming-file/docx.ts';
import { cleanFileName } from './incoming-file/file-name.ts';
import { assertWholePdf } from './incoming-file/pdf.ts';
import type { ReceivedFile } from './submissions.ts';

export type { ReceivedFile };

const TYPES = {
  pdf: { mediaType: 'application/pdf', assertFit: assertWholePdf },
  docx: {
    mediaType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    assertFit: assertPlainDocx,
  },
} as const;

/**
 * A file from outside that may be kept: PDF or DOCX by its name and by its content, whole, without macros, and not a
 * zip that grows beyond measure. A stream is read no further than the limit. Throws {@link Refused}: fileEmpty,
 * fileTooBig, fileWrongType, fileNotWhatItSays, fileCutOff, fileUnsafe.
 */
export async function checkFile(
  given: {
    fileName: string;
    limits: { maxBytes: number };
  } & ({ bytes: Buffer } | { stream: Readable }),
): Promise<ReceivedFile> {
  const { limits } = given;
  const bytes = 'bytes' in given ? given.bytes : await readUpTo(given.stream, limits.maxBytes);
  if (bytes.length > limits.maxBytes) throw new Refused('fileTooBig');
  if (bytes.length === 0) throw new Refused('fileEmpty');
  const fileName = cleanFileName(given.fileName);
  const ending = /\.(pdf|docx)$/i.exec(fileName)?.[1]?.toLowerCase() as keyof typeof TYPES | undefined;
  if (!ending) throw new Refused('fileWrongType');
  const { mediaType, assertFit } = TYPES[ending];
  await assertFit(bytes);
  // Asked last: to tell a DOCX from another zip it inflates a part, which by now is known to be small.
  if ((await fileTypeFromBuffer(bytes))?.mime !== mediaType) throw new Refused('fileNotWhatItSays');
  return { bytes, fileName, mediaType };
}

/** Reads on beyond the limit and throws away: a browser only hears our answer once it has sent everything. */
async function readUpTo(stream: Readable, maxBytes: number): Promise<Buffer> {
  let chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > maxBytes) chunks = [];
      else chunks.push(chunk);
    }
  } catch {
    throw new Refused('fileCutOff');
  }
  if (size > maxBytes) throw new Refused('fileTooBig');
  return Buffer.concat(chunks);
}
