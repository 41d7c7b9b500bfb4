import type { Multipart } from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import type { AttachedFile, Draft } from './send.ts';

/** Field → sentence. */
export type Complaints = Partial<Record<keyof Draft | 'files', string>>;

export type Filled = { draft: Draft; files: AttachedFile[]; complaints: Complaints };

const TOO_MUCH: Record<string, string> = {
  FST_REQ_FILE_TOO_LARGE: 'A file is larger than 25 MB. Choose a smaller one.',
  FST_FILES_LIMIT: 'Choose up to 10 files',
};

/** Reads a posted letter. What is wrong with it is said per field; what was typed is kept. */
export async function readForm(request: FastifyRequest): Promise<Filled> {
  const filled: Filled = { draft: { from: '', to: '', subject: '', text: '' }, files: [], complaints: {} };
  try {
    for await (const part of request.parts()) await take({ filled, part });
  } catch (error) {
    const sentence = TOO_MUCH[(error as { code?: string }).code ?? ''];
    if (!sentence) throw error;
    filled.complaints.files = sentence;
  }
  return { ...filled, complaints: { ...complaintsAbout(filled.draft), ...filled.complaints } };
}

async function take({ filled, part }: { filled: Filled; part: Multipart }): Promise<void> {
  if (part.type === 'field') {
    if (Object.hasOwn(filled.draft, part.fieldname))
      filled.draft[part.fieldname as keyof Draft] = String(part.value).trim();
    return;
  }
  const content = await part.toBuffer();
  // A browser sends an empty file where none was chosen.
  if (part.filename) filled.files.push({ filename: part.filename, content, contentType: part.mimetype });
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
