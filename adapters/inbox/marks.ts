import type { ParsedMail } from 'mailparser';
import type { Marks } from '../../domain/incoming.ts';

/** Characters of a report, of a returned letter's headers and of the text that are looked at. */
const LONGEST_PART = 64_000;

const REPORT = ['message/delivery-status', 'message/global-delivery-status'];
const RECEIPT = ['message/disposition-notification', 'message/global-disposition-notification'];
const RETURNED = ['message/rfc822', 'text/rfc822-headers', 'message/global', 'message/global-headers'];

/** What of a parsed mail its verdict is made from ({@link Marks}). */
export function marksOf(mail: ParsedMail): Marks {
  const part = (types: string[]) => {
    const found = mail.attachments.find(({ contentType }) => types.includes(contentType.toLowerCase()));
    return found ? found.content.subarray(0, LONGEST_PART).toString('utf8') : '';
  };
  return {
    headers: headersOf(mail),
    from: mail.from?.value[0]?.address?.toLowerCase() ?? '',
    subject: mail.subject ?? '',
    text: (mail.text ?? '').slice(0, LONGEST_PART),
    reportType: reportTypeOf(mail),
    deliveryStatus: part(REPORT),
    disposition: part(RECEIPT),
    returned: part(RETURNED).split(/\r?\n\r?\n/)[0] ?? '',
  };
}

export function contentTypeOf(mail: ParsedMail): { value?: string; params?: Record<string, string> } {
  return (mail.headers.get('content-type') ?? {}) as { value?: string; params?: Record<string, string> };
}

/** As they were written: the library's own reading keeps of most headers one value only. */
function headersOf(mail: ParsedMail): Map<string, string[]> {
  const headers = new Map<string, string[]>();
  for (const { key, line } of mail.headerLines) {
    const value = line.slice(line.indexOf(':') + 1).replace(/\s+/g, ' ');
    headers.set(key, [...(headers.get(key) ?? []), value.trim()]);
  }
  return headers;
}

function reportTypeOf(mail: ParsedMail): string | null {
  const { value, params } = contentTypeOf(mail);
  return value === 'multipart/report' ? (params?.['report-type'] ?? '').toLowerCase() : null;
}
