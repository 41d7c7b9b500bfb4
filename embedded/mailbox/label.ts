import { simpleParser } from 'mailparser';

/** What a list shows of a message, without its text. The envelope says who got it, the headers what they claim. */
export type Label = {
  receivedAt: Date;
  envelopeFrom: string;
  envelopeTo: string[];
  from: { name: string; address: string };
  subject: string;
  date: Date | null;
  messageId: string | null;
  inReplyTo: string | null;
  /** Bytes as they came. */
  size: number;
  attachmentCount: number;
};

export type Envelope = { from: string; to: string[] };

const LARGEST_HEAD = 1_000_000;

/** Reads the headers only. A message whose headers make no sense still gets a label: nothing accepted is lost. */
export async function labelOf(given: { raw: Buffer; envelope: Envelope; receivedAt: Date }): Promise<Label> {
  const { raw, envelope, receivedAt } = given;
  const mail = await simpleParser(headOf(raw), { skipTextToHtml: true, checksumAlgo: false }).catch(() => null);
  const sender = mail?.from?.value[0];
  return {
    receivedAt,
    envelopeFrom: envelope.from,
    envelopeTo: envelope.to,
    from: { name: sender?.name ?? '', address: sender?.address ?? envelope.from },
    subject: mail?.subject ?? '',
    date: mail?.date ?? null,
    messageId: mail?.messageId ?? null,
    inReplyTo: mail?.inReplyTo ?? null,
    size: raw.length,
    attachmentCount: raw.toString('latin1').match(/^content-disposition:\s*attachment/gim)?.length ?? 0,
  };
}

function headOf(raw: Buffer): Buffer {
  const ends = ['\r\n\r\n', '\n\n'].map((end) => raw.indexOf(end)).filter((at) => at >= 0);
  return raw.subarray(0, Math.min(...ends, raw.length, LARGEST_HEAD));
}

/** One line of ASCII that every mail program takes for a header. */
export function writeLabel(label: Label): string {
  const json = JSON.stringify(label).replace(
    /[^\x20-\x7e]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return `X-Mailbox: ${json}\r\n`;
}

/** Throws a SyntaxError for a line that `writeLabel` did not write. */
export function readLabel(line: string): Label {
  const label = JSON.parse(line.replace(/^X-Mailbox: /, ''));
  return { ...label, receivedAt: new Date(label.receivedAt), date: label.date && new Date(label.date) };
}
