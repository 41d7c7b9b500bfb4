import type { FastifyReply, FastifyRequest } from 'fastify';
import { LANGUAGES, type Language } from '../domain/treaty.ts';
import { MINUTE, readCookie, setCookie } from './security.ts';

const COOKIE = 'language';

/** The language of a page: what its reader chose, else what we know of them, else what their browser asks for. */
export function languageOf(request: FastifyRequest, known?: string | null): Language {
  const chosen = (request.query as Record<string, unknown>)['lang'];
  return (
    asLanguage(chosen) ?? asLanguage(readCookie(request, COOKIE)) ?? asLanguage(known) ?? preferred(request) ?? 'en'
  );
}

/** Keeps the language chosen by `?lang=` for the pages that follow. */
export function keepLanguage(request: FastifyRequest, reply: FastifyReply): void {
  const chosen = asLanguage((request.query as Record<string, unknown>)['lang']);
  if (chosen) setCookie(reply, { name: COOKIE, value: chosen, seconds: 24 * 60 * MINUTE });
}

function asLanguage(value: unknown): Language | null {
  return LANGUAGES.find((language) => language === value) ?? null;
}

function preferred(request: FastifyRequest): Language | null {
  const asked = (request.headers['accept-language'] ?? '').slice(0, 200).split(',');
  return asked.map((each) => asLanguage(each.trim().slice(0, 2).toLowerCase())).find((each) => each !== null) ?? null;
}
