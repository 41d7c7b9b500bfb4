import type { FastifyRequest } from 'fastify';
import type { AttachedFile, Draft } from './send.ts';

/** Field → sentence. */
export type Complaints = Partial<Record<keyof Draft | 'files', string>>;

export type Filled = { draft: Draft; files: AttachedFile[]; complaints: Complaints };

/** Reads a posted letter. What is wrong with it is said per field; what was typed is kept. */
export async function readForm(request: FastifyRequest): Promise<Filled> {
  const draft: Draft = { from: '', to: '', subject: '', text: '' };
  const files: AttachedFile[] = [];
  let wrongFile: string | undefined;
  try {
    for await (const part of request.parts()) {
      if (part.type === 'field') {
        if (Object.hasOwn(draft, part.fieldname)) draft[part.fieldname as keyof Draft] = String(part.value).trim();
        continue;
      }
      const content = await part.toBuffer().catch(() => null);
      if (!content) wrongFile = `“${part.filename}” is larger than 25 MB. Choose a smaller file.`;
      else if (part.filename) files.push({ filename: part.filename, content, contentType: part.mimetype });
    }
  } catch (error) {
    if ((error as { code?: string }).code !== 'FST_FILES_LIMIT') throw error;
    wrongFile = 'Choose up to 10 files';
  }
  const complaints = complaintsAbout(draft);
  return { draft, files, complaints: wrongFile ? { ...complaints, files: wrongFile } : complaints };
}

function complaintsAbout({ from, to, text }: Draft): Complaints {
  const complaints: Complaints = {};
  if (!isAddress(from)) complaints.from = 'Enter the address it comes from, such as mission@state.example';
  if (!isAddress(to)) complaints.to = 'Enter one address, such as isu@isu.example';
  if (!text) complaints.text = 'Write the text of the letter';
  return complaints;
}

function isAddress(text: string): boolean {
  return /^[^\s<>,;:"()@]+@[^\s<>,;:"()@]+$/.test(text);
}
