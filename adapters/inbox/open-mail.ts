import { type ParsedMail, simpleParser } from 'mailparser';
import { contentTypeOf } from './marks.ts';

/** The mail cannot be read; its message is a sentence for the tray. */
export class UnreadableMail extends Error {
  override name = 'UnreadableMail';
}

const LARGEST_MAIL = 40_000_000;
const MOST_HEADERS = 2_000;
/** Characters of HTML that are turned into text; a page beyond that is no letter. */
export const LONGEST_HTML = 1_000_000;

/**
 * Parses a mail. Fetches nothing, runs nothing. `size`: the bytes of the whole mail, of which `raw` may be only the
 * beginning. Throws {@link UnreadableMail} when it is empty, not whole or over 40 MB, has more than 2,000 headers, or is
 * broken beyond reading.
 */
export async function openMail({ raw, size }: { raw: Buffer; size: number }): Promise<ParsedMail> {
  refuseAtSight({ raw, size });
  const mail = await parse(raw);
  if (isHollow({ mail, raw }))
    throw new UnreadableMail('The mail is cut off or broken: none of its parts can be read.');
  return mail;
}

function refuseAtSight({ raw, size }: { raw: Buffer; size: number }): void {
  const megabytes = Math.ceil(size / 1e6);
  if (size === 0) throw new UnreadableMail('The mail is empty.');
  if (raw.length < size)
    throw new UnreadableMail(
      `Only the beginning of this mail of ${megabytes} MB is kept; it lies whole in the mailbox.`,
    );
  if (size > LARGEST_MAIL) throw new UnreadableMail(`The mail is ${megabytes} MB; up to 40 MB can be read.`);
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
    const isTooMuch = (error as NodeJS.ErrnoException).code === 'EMAXLEN';
    const sentence = isTooMuch
      ? 'The mail has more parts, or a longer header, than can be read.'
      : 'The mail is broken and cannot be read.';
    throw new UnreadableMail(sentence, { cause: error });
  }
}

/** Does it promise parts, and have a body, of which nothing comes out? */
function isHollow({ mail, raw }: { mail: ParsedMail; raw: Buffer }): boolean {
  const isMultipart = contentTypeOf(mail).value?.startsWith('multipart/') ?? false;
  return isMultipart && !mail.text && mail.attachments.length === 0 && /\r?\n\r?\n\s*\S/.test(raw.toString('latin1'));
}
