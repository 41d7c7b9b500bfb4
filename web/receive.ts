import type { FastifyRequest } from 'fastify';
import { checkFile } from '../adapters/incoming-file.ts';
import type { ReceivedFile } from '../adapters/submissions.ts';
import { cleanText } from '../domain/letter-text.ts';
import { Refused } from '../domain/refusals.ts';

/** A form with one file that did not pass; what else was filled in is not lost. */
export class FormRefused extends Error {
  override name = 'FormRefused';
  readonly refused: Refused;
  readonly fields: Record<string, string>;
  constructor(refused: Refused, fields: Record<string, string>) {
    super(refused.message);
    this.refused = refused;
    this.fields = fields;
  }
}

/** A browser hears an answer only after it has sent all; beyond this it is not worth waiting for. */
const READ_ON = 8;

/**
 * Reads a form with one file as it comes in, never more of it in memory than the limit, and checks the file. Throws
 * {@link FormRefused} for the file (`fileMissing`, `fileTooBig`, …); nothing has been stored then.
 */
export async function receiveForm(
  request: FastifyRequest,
  { maxBytes }: { maxBytes: number },
): Promise<{
  file: ReceivedFile;
  fields: Record<string, string>;
}> {
  const fields: Record<string, string> = {};
  let file: ReceivedFile | Refused = new Refused('fileMissing');
  if (!request.isMultipart()) throw new FormRefused(file, fields);
  if (Number(request.headers['content-length'] ?? 0) > maxBytes * READ_ON)
    throw new FormRefused(new Refused('fileTooBig'), fields);
  const limits = { fileSize: maxBytes * READ_ON, files: 1, fields: 10, parts: 12, fieldSize: 64 * 1024 };
  try {
    for await (const part of request.parts({ limits })) {
      if (part.type === 'field') fields[part.fieldname] = cleanText(String(part.value));
      else if (part.filename)
        file = await checked({ stream: part.file, fileName: part.filename, limits: { maxBytes } });
      else part.file.resume();
    }
  } catch (error) {
    if (error instanceof Refused) throw error;
    file = new Refused('fileCutOff');
  }
  if (file instanceof Refused) throw new FormRefused(file, fields);
  return { file, fields };
}

/** The refusal as a value: what follows the file in the form is still to be read. */
async function checked(given: Parameters<typeof checkFile>[0]): Promise<ReceivedFile | Refused> {
  try {
    return await checkFile(given);
  } catch (error) {
    if (error instanceof Refused) return error;
    throw error;
  }
}
