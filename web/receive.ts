import type { FastifyRequest } from 'fastify';
import type { GivenFile, ReceivedFile } from '../adapters/incoming-file.ts';
import { cleanText } from '../domain/letter-text.ts';
import { Refused } from '../domain/refusals.ts';

/** A browser hears an answer only after it has sent all; beyond this it is not worth waiting for. */
const READ_ON = 8;

/**
 * Reads a form with one file as it comes in, never more of it in memory than the limit, and checks the file. One that
 * did not pass is the reason why (`fileMissing`, `fileTooBig`, …): what else was filled in is not lost. Nothing is stored.
 */
export async function receiveForm(
  request: FastifyRequest,
  { maxBytes }: { maxBytes: number },
): Promise<{ file: ReceivedFile | Refused; fields: Record<string, string> }> {
  const fields: Record<string, string> = {};
  let file: ReceivedFile | Refused = new Refused('fileMissing');
  if (!request.isMultipart()) return { file, fields };
  if (Number(request.headers['content-length'] ?? 0) > maxBytes * READ_ON)
    return { file: new Refused('fileTooBig'), fields };
  const limits = { fileSize: maxBytes * READ_ON, files: 1, fields: 10, parts: 12, fieldSize: 64 * 1024 };
  try {
    for await (const part of request.parts({ limits })) {
      if (part.type === 'field') fields[part.fieldname] = cleanText(String(part.value));
      else if (part.filename) file = await checked(request, { stream: part.file, fileName: part.filename });
      else part.file.resume();
    }
  } catch {
    file = new Refused('fileCutOff');
  }
  return { file, fields };
}

/** The refusal as a value: what follows the file in the form is still to be read. */
async function checked(request: FastifyRequest, given: GivenFile): Promise<ReceivedFile | Refused> {
  try {
    return await request.server.deps.files.check(given);
  } catch (error) {
    if (error instanceof Refused) return error;
    request.log.error({ error: (error as Error).name }, 'a file could not be examined');
    return new Refused('fileUnreadable');
  }
}
