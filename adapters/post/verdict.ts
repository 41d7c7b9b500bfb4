import type { SMTPError } from 'nodemailer/lib/smtp-connection';

/**
 * How one attempt ended. `response` is the server's answer, or our sentence where it gave none; it may hold an address.
 * - `deferred`: a 4xx, or a failure before the final dot. Nothing was delivered, even when the marker is committed.
 * - `unknown`: after the final dot anything but an explicit answer (RFC 1047). A person settles it.
 * - `unavailable`: the server wants none of our letters (sign-in, TLS, greeting). No letter is at fault.
 */
export type Delivery =
  | { kind: 'accepted'; response: string }
  | { kind: 'refused'; response: string }
  | { kind: 'deferred'; response: string }
  | { kind: 'fenced' }
  | { kind: 'unknown'; reason: string }
  | { kind: 'unavailable'; reason: string };

/** Where the transaction stands; what a failure means depends on it. */
export type Progress = { stage: 'envelope' | 'body' | 'dot'; isAnswered: boolean; isFenced: boolean };

export function verdict({ error, progress }: { error: SMTPError; progress: Progress }): Delivery {
  const sentence = error.response ?? error.message;
  const code = error.responseCode ?? 0;
  if (progress.isFenced) return { kind: 'fenced' };
  if (progress.stage === 'envelope' && isOfTheServer(error)) return { kind: 'unavailable', reason: sentence };
  if (code >= 500 || isTooLarge({ error, progress })) return { kind: 'refused', response: sentence };
  if (code >= 400 || progress.stage !== 'dot') return { kind: 'deferred', response: sentence };
  return { kind: 'unknown', reason: sentence };
}

/** Would every other letter fail here as well? Sign-in, TLS (an error no system call made), or a 5xx greeting. */
function isOfTheServer(error: SMTPError): boolean {
  const signInWanted = [530, 534, 535, 538].includes(error.responseCode ?? 0);
  const isTls = error.code === 'ETLS' || (error.code === 'ESOCKET' && !error.syscall);
  const isGreeting = !['MAIL FROM', 'RCPT TO', 'DATA'].includes(error.command ?? '');
  return signInWanted || isTls || error.code === 'EAUTH' || (isGreeting && (error.responseCode ?? 0) >= 500);
}

/** nodemailer itself holds a letter back that is larger than the server's SIZE. */
function isTooLarge({ error, progress }: { error: SMTPError; progress: Progress }): boolean {
  return progress.stage === 'envelope' && error.code === 'EMESSAGE';
}
