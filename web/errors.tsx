import type { Socket } from 'node:net';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Refused } from '../domain/refusals.ts';
import { languageOf } from './language.ts';
import { TooMany } from './limits.ts';
import { NotFound, RefusedPage, TooLongPage, TooManyPage, Trouble } from './pages/refused.tsx';
import { page } from './route.ts';
import { formOf } from './security.ts';

/** Fields a person writes into; what stands in them is given back when the form itself is refused. */
const WRITTEN = ['comment', 'note', 'reason'];

/** Every request that does not end in its page ends in one of these. */
export function answerErrors(app: FastifyInstance): void {
  app.setNotFoundHandler((request, reply) => page(reply, <NotFound language={languageOf(request)} />, 404));
  app.setErrorHandler<FastifyError>((error, request, reply) => {
    const language = languageOf(request);
    if (error instanceof Refused) {
      const refusal = { code: error.code, contact: app.deps.mailFrom };
      return page(reply, <RefusedPage {...{ ...refusal, language, typed: typedIn(request) }} />, error.status);
    }
    if (error instanceof TooMany) return page(reply, <TooManyPage language={language} />, 429);
    const status = error.statusCode ?? 500;
    if (status === 413) return page(reply, <TooLongPage language={language} />, status);
    if (status < 500) return page(reply, <NotFound language={language} />, status);
    logFault(app, { error, request });
    return page(reply, <Trouble language={language} reference={request.id} />, 500);
  });
}

function typedIn(request: FastifyRequest): string[] {
  const form = formOf(request);
  return WRITTEN.map((name) => form[name] ?? '').filter((text) => text.trim() !== '');
}

/** The message of an error may hold what somebody typed, an address, a name: where it happened is enough. */
function logFault(app: FastifyInstance, { error, request }: { error: FastifyError; request: FastifyRequest }): void {
  const { name, code, stack = '' } = error;
  const at = stack.split('\n').filter((line) => /^\s+at /.test(line));
  app.log.error({ reference: request.id, route: request.routeOptions.url ?? 'none', name, code, at }, 'failed');
}

/** An address that cannot be decoded is met before any hook: no cookie has been read, so the page is in English. */
export function answerBrokenAddress(_error: FastifyError, _request: FastifyRequest, reply: FastifyReply): void {
  void page(reply.header('cache-control', 'no-store'), <NotFound language="en" />, 404);
}

/** Something that is not HTTP, or headers beyond all measure: one line, and the connection ends. */
export function answerBrokenRequest(error: Error & { code?: string }, socket: Socket): void {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  const status = error.code === 'HPE_HEADER_OVERFLOW' ? '431 Request Header Fields Too Large' : '400 Bad Request';
  socket.end(
    `HTTP/1.1 ${status}\r\nContent-Type: text/plain\r\nConnection: close\r\n\r\nThis address cannot be read.\r\n`,
  );
}
