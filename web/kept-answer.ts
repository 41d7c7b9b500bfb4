import { createHmac } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { sameText } from '../adapters/links.ts';
import type { Seen, Typed } from './pages/approval/review-props.ts';
import { MINUTE, readCookie, setCookie } from './security.ts';

/** What a person answered and has not confirmed yet, and what they had before them when they did. */
export type KeptAnswer = Typed & { seen: Seen };

type Bound = { selector: string; secret: string };

/** As long as the link's own cookie: a page left open for lunch still knows what was written. */
const SECONDS = 60 * MINUTE;
/** Browsers drop a cookie of more than 4,096 bytes, name and attributes included. */
const LONGEST = 3_800;

/**
 * Keeps an answer in the browser of who gave it, so that the page to check it can be gone back to. Nothing is recorded.
 * False: it is too long for a cookie.
 */
export function keepAnswer(reply: FastifyReply, { answer, ...bound }: Bound & { answer: KeptAnswer }): boolean {
  const text = deflateRawSync(JSON.stringify(answer)).toString('base64url');
  const value = `${text}.${signature(text, bound)}`;
  if (value.length > LONGEST) return false;
  setCookie(reply, { name: cookieOf(bound), value, seconds: SECONDS });
  return true;
}

/** The answer kept for this link, when its own bearer gave it. */
export function keptAnswer(request: FastifyRequest, bound: Bound): KeptAnswer | null {
  const [text = '', signed = ''] = (readCookie(request, cookieOf(bound)) ?? '').split('.');
  if (!sameText(signed, signature(text, bound))) return null;
  return JSON.parse(inflateRawSync(Buffer.from(text, 'base64url')).toString()) as KeptAnswer;
}

export function forgetAnswer(reply: FastifyReply, bound: Bound): void {
  setCookie(reply, { name: cookieOf(bound), value: '', seconds: 0 });
}

function cookieOf({ selector }: Bound): string {
  return `answer-${selector}`;
}

/** With the secret of the link, so that another page of this host cannot put words into somebody's mouth. */
function signature(text: string, { secret, selector }: Bound): string {
  return createHmac('sha256', secret).update(`answer ${selector} ${text}`).digest('base64url');
}
