import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { formProof, sameText } from '../adapters/links.ts';
import { cleanText } from '../domain/letter-text.ts';
import { Refused } from '../domain/refusals.ts';

const STRICT = {
  'default-src': ["'none'"],
  'style-src': ["'self'"],
  'img-src': ["'self'"],
  'font-src': ["'self'"],
  'form-action': ["'self'"],
  'frame-ancestors': ["'none'"],
  'base-uri': ["'none'"],
};

/** Pages behind a link and pages of everybody: no script at all. */
export const STRICT_POLICY = STRICT;
/** Console pages may run our own scripts, and those may ask us. */
const CONSOLE = { ...STRICT, 'script-src': ["'self'"], 'connect-src': ["'self'"] };
export const CONSOLE_POLICY = policyText(CONSOLE);
/** Where letters are written, their preview stands in a frame. */
export const EDITOR_POLICY = policyText({ ...CONSOLE, 'frame-src': ["'self'"] });
/** A letter shown in that frame: with the inline styles mails need, and without anything else, not even our origin. */
export const PREVIEW_POLICY = `${policyText({
  'default-src': ["'none'"],
  'style-src': ["'unsafe-inline'"],
  'form-action': ["'none'"],
  'frame-ancestors': ["'self'"],
  'base-uri': ["'none'"],
})};sandbox`;

function policyText(directives: Record<string, string[]>): string {
  return Object.entries(directives)
    .map(([name, values]) => `${name} ${values.join(' ')}`)
    .join(';');
}

export const MINUTE = 60;

/** Cookies bind to this host alone; only a plain http address (a developer's own machine) cannot have the prefix. */
function cookieName(app: FastifyInstance, name: string): string {
  return isHttps(app) ? `__Host-${name}` : name;
}

export function readCookie(request: FastifyRequest, name: string): string | null {
  return request.cookies[cookieName(request.server, name)] ?? null;
}

export function setCookie(reply: FastifyReply, cookie: { name: string; value: string; seconds: number }): void {
  const { name, value, seconds } = cookie;
  const bound = { path: '/', httpOnly: true, sameSite: 'lax', secure: isHttps(reply.server), maxAge: seconds } as const;
  void reply.setCookie(cookieName(reply.server, name), value, bound);
}

function isHttps(app: FastifyInstance): boolean {
  return app.deps.baseUrl.startsWith('https:');
}

/** A POST from any page but ours is refused. A missing Origin is not ours: every browser sends it with a POST. */
export function assertOwnOrigin(request: FastifyRequest): void {
  if (request.headers.origin !== new URL(request.server.deps.baseUrl).origin) throw new Refused('staleForm');
}

/** The form must carry the proof derived from the secret its reader holds in a cookie. */
export function assertProof(request: FastifyRequest, secret: string | null): void {
  const given = formOf(request)['proof'] ?? textOf((request.query as Record<string, unknown>)['proof']) ?? '';
  if (!secret || !sameText(given, formProof(secret))) throw new Refused('staleForm');
}

/**
 * The fields of a form that were given exactly once, cleaned of what no person types: NUL and other controls, halves of
 * characters, marks that turn the direction of reading.
 */
export function formOf(request: FastifyRequest): Record<string, string> {
  const body = request.body;
  if (typeof body !== 'object' || body === null || request.isMultipart()) return {};
  return Object.fromEntries(
    Object.entries(body).flatMap(([name, value]) => {
      const text = textOf(value);
      return text === null ? [] : [[name, cleanText(text)]];
    }),
  );
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
