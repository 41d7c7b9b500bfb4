import { type AddressObject, type Attachment, type ParsedMail, simpleParser } from 'mailparser';

/** What the secretariat reads of a mail. Everything in it is somebody's claim. */
export type ReadMail = {
  messageId: string | null;
  inReplyTo: string | null;
  references: string[];
  from: { address: string; name: string };
  /** To, Cc and what the delivering server noted (Delivered-To, X-Original-To), in lower case. */
  to: string[];
  subject: string;
  text: string;
  attachments: { fileName: string; bytes: Buffer; declaredType: string }[];
  /** Written by a machine (RFC 3834): an absence notice, a read receipt. Never true of a bounce. */
  isAutoReply: boolean;
  /** A delivery status notification (RFC 3464); its report and the returned letter are attachments. */
  isBounce: boolean;
};

/** The mail cannot be read; its message is a sentence for the tray. */
export class UnreadableMail extends Error {
  override name = 'UnreadableMail';
}

const LARGEST_MAIL = 40_000_000;
const MOST_HEADERS = 2_000;
/** Characters of HTML that are turned into text; a page beyond that is no letter. */
const LONGEST_HTML = 1_000_000;

/**
 * Opens a mail. Fetches nothing, runs nothing. Throws `UnreadableMail` when it is empty, over 40 MB, has more than 2,000
 * headers or no sender, or is broken beyond reading.
 */
export async function readMail(raw: Buffer): Promise<ReadMail> {
  refuseAtSight(raw);
  const mail = await parse(raw);
  if (isHollow({ mail, raw }))
    throw new UnreadableMail('The mail is cut off or broken: none of its parts can be read.');
  const sender = mail.from?.value[0];
  if (!sender?.address) throw new UnreadableMail('The mail does not say who sent it.');
  const isBounce = reportType(mail) === 'delivery-status' || mail.attachments.some(isDeliveryStatus);
  return {
    messageId: mail.messageId ?? null,
    inReplyTo: mail.inReplyTo ?? null,
    references: [mail.references ?? []].flat(),
    from: { address: sender.address, name: sender.name },
    to: recipientsOf(mail),
    subject: mail.subject ?? '',
    text: mail.text ?? '',
    attachments: mail.attachments.filter((part) => !isDecoration(part)).map(asFile),
    isAutoReply: !isBounce && isAutomatic(mail),
    isBounce,
  };
}

function refuseAtSight(raw: Buffer): void {
  if (raw.length === 0) throw new UnreadableMail('The mail is empty.');
  if (raw.length > LARGEST_MAIL) {
    throw new UnreadableMail(`The mail is ${Math.ceil(raw.length / 1e6)} MB; up to 40 MB can be read.`);
  }
  let headers = 0;
  for (let at = 0; at >= 0 && at < raw.length && !isLineEnd(raw[at]); at = nextLine({ raw, at })) {
    if (++headers > MOST_HEADERS) throw new UnreadableMail('The mail has more than 2,000 header lines.');
  }
}

function isLineEnd(byte: number | undefined): boolean {
  return byte === 0x0d || byte === 0x0a;
}

/** −1 after the last one. */
function nextLine({ raw, at }: { raw: Buffer; at: number }): number {
  const end = raw.indexOf(0x0a, at);
  return end < 0 ? -1 : end + 1;
}

async function parse(raw: Buffer): Promise<ParsedMail> {
  try {
    return await simpleParser(raw, {
      keepDeliveryStatus: true,
      ignoreEmbedded: true,
      keepCidLinks: true,
      skipTextToHtml: true,
      checksumAlgo: false,
      maxHtmlLengthToParse: LONGEST_HTML,
    });
  } catch (error) {
    throw new UnreadableMail('The mail is broken and cannot be read.', { cause: error });
  }
}

function recipientsOf(mail: ParsedMail): string[] {
  const named = [mail.to, mail.cc, mail.headers.get('delivered-to'), mail.headers.get('x-original-to')]
    .flat()
    .flatMap((entry) => (typeof entry === 'string' ? entry : addressesIn(entry as AddressObject | undefined)));
  return [...new Set(named.map((address) => address.trim().toLowerCase()))].filter(Boolean);
}

function addressesIn(entry: AddressObject | undefined): string[] {
  const addresses = entry?.value ?? [];
  return addresses.flatMap(({ address, group }) => (group ?? [{ address }]).map((each) => each.address ?? ''));
}

function asFile({ filename, content, contentType }: Attachment): ReadMail['attachments'][number] {
  return { fileName: filename ?? '', bytes: content, declaredType: contentType };
}

/** A picture the text itself shows, such as the crest in a signature: part of the letter, not a document. */
function isDecoration({ related, contentType }: Attachment): boolean {
  return related === true && contentType.startsWith('image/');
}

function isDeliveryStatus({ contentType }: Attachment): boolean {
  return contentType === 'message/delivery-status' || contentType === 'message/global-delivery-status';
}

/** `delivery-status`, `disposition-notification` …; null for what is no report (RFC 6522). */
function reportType(mail: ParsedMail): string | null {
  const { value, params } = contentTypeOf(mail);
  return value === 'multipart/report' ? (params?.['report-type'] ?? '').toLowerCase() : null;
}

/** Does it promise parts, and have a body, of which nothing comes out? */
function isHollow({ mail, raw }: { mail: ParsedMail; raw: Buffer }): boolean {
  const isMultipart = contentTypeOf(mail).value?.startsWith('multipart/') ?? false;
  return isMultipart && !mail.text && mail.attachments.length === 0 && /\r?\n\r?\n\s*\S/.test(raw.toString('latin1'));
}

function contentTypeOf(mail: ParsedMail): { value?: string; params?: Record<string, string> } {
  return (mail.headers.get('content-type') ?? {}) as { value?: string; params?: Record<string, string> };
}

/** RFC 3834, and the older marks that absence notices still carry. */
function isAutomatic(mail: ParsedMail): boolean {
  const said = (name: string) =>
    [mail.headers.get(name)].flat().map((value) => (typeof value === 'string' ? value.toLowerCase() : ''));
  const submitted = said('auto-submitted').some((value) => value !== '' && !value.startsWith('no'));
  const precedence = said('precedence').some((value) => ['auto_reply', 'auto-reply'].includes(value));
  const older = ['x-autoreply', 'x-autorespond', 'x-autoresponder'].some((name) => mail.headers.has(name));
  return submitted || precedence || older || reportType(mail) !== null;
}
