import { type AddressObject, type Attachment, simpleParser } from 'mailparser';

/** A message opened for a reader; nothing remote is fetched, images of the letter itself are inlined. */
export type OpenLetter = {
  subject: string;
  from: string;
  to: string;
  cc: string;
  /** The Date header as its writer wrote it, with his zone. */
  writtenOn: string;
  html: string | null;
  text: string;
  attachments: { fileName: string; contentType: string; size: number; content: Buffer }[];
  replyAddress: string;
  messageId: string | null;
  references: string[];
};

/** Throws when the bytes are no mail; the caller then shows the source. */
export async function openLetter(raw: Buffer): Promise<OpenLetter> {
  const mail = await simpleParser(raw, { skipTextToHtml: true, checksumAlgo: false, maxHtmlLengthToParse: 2_000_000 });
  const sender = (mail.replyTo ?? mail.from)?.value[0];
  return {
    subject: mail.subject ?? '',
    from: namesIn(mail.from),
    to: namesIn(mail.to),
    cc: namesIn(mail.cc),
    writtenOn: mail.headerLines.find(({ key }) => key === 'date')?.line.replace(/^date:\s*/i, '') ?? '',
    html: mail.html || null,
    text: mail.text ?? '',
    attachments: mail.attachments.filter((part) => !part.related).map(named),
    replyAddress: sender?.address ?? '',
    messageId: mail.messageId ?? null,
    references: [mail.references ?? []].flat(),
  };
}

function named(part: Attachment, index: number): OpenLetter['attachments'][number] {
  const { contentType, size, content } = part;
  const fileName = part.filename ?? `part-${index + 1}${contentType === 'message/rfc822' ? '.eml' : ''}`;
  return { fileName, contentType, size, content };
}

function namesIn(addresses: AddressObject | AddressObject[] | undefined): string {
  const entries = [addresses ?? []].flat().flatMap(({ value }) => value);
  return entries.map(({ name, address = '' }) => (name ? `${name} <${address}>` : address)).join(', ');
}
