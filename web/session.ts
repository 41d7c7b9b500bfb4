import { randomBytes } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { formProof, secretHash } from '../adapters/links.ts';
import type { Records, Transaction } from '../adapters/records.ts';
import type { Role } from '../domain/permissions.ts';
import type { Language } from '../domain/treaty.ts';
import { MINUTE, readCookie, setCookie } from './security.ts';

/** Who is signed in, as the rows say at this moment: a role that was taken away is gone with the next request. */
export type Viewer = {
  personId: string;
  name: string;
  email: string;
  role: Role;
  language: Language;
  timeZone: string;
  sessionEndsAt: Date;
  /** What the forms of this viewer's pages carry. */
  proof: string;
};

const SESSION = 'session';
const RETURN = 'return';
const HOURS = 12;

/** Null when nobody is signed in, the session has ended, or the person has left. */
export async function viewerOf(request: FastifyRequest): Promise<Viewer | null> {
  const token = sessionToken(request);
  if (!token) return null;
  const { records } = request.server.deps;
  const session = await records.session.findUnique({
    where: { tokenHash: secretHash(token) },
    include: { person: true },
  });
  if (!session || session.revokedAt || session.expiresAt <= systemNow() || session.person.leftAt) return null;
  const { id, name, email, role, language, timeZone } = session.person;
  const person = { personId: id, name, email, role: role as Role, language: language as Language, timeZone };
  return { ...person, sessionEndsAt: session.expiresAt, proof: formProof(token) };
}

export function sessionToken(request: FastifyRequest): string | null {
  return readCookie(request, SESSION);
}

/** Begins a session of twelve hours and gives its token to the browser. */
export async function beginSession({
  tx,
  personId,
  reply,
}: {
  tx: Transaction;
  personId: string;
  reply: FastifyReply;
}): Promise<void> {
  const token = randomBytes(32).toString('base64url');
  const createdAt = systemNow();
  const expiresAt = new Date(createdAt.getTime() + HOURS * 3_600_000);
  await tx.session.create({ data: { tokenHash: secretHash(token), personId, createdAt, expiresAt } });
  setCookie(reply, { name: SESSION, value: token, seconds: HOURS * 60 * MINUTE });
}

export async function endSession({
  records,
  request,
  reply,
}: {
  records: Records;
  request: FastifyRequest;
  reply: FastifyReply;
}): Promise<void> {
  const token = sessionToken(request);
  if (token)
    await records.session.updateMany({ where: { tokenHash: secretHash(token) }, data: { revokedAt: systemNow() } });
  setCookie(reply, { name: SESSION, value: '', seconds: 0 });
}

/** Remembers the page that was asked for, until its reader has signed in. */
export function rememberPage(request: FastifyRequest, reply: FastifyReply): void {
  setCookie(reply, { name: RETURN, value: encodeURIComponent(request.url), seconds: 60 * MINUTE });
}

/** The page to go on with after sign-in: one of ours, whatever the cookie says. */
export function rememberedPage(request: FastifyRequest): string {
  try {
    const page = decodeURIComponent(readCookie(request, RETURN) ?? '');
    return /^\/(?![/\\])[^\s\\]*$/.test(page) ? page : '/';
  } catch {
    return '/';
  }
}

/** Sessions and sign-in links run on the real clock: in a simulation a day passes in a second, and nobody leaves. */
export function systemNow(): Date {
  return new Date();
}
