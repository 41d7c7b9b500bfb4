/** What a mail server says became of a letter; `permanent`: it would say the same again tomorrow. */
export type DeliveryReport = {
  kind: 'bounce' | 'delay' | 'delivered';
  permanent?: boolean;
  /** `5.1.1` (RFC 3463). */
  status?: string;
  /** Whom the letter was for, as the server says it: a claim. */
  recipient?: string;
};

type Fields = ReadonlyMap<string, string>;

const ACTIONS: [RegExp, DeliveryReport['kind']][] = [
  [/^failed/, 'bounce'],
  [/^delayed/, 'delay'],
  [/^(delivered|relayed|expanded)/, 'delivered'],
];
const GRAVEST_FIRST = ['bounce', 'delay', 'delivered'];

/**
 * A `message/delivery-status` part (RFC 3464): of several recipients the one who fared worst counts (an alias may stand
 * for many). Null when no recipient has an Action (§2.3.3) nor a Status (§2.3.4).
 */
export function readDeliveryStatus(part: string): DeliveryReport | null {
  const reports = part.split(/\r?\n[ \t]*\r?\n/).flatMap((group) => recipientReport(fieldsOf(group)) ?? []);
  return reports.sort((a, b) => GRAVEST_FIRST.indexOf(a.kind) - GRAVEST_FIRST.indexOf(b.kind))[0] ?? null;
}

function recipientReport(fields: Fields): DeliveryReport | null {
  const action = (fields.get('action') ?? '').toLowerCase();
  const status = statusOf(fields);
  const kind = ACTIONS.find(([pattern]) => pattern.test(action))?.[1] ?? kindByClass(status);
  if (!kind) return null;
  // Original-Recipient is whom we wrote to, Final-Recipient where that led (§2.3.1, §2.3.2).
  const recipient = addressIn(fields.get('original-recipient')) ?? addressIn(fields.get('final-recipient'));
  return reportOf({ kind, status, recipient });
}

/** A server that says only 5.0.0 often has the true reason in Diagnostic-Code (§2.3.6). */
function statusOf(fields: Fields): string | undefined {
  const said = statusIn(fields.get('status') ?? '');
  return said && !said.endsWith('.0.0') ? said : (statusIn(fields.get('diagnostic-code') ?? '') ?? said);
}

function kindByClass(status: string | undefined): DeliveryReport['kind'] | undefined {
  if (!status) return undefined;
  return status.startsWith('2') ? 'delivered' : 'bounce';
}

type Read = { kind: DeliveryReport['kind']; status?: string; recipient?: string; saysPermanent?: boolean };

/** Without a status or the server's word a failure is not called permanent: that would block the address. */
function reportOf({ kind, status, recipient, saysPermanent = false }: Read): DeliveryReport {
  // RFC 3463 §3.3: a full mailbox passes, whatever class a server gives it.
  const permanent = status ? status.startsWith('5') && status !== '5.2.2' : saysPermanent;
  return {
    kind,
    ...(kind === 'bounce' ? { permanent } : {}),
    ...(status ? { status } : {}),
    ...(recipient ? { recipient } : {}),
  };
}

const FAILURE =
  /^Hi\. This is the|couldn.t be delivered|could not be delivered|delivery (has |to .{1,200} )?failed|undeliver(able|ed)|did not reach the following|returned to sender|permanent (fatal )?errors?|n.a pas pu être (remis|distribué|délivré)|échec de (la )?remise|non remis|no se (ha podido|pudo) entregar/im;
const DELAY =
  /^delayed\b|(mail|message|delivery) (is |was |has been )?delayed|delayed mail|not (yet )?been delivered|warning message only|still being retried|retardée?|se ha retrasado|demorado/im;

/**
 * The same from a mail server's plain words, for those that write no report: qmail (`Hi. This is the qmail-send program`,
 * QSBMF), Exim, older Exchange. Null when they say neither that a letter failed nor that it is late. Never for a
 * person's mail: people quote bounces. `isServer`: it is sure to be a server's, so that a number alone says enough; in an
 * absence notice it may be a telephone's.
 */
export function readBounceText({
  subject,
  text,
  isServer,
}: {
  subject: string;
  text: string;
  isServer: boolean;
}): DeliveryReport | null {
  const words = `${subject}\n${text}`;
  const report = readDeliveryStatus(text);
  if (report) return report;
  if (!isServer && !FAILURE.test(words)) return null;
  const status = statusIn(text);
  const recipient = addressIn(text);
  if (!status?.startsWith('5') && DELAY.test(words)) return reportOf({ kind: 'delay', status, recipient });
  if (!status && !FAILURE.test(words)) return null;
  const saysPermanent = /permanent (fatal )?error/i.test(text);
  return reportOf({ kind: 'bounce', status, recipient, saysPermanent });
}

// After a reply code or `#` first: what merely looks like a status may be the version of a program or an address.
const STATUSES = [/(?:[245]\d\d[ -]|#)([245]\.\d{1,3}\.\d{1,3})/, /(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?!\.?\d)/];
/** A bare SMTP reply, `550 unknown user`: its class, and nothing more. */
const REPLY = /(?<![\d.])([45])(?:21|5[0-7])[ -](?=[A-Z<"'])(?![KMG]B\b)/i;

function statusIn(text: string): string | undefined {
  for (const pattern of STATUSES) {
    const found = pattern.exec(text)?.[1];
    if (found) return found;
  }
  const reply = REPLY.exec(text)?.[1];
  return reply ? `${reply}.0.0` : undefined;
}

/** The first address, but for a postmaster who offers to assist. */
function addressIn(text = ''): string | undefined {
  return /(?!postmaster@)(?<![^\s<>"'();:,[\]])[^\s<>"'();:,[\]]+@[^\s<>"'();:,[\]]+[a-z0-9]/i
    .exec(text)?.[0]
    .toLowerCase();
}

/** Header fields as of RFC 5322, unfolded, by name in small letters; of two with one name the first. */
export function fieldsOf(text: string): Fields {
  const fields = new Map<string, string>();
  for (const line of text.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/)) {
    const found = /^([\w-]+)[ \t]*:[ \t]*(.*)$/.exec(line);
    const name = found?.[1]?.toLowerCase();
    if (name && !fields.has(name)) fields.set(name, found?.[2]?.trim() ?? '');
  }
  return fields;
}
