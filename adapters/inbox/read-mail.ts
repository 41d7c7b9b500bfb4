import type { AddressObject, Attachment, ParsedMail } from 'mailparser';
import { type Verdict, verdictOf } from '../../domain/incoming.ts';
import { cleanLine, cleanText } from '../../domain/letter-text.ts';
import { marksOf } from './marks.ts';
import { LONGEST_HTML, openMail, UnreadableMail } from './open-mail.ts';

/**
 * What the secretariat reads of a mail. Everything in it is somebody's claim. Lines are lines: no control character, no
 * direction override that would show them as something else.
 */
export type ReadMail = {
  messageId: string | null;
  inReplyTo: string | null;
  /** The first and the last hundred of them. */
  references: string[];
  /** The address is empty when a mail server that reports on a letter gives none. */
  from: { address: string; name: string };
  /** To, Cc and what the delivering server noted (Delivered-To and the like), in lower case; the last two hundred. */
  to: string[];
  /** At most 500 characters. */
  subject: string;
  text: string;
  attachments: { fileName: string; bytes: Buffer; declaredType: string }[];
  /** What kind of mail it is, and what it is about. */
  verdict: Verdict;
  /** Written by a machine (RFC 3834): an absence notice, a read receipt. Never true of a bounce. */
  isAutoReply: boolean;
  /** A mail server reports on a letter (RFC 3464); the report and the returned letter are attachments. */
  isBounce: boolean;
};

const MOST_ATTACHMENTS = 100;
const MOST_RECIPIENTS = 200;
const LONGEST_LINE = 500;
/** RFC 5322 §2.1.1; what is longer is no Message-ID. */
const LONGEST_ID = 998;
const REPORTS: Verdict['kind'][] = ['bounce', 'delay', 'delivered'];

/**
 * Opens a mail. Fetches nothing, runs nothing. `size`: the bytes of the whole mail, when `raw` is only its beginning.
 * Throws `UnreadableMail` when it is empty, not whole or over 40 MB, has more than 2,000 headers, more than 100
 * attachments or no sender, or is broken beyond reading.
 */
export async function readMail(raw: Buffer, size = raw.length): Promise<ReadMail> {
  const mail = await openMail({ raw, size });
  const attachments = mail.attachments.filter((part) => !isDecoration(part));
  if (attachments.length > MOST_ATTACHMENTS)
    throw new UnreadableMail(`The mail has ${attachments.length} attachments; up to ${MOST_ATTACHMENTS} can be read.`);
  const verdict = verdictOf(marksOf(mail));
  const isBounce = REPORTS.includes(verdict.kind);
  const sender = mail.from?.value[0];
  if (!sender?.address && !isBounce) throw new UnreadableMail('The mail does not say who sent it.');
  const references = [mail.references ?? []].flat().flatMap((id) => idOf(id) ?? []);
  return {
    messageId: idOf(mail.messageId),
    inReplyTo: idOf(mail.inReplyTo),
    references: [...references.slice(0, 1), ...references.slice(1).slice(-100)],
    from: { address: line(sender?.address), name: line(sender?.name) },
    to: recipientsOf(mail),
    subject: line(mail.subject),
    text: textOf(mail),
    attachments: attachments.map(asFile),
    verdict,
    isAutoReply: ['autoReply', 'readReceipt'].includes(verdict.kind),
    isBounce,
  };
}

/** Where the delivering servers note whom a mail was for, when its To does not say (a bounce, a blind copy). */
const NOTED = ['delivered-to', 'x-original-to', 'envelope-to', 'x-envelope-to'];

function recipientsOf(mail: ParsedMail): string[] {
  const named = [mail.to, mail.cc, ...NOTED.map((name) => mail.headers.get(name))]
    .flat()
    .flatMap((entry) => (typeof entry === 'string' ? entry : addressesIn(entry as AddressObject | undefined)));
  const clean = named.map((address) => cleanLine(address).replace(/[<>]/g, '').toLowerCase());
  return [...new Set(clean)].filter(Boolean).slice(-MOST_RECIPIENTS);
}

function addressesIn(entry: AddressObject | undefined): string[] {
  const addresses = entry?.value ?? [];
  return addresses.flatMap(({ address, group }) => (group ?? [{ address }]).map((each) => each.address ?? ''));
}

function asFile({ filename, content, contentType }: Attachment): ReadMail['attachments'][number] {
  return { fileName: cleanLine(filename ?? ''), bytes: content, declaredType: contentType };
}

function textOf({ text, html }: ParsedMail): string {
  if (!text && html && html.length > LONGEST_HTML)
    return 'The text of this mail is longer than can be shown. Open the mail itself.';
  return cleanText(text ?? '');
}

function line(text = ''): string {
  const clean = cleanLine(text);
  return clean.length > LONGEST_LINE ? `${clean.slice(0, LONGEST_LINE - 1)}…`.toWellFormed() : clean;
}

function idOf(text: string | undefined): string | null {
  const id = cleanLine(text ?? '');
  return id && id.length <= LONGEST_ID ? id : null;
}

/** A picture the text itself shows, such as the crest in a signature: part of the letter, not a document. */
function isDecoration({ related, contentType }: Attachment): boolean {
  return related === true && contentType.startsWith('image/');
}
