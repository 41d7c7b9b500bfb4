import { createHash } from 'node:crypto';
import MailComposer from 'nodemailer/lib/mail-composer';
import { emailAddress } from '../domain/address.ts';
import { cleanLine } from '../domain/letter-text.ts';

type MailAddress = { name?: string; address: string };

export type MailMessage = {
  from: MailAddress;
  to: MailAddress;
  replyTo: MailAddress | string;
  subject: string;
  text: string;
  html: string;
  /** With its angle brackets: `<…@…>`. */
  messageId: string;
  date: Date;
  inReplyTo?: string;
  references?: readonly string[];
  headers?: Readonly<Record<string, string>>;
  attachments?: readonly { fileName: string; bytes: Uint8Array; mediaType: string }[];
};

/**
 * The bytes of a message as they go over the wire, CRLF line ends, the same for the same input. Throws a plain Error
 * with one sentence when a header would carry a line break or another control character: nodemailer 10 sends
 * `a@y\r\nBcc: x@z` to x@z. No message repeats a value, so that none ends in a log.
 */
export async function composeMime(message: MailMessage): Promise<Buffer> {
  const { messageId, inReplyTo, references = [], headers = {}, attachments = [] } = message;
  return new MailComposer({
    from: addressOf('From', message.from),
    to: addressOf('To', message.to),
    replyTo: addressOf(
      'Reply-To',
      typeof message.replyTo === 'string' ? { address: message.replyTo } : message.replyTo,
    ),
    subject: headerText('Subject', message.subject),
    text: message.text,
    html: message.html,
    messageId: messageIdOf('Message-ID', messageId),
    date: momentOf(message.date),
    ...(inReplyTo ? { inReplyTo: messageIdOf('In-Reply-To', inReplyTo) } : {}),
    ...(references.length ? { references: references.map((id) => messageIdOf('References', id)) } : {}),
    headers: { 'Auto-Submitted': 'auto-generated', ...extraHeaders(headers) },
    attachments: attachments.map(attachmentOf),
    textEncoding: 'quoted-printable',
    baseBoundary: createHash('sha256').update(messageId).digest('hex').slice(0, 32),
    newline: 'windows',
    disableFileAccess: true,
    disableUrlAccess: true,
  } as ConstructorParameters<typeof MailComposer>[0])
    .compile()
    .build();
}

/** Names as people wrote them may hold tabs or direction overrides, which are dropped; a line break is an attack. */
function headerText(header: string, value: string): string {
  if (/[\r\n\0\u0085\u2028\u2029]/.test(value))
    throw new Error(`${header} holds a line break, which would start a header of its own.`);
  // An encoded word (RFC 2047) typed as text would be decoded by the reader's program, line breaks included.
  return cleanLine(value).replaceAll('=?', '= ?');
}

function addressOf(header: string, { name, address }: MailAddress): { name: string; address: string } {
  const found = emailAddress(address);
  if ('problem' in found) throw new Error(`${header}: ${found.problem}`);
  return { name: headerText(header, name ?? ''), address: found.address };
}

function messageIdOf(header: string, id: string): string {
  if (!/^<[\x21-\x3B\x3D\x3F-\x7E]+@[\x21-\x3B\x3D\x3F-\x7E]+>$/.test(id) || id.length > 900)
    throw new Error(`${header} is not one message id in angle brackets.`);
  return id;
}

function momentOf(date: Date): Date {
  if (Number.isNaN(date.getTime())) throw new Error('Date is not a moment.');
  return date;
}

// Set from named fields above; a second door to them would go past their checks.
const OWN =
  /^(from|to|cc|bcc|sender|reply-to|subject|message-id|date|in-reply-to|references|mime-.*|auto-submitted|content-.*)$/i;

function extraHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => {
      if (!/^[A-Za-z][A-Za-z0-9-]*$/.test(name) || OWN.test(name))
        throw new Error(`${JSON.stringify(name)} is not a header that may be added.`);
      return [name, headerText(name, value)];
    }),
  );
}

function attachmentOf({ fileName, bytes, mediaType }: NonNullable<MailMessage['attachments']>[number]) {
  if (!/^[\w.+-]+\/[\w.+-]+(; ?[\w-]+=[\w.-]+)*$/.test(mediaType))
    throw new Error(`${JSON.stringify(mediaType)} is not a media type.`);
  const filename = headerText('The name of an attachment', fileName);
  return { filename, content: Buffer.from(bytes), contentType: mediaType, contentDisposition: 'attachment' as const };
}
