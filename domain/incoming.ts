import { type DeliveryReport, fieldsOf, readBounceText, readDeliveryStatus } from './delivery-report.ts';

/**
 * What a mail is, as far as a machine can tell. Nothing in it is proven: who sends a mail writes all of it. So a report
 * about a letter counts only when it names our Message-ID or came to the address that letter left from (VERP).
 *
 * - `answer`: a person wrote it, as far as anybody can tell. When in doubt, it is this.
 * - `bounce`, `delay`, `delivered`: a mail server reports on a letter (RFC 3464 §2.3.3).
 * - `readReceipt`: a mail program says that a letter was opened, or deleted (RFC 8098).
 * - `challenge`: a letter is held back until somebody confirms that a person sent it.
 * - `autoReply`: an absence notice or another machine's answer (RFC 3834).
 */
export type Verdict = Omit<DeliveryReport, 'kind'> & {
  kind: 'answer' | 'challenge' | 'autoReply' | 'readReceipt' | DeliveryReport['kind'];
  /** The mail this one is about, with its angle brackets. */
  originalMessageId?: string;
  /** Of an answer: something in it is usual in absence notices; a person decides. */
  looksAutomatic?: true;
};

/** A mail as far as the verdict needs it. */
export type Marks = {
  /** Name in small letters → every value, on one line each. */
  headers: ReadonlyMap<string, readonly string[]>;
  from: string;
  subject: string;
  text: string;
  /** The `report-type` of a `multipart/report` (RFC 6522), '' when it names none; null for any other mail. */
  reportType: string | null;
  /** What the parts of these types say, '' without one: `message/delivery-status`, `…/disposition-notification`. */
  deliveryStatus: string;
  disposition: string;
  /** The letter that came back, or its headers. */
  returned: string;
};

/** By what the sender's program declares, never by its language alone. See {@link Verdict}. */
export function verdictOf(marks: Marks): Verdict {
  const original = originalMessageId(marks);
  const about = original ? { originalMessageId: original } : {};
  if (isReadReceipt(marks)) return { kind: 'readReceipt', ...about };
  const report = deliveryReport(marks);
  if (report) return { ...report, ...about };
  const hints = HINTS.filter((isSeen) => isSeen(marks)).length;
  const isDeclared = DECLARATIONS.some((isSeen) => isSeen(marks));
  if (isChallenge({ marks, isAutomatic: isDeclared || hints > 0 })) return { kind: 'challenge', ...about };
  // One hint alone may be a mailing list, a registry that forwards, or a person who writes of an absence.
  if (isDeclared || hints > 1) return { kind: 'autoReply', ...about };
  return { kind: 'answer', ...about, ...(hints > 0 ? { looksAutomatic: true } : {}) };
}

function isReadReceipt({ reportType, disposition }: Marks): boolean {
  return reportType === 'disposition-notification' || (reportType !== null && disposition !== '');
}

/** Null for what is no mail server's report. A part of that kind in a person's mail is one that was passed on. */
function deliveryReport(marks: Marks): DeliveryReport | null {
  const { reportType, deliveryStatus } = marks;
  const isReport = reportType === 'delivery-status' || (reportType !== null && deliveryStatus !== '');
  const isServer = isReport || isOfServer(marks);
  if (!isServer && !isWithoutReturnPath(marks)) return null;
  const report = readDeliveryStatus(deliveryStatus) ?? readBounceText({ ...marks, isServer });
  if (report) return { ...report, recipient: report.recipient ?? said(marks, 'x-failed-recipients')[0] };
  // It says that it is about a delivery but not what became of it: seen as a failure, never passed over.
  return isReport || isMailer(marks.from) ? { kind: 'bounce', permanent: false } : null;
}

function isOfServer({ from, headers }: Marks): boolean {
  return isMailer(from) || from.startsWith('postmaster@') || SERVERS.some((name) => headers.has(name));
}

const SERVERS = ['x-failed-recipients', 'x-ms-exchange-message-is-ndr'];

function isMailer(from: string): boolean {
  return /^(mailer-daemon|mail-daemon|microsoftexchange[0-9a-f]{32})(@|$)/.test(from);
}

/** Notices have none (RFC 5321 §4.5.5), absence notices and some forwarded mail as well. */
function isWithoutReturnPath(marks: Marks): boolean {
  return said(marks, 'return-path').some((value) => /^<\s*>$/.test(value));
}

/**
 * The returned letter names itself; a read receipt has a field for it (RFC 8098 §3.2.5); bounces in plain text quote its
 * headers; everything else answers it (RFC 3834 §3.1.5).
 */
function originalMessageId(marks: Marks): string | undefined {
  const { headers, returned, disposition, text, reportType } = marks;
  const isQuoted = reportType !== null || isOfServer(marks) || isWithoutReturnPath(marks);
  const places = [
    fieldsOf(returned).get('message-id'),
    fieldsOf(disposition).get('original-message-id'),
    isQuoted ? /^[ \t]*Message-Id:[ \t]*(<\S+>)/im.exec(text)?.[1] : undefined,
    ...(headers.get('in-reply-to') ?? []),
    // The last of the references is the mail that was answered (RFC 5322 §3.6.4).
    ...(headers.get('references') ?? []).map((ids) => ids.trim().split(/\s+/).at(-1)),
  ];
  return places.flatMap((place) => /<[^<>\s]+>/.exec(place ?? '')?.[0] ?? [])[0];
}

type Sign = (marks: Marks) => boolean;

/** Each alone says that a machine wrote it. */
const DECLARATIONS: Sign[] = [
  // RFC 3834 §5.
  (marks) => said(marks, 'auto-submitted').some((value) => value !== '' && !/^no\b/.test(value)),
  (marks) => said(marks, 'precedence').some((value) => /^auto[_-]reply/.test(value)),
  ({ headers }) =>
    ['x-autoreply', 'x-autorespond', 'x-autoresponder', 'x-mail-autoreply'].some((name) => headers.has(name)),
  ({ reportType }) => reportType !== null,
];

/** Each is usual in automatic mail and seen in people's as well; two of them are enough. */
const HINTS: Sign[] = [
  (marks) => said(marks, 'x-auto-response-suppress').some((value) => /\b(all|oof|autoreply)\b/.test(value)),
  (marks) => said(marks, 'precedence').some((value) => /^(bulk|junk)/.test(value)),
  isWithoutReturnPath,
  ({ from }) => /^(no-?reply|do-?not-?reply|ne-?pas-?repondre|no-?responder)\b/.test(from),
  ({ subject }) => ABSENCE.test(plain(subject)),
];

const ABSENCE =
  /^\W*(auto(matic)?[ -]?(reply|response)|out of (the )?office|away from|on leave|on vacation|absence|absent|absente|reponse automatique|message d.absence|en conge|respuesta automatica|fuera de (la )?oficina|ausencia|ausente|de vacaciones)\b/;
const CONFIRM =
  /verify#|requires? verification|confirm (that )?(you|your) (message|e-?mail|mail|are|address)|confirm(ez|er) (votre|l.envoi)|confirm(e|ar) (su|el) (mensaje|correo|envio)/;
const CHALLENGERS = ['x-boxtrapper', 'x-askversion', 'x-tmda-fingerprint'];

function isChallenge({ marks, isAutomatic }: { marks: Marks; isAutomatic: boolean }): boolean {
  const isNamed = CHALLENGERS.some((name) => marks.headers.has(name));
  return isNamed || (isAutomatic && CONFIRM.test(plain(marks.subject)));
}

function said({ headers }: Marks, name: string): string[] {
  return (headers.get(name) ?? []).map((value) => value.trim().toLowerCase());
}

/** Small letters without accents. */
function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}
