import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import type { ImapFlowError, ImapFlowOptions } from 'imapflow';

/**
 * `url`: `imaps://user:password@host/Folder`; with a `tokenFile` the token in it signs in instead of a password.
 * `patienceMs`: how long a connection may take.
 */
export type ImapServer = { url: string; tokenFile: string | null; patienceMs?: number };

/** No answer of a mail server may hold more than a mail and what surrounds it. */
const LARGEST_ANSWER = 80_000_000;

/** The folder that is read; without one in the URL, INBOX. */
export function folderOf({ url }: ImapServer): string {
  return decodeURIComponent(new URL(url).pathname.slice(1)) || 'INBOX';
}

/** Tells two mailboxes apart that have one name and one UIDVALIDITY, without saying whose they are. */
export function accountOf({ url }: ImapServer): string {
  const { username, hostname } = new URL(url);
  return createHash('sha256').update(`${username}@${hostname}`).digest('hex').slice(0, 8);
}

/**
 * TLS 1.2 or later, from the start (`imaps:`) or by STARTTLS before anything is said (`imap:`), but for loopback: no wire
 * to guard there, and no certificate that could match. A token is read anew for each connection, because it lives for an
 * hour (XOAUTH2, RFC 7628). Nothing is logged. Throws when the token cannot be read.
 */
export async function imapOptions({ url, tokenFile, patienceMs = 30_000 }: ImapServer): Promise<ImapFlowOptions> {
  const { protocol, hostname, port, username, password } = new URL(url);
  const host = hostname.replace(/^\[|\]$/g, '');
  const isLoopback = ['localhost', '127.0.0.1', '::1'].includes(host);
  const secure = protocol === 'imaps:';
  const user = decodeURIComponent(username);
  return {
    host,
    port: Number(port) || (secure ? 993 : 143),
    secure,
    doSTARTTLS: !secure && !isLoopback ? true : undefined,
    servername: isIP(host) ? undefined : host,
    tls: { minVersion: 'TLSv1.2', rejectUnauthorized: !isLoopback },
    auth: tokenFile
      ? { user, accessToken: (await readFile(tokenFile, 'utf8')).trim() }
      : { user, pass: decodeURIComponent(password) },
    clientInfo: { name: 'Focalpoint' },
    logger: false,
    connectionTimeout: patienceMs,
    greetingTimeout: patienceMs,
    autoIdleDelay: 500,
    disableCompression: true,
    maxLineLength: LARGEST_ANSWER,
    maxLiteralSize: LARGEST_ANSWER,
    maxResponseSize: LARGEST_ANSWER,
  };
}

/** Why it cannot be read, without the addresses and words a server's own answer may hold. */
export function reasonOf(error: ImapFlowError): string {
  if (error.authenticationFailed) return 'it refuses the sign-in';
  if (error.mailboxMissing) return 'it has no folder of that name';
  if (error.tlsFailed) return 'it offers no safe connection';
  if (error.code === 'ENOENT') return 'the file of its token is not there';
  return error.serverResponseCode ?? error.code ?? error.name;
}
