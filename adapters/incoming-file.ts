import type { Readable } from 'node:stream';
import { z } from 'zod';
import { CAUTIONS, type Caution } from '../domain/file-cautions.ts';
import { REFUSALS, type RefusalCode, Refused } from '../domain/refusals.ts';
import type { Inspection } from './incoming-file/child.ts';
import { cleanFileName } from './incoming-file/file-name.ts';
import { createReader, GaveUp, type Reader } from './incoming-file/reader.ts';
import type { ReceivedFile } from './submissions.ts';
import { assertClean } from './virus-check.ts';

export type { ReceivedFile };

export type GivenFile = { fileName: string } & ({ bytes: Buffer } | { stream: Readable });

/** The doors' eye on files from outside. */
export type IncomingFiles = {
  /**
   * A file that may be kept: PDF or DOCX by its name and by its content, whole, without macros, not a zip that grows
   * beyond measure, and clean to the virus check where there is one. A stream is read no further than the limit. What an
   * officer should know of it comes along as cautions. Throws {@link Refused}: fileEmpty, fileTooBig, fileWrongType,
   * fileNotWhatItSays, fileLocked, fileCutOff, fileUnsafe, fileInfected, fileUnchecked.
   */
  check(given: GivenFile): Promise<ReceivedFile>;
  /** Ends the process that looks into files; a later file starts it again. */
  close(): void;
};

const TYPES = {
  pdf: { mediaType: 'application/pdf', begins: '%PDF-', task: 'inspectPdf' },
  docx: {
    mediaType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    begins: 'PK\u0003\u0004',
    task: 'inspectDocx',
  },
} as const;

/** A Word file with a password is one of these (MS-OFFCRYPTO), and holds a part of this name. */
const OLDER_OFFICE = Buffer.from('d0cf11e0a1b11ae1', 'hex');
const LOCKED_PART = Buffer.from('EncryptedPackage', 'utf16le');

/** `maxBytes`: of one file. `clamdUrl`: where a virus check listens; null for none. */
export function createIncomingFiles({
  maxBytes,
  clamdUrl,
  reader = createReader(),
}: {
  maxBytes: number;
  clamdUrl: string | null;
  reader?: Reader;
}): IncomingFiles {
  return {
    async check({ fileName: given, ...file }) {
      const bytes = 'bytes' in file ? file.bytes : await readUpTo(file.stream, maxBytes);
      if (bytes.length > maxBytes) throw new Refused('fileTooBig');
      if (bytes.length === 0) throw new Refused('fileEmpty');
      const fileName = cleanFileName(given);
      const { mediaType, task } = typeOf({ bytes, fileName });
      const found = await inspect({ reader, task, bytes });
      if ('refused' in found) throw new Refused(found.refused);
      // After our own limits, which are narrower: the virus check meets nothing that it would have to give up on.
      if (clamdUrl) await assertClean({ url: clamdUrl, bytes });
      return { bytes, fileName, mediaType, cautions: found.cautions };
    },
    close: () => reader.close(),
  };
}

function typeOf({ bytes, fileName }: { bytes: Buffer; fileName: string }): (typeof TYPES)[keyof typeof TYPES] {
  const ending = /\.(pdf|docx)$/i.exec(fileName)?.[1]?.toLowerCase() as keyof typeof TYPES | undefined;
  if (!ending) throw new Refused('fileWrongType');
  const type = TYPES[ending];
  if (bytes.toString('latin1', 0, type.begins.length) === type.begins) return type;
  const isLocked = bytes.subarray(0, OLDER_OFFICE.length).equals(OLDER_OFFICE) && bytes.includes(LOCKED_PART);
  throw new Refused(isLocked ? 'fileLocked' : 'fileNotWhatItSays');
}

/** The answer of a process that has read a hostile file is no more to be trusted than the file. */
const INSPECTION: z.ZodType<Inspection> = z.union([
  z.strictObject({ refused: z.enum(Object.keys(REFUSALS) as RefusalCode[]) }),
  z.strictObject({ cautions: z.array(z.enum(Object.keys(CAUTIONS) as Caution[])) }),
]);

/** A file that nothing can be said about is kept: a person looks at it. */
async function inspect({ reader, ...question }: { reader: Reader; task: string; bytes: Buffer }): Promise<Inspection> {
  try {
    return INSPECTION.parse(await reader.ask(question));
  } catch (error) {
    if (error instanceof GaveUp || error instanceof z.ZodError) return { cautions: ['unread'] };
    throw error;
  }
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
