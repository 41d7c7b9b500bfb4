import type { Logger } from 'pino';
import type { MailFile } from '../adapters/filing.ts';
import type { ReadMail } from '../adapters/inbox.ts';
import type { IncomingFiles, ReceivedFile } from '../adapters/incoming-file.ts';
import { Refused } from '../domain/refusals.ts';

/** The files of a mail as they were looked at, and which of them is the report; without one, why a person must say. */
export type MailFiles = { listed: MailFile[]; report: ReceivedFile | null; why: string };

type Attachment = ReadMail['attachments'][number];
type Examined = { listed: MailFile; file: ReceivedFile | null; isBeside: boolean };

/** Looks at the files of a mail by the rules of uploads. Two that could be the report are for a person to choose from. */
export async function examineFiles({
  mail,
  files,
  maxFiles,
  log,
}: {
  mail: ReadMail;
  files: IncomingFiles;
  maxFiles: number;
  log: Logger;
}): Promise<MailFiles> {
  const { attachments } = mail;
  const examined: Examined[] = [];
  for (const attachment of attachments.slice(0, maxFiles)) examined.push(await examine({ attachment, files, log }));
  const listed = examined.map((file) => file.listed);
  const wanted = examined.filter(({ isBeside }) => !isBeside);
  const documents = wanted.length > 0 ? wanted : examined;
  const unseen = attachments.length - examined.length;
  const [only] = documents;
  if (!only) return { listed, report: null, why: 'It holds no report. Read it and answer.' };
  if (documents.length + unseen > 1) return { listed, report: null, why: severalIn(documents, unseen) };
  const { fileName, refusal } = only.listed;
  const why = refusal ? `An attachment could not be received. ${fileName}: ${refusal}` : '';
  return { listed, report: only.file, why };
}

function severalIn(documents: Examined[], unseen: number): string {
  const names = documents.map(({ listed }) => listed.fileName).join(', ');
  const more = unseen > 0 ? `, and ${unseen} more` : '';
  return `It holds ${documents.length + unseen} files: ${names}${more}. Say which one is the report.`;
}

/** Whatever happens while a file is looked at is said of that file, and never holds up the mail. */
async function examine({
  attachment,
  files,
  log,
}: {
  attachment: Attachment;
  files: IncomingFiles;
  log: Logger;
}): Promise<Examined> {
  const { fileName, bytes } = attachment;
  const listed = { fileName: (fileName || 'a file without a name').slice(0, 150).toWellFormed(), size: bytes.length };
  const isBeside = BESIDE.test(attachment.declaredType);
  try {
    const file = await files.check({ bytes, fileName });
    return { listed: { ...listed, refusal: null }, file, isBeside: false };
  } catch (error) {
    if (!(error instanceof Refused)) log.warn({ error: (error as Error).name }, 'a file could not be examined');
    const refused = error instanceof Refused ? error : new Refused('fileUnreadable');
    return { listed: { ...listed, refusal: refused.message }, file: null, isBeside };
  }
}

/** What mail programs add by themselves: a crest, a card, a signature. Not what a mail was written for. */
const BESIDE = /^(image\/|text\/(x-)?vcard|text\/calendar|application\/(pgp|pkcs7|x-pkcs7)-signature)/i;
