import { randomBytes } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { MINUTE, readCookie, setCookie } from './security.ts';

/** `a`: a decision asked for, `u`: a report to be uploaded. Also the first letter of their addresses. */
export type LinkKind = 'a' | 'u';

const HOUR = 60 * MINUTE;

/** The secret of the link in the address, from its own cookie: two links in two tabs do not disturb each other. */
export function linkSecret(request: FastifyRequest): string | null {
  const { selector } = request.params as { selector?: string };
  return selector ? readCookie(request, linkCookie(request.url.charAt(1) as LinkKind, selector)) : null;
}

/** Moves the secret out of the address into a cookie of one hour. */
export function keepLinkSecret(
  reply: FastifyReply,
  { kind, selector, secret }: { kind: LinkKind; selector: string; secret: string },
): void {
  setCookie(reply, { name: linkCookie(kind, selector), value: secret, seconds: HOUR });
}

function linkCookie(kind: LinkKind, selector: string): string {
  return `${kind}-${selector}`;
}

/** Somebody not known yet holds a secret too, so that their forms can be told from forged ones. */
export function visitorSecret(request: FastifyRequest, reply: FastifyReply): string | null {
  const held = readCookie(request, 'visitor');
  if (held || request.method === 'POST') return held;
  const secret = randomBytes(32).toString('base64url');
  setCookie(reply, { name: 'visitor', value: secret, seconds: 12 * HOUR });
  return secret;
}
