import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** A link's two halves: the selector finds the row, the secret proves that the bearer was given the link. */
export type LinkToken = { selector: string; secret: string };

const SELECTOR_BYTES = 18;
const SECRET_BYTES = 32;
/** Behind it may stand what was copied along from a text: a bracket, a full stop, a comma. */
const TOKEN = /^([A-Za-z0-9_-]{24})\.([A-Za-z0-9_-]{43})[^A-Za-z0-9_-]{0,8}$/;

export function newLink(): LinkToken & { secretHash: string } {
  const secret = randomBytes(SECRET_BYTES).toString('base64url');
  return { selector: randomBytes(SELECTOR_BYTES).toString('base64url'), secret, secretHash: secretHash(secret) };
}

export function secretHash(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

/** `selector.secret`, as it stands in the address; null for anything else, whatever its length or letters. */
export function readToken(text: unknown): LinkToken | null {
  const match = typeof text === 'string' && text.length < 80 ? TOKEN.exec(text) : null;
  return match ? { selector: match[1]!, secret: match[2]! } : null;
}

export function writeToken({ selector, secret }: LinkToken): string {
  return `${selector}.${secret}`;
}

/** Compares in the same time whether or not they are equal. */
export function sameText(one: string, other: string): boolean {
  const [a, b] = [one, other].map((text) => createHash('sha256').update(text).digest());
  return timingSafeEqual(a!, b!);
}

/** The proof a form carries that it came from our page: derived from the bearer's secret, so nothing is stored. */
export function formProof(secret: string): string {
  return createHash('sha256').update(`form:${secret}`).digest('base64url');
}
