import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isValidElement, type VNode } from 'preact';
import { formProof } from '../adapters/links.ts';
import { type Action, can } from '../domain/permissions.ts';
import { Refused } from '../domain/refusals.ts';
import type { WebDeps } from './deps.ts';
import { keepLanguage } from './language.ts';
import { paths } from './paths.ts';
import { linkSecret, visitorSecret } from './secrets.ts';
import { assertProof, CONSOLE_POLICY, formOf } from './security.ts';
import { rememberPage, sessionToken, type Viewer, viewerOf } from './session.ts';
import { renderPage } from './site.tsx';

/** Whose door it is: a console permission, the bearer of a link, or everybody. */
export type Access = Action | 'link' | 'public';

export type Visit<May extends Access = Access> = {
  request: FastifyRequest;
  reply: FastifyReply;
  deps: WebDeps;
  viewer: May extends Action ? Viewer : null;
  /** What the bearer of a link proves it with; null when the cookie is gone. */
  secret: string | null;
  /** What every form on the page must carry. */
  proof: string;
  /** The fields of the form, cleaned; empty for GET and for forms with files. */
  form: Record<string, string>;
};

/** A page, or a reply that has been made already (`seeOther`, `page`). */
export type Answer = VNode | FastifyReply;

/**
 * Declares a route. Who may come in is an argument without a default; a POST is only answered when it comes from our own
 * page (Origin) and carries the proof of the reader's own secret.
 */
export function route<May extends Access>(
  app: FastifyInstance,
  {
    method,
    url,
    may,
    handler,
    bodyLimit,
  }: {
    method: 'GET' | 'POST';
    url: string;
    may: May;
    handler: (visit: Visit<May>) => Promise<Answer> | Answer;
    bodyLimit?: number;
  },
): void {
  app.route({
    method,
    url,
    ...(bodyLimit === undefined ? {} : { bodyLimit }),
    handler: async (request, reply) => {
      keepLanguage(request, reply);
      const visit = await admit({ request, reply, may });
      if (!visit) return reply;
      const answer = await handler(visit);
      return isValidElement(answer) ? page(reply, answer) : (answer as FastifyReply);
    },
  });
}

async function admit<May extends Access>({
  request,
  reply,
  may,
}: {
  request: FastifyRequest;
  reply: FastifyReply;
  may: May;
}): Promise<Visit<May> | null> {
  const isConsole = may !== 'link' && may !== 'public';
  const viewer = isConsole ? await viewerOf(request) : null;
  const isPost = request.method === 'POST';
  if (isConsole && !viewer && !isPost) return sendToSignIn(request, reply);
  const secret = isConsole
    ? sessionToken(request)
    : may === 'link'
      ? linkSecret(request)
      : visitorSecret(request, reply);
  if (isPost) assertProof(request, isConsole && !viewer ? null : secret);
  if (isConsole && !can(viewer!, may as Action)) throw new Refused('notAllowed');
  if (isConsole) void reply.header('content-security-policy', CONSOLE_POLICY);
  const proof = secret ? formProof(secret) : '';
  const { deps } = request.server;
  return { request, reply, deps, viewer: viewer as Visit<May>['viewer'], secret, proof, form: formOf(request) };
}

function sendToSignIn(request: FastifyRequest, reply: FastifyReply): null {
  rememberPage(request, reply);
  seeOther(reply, paths.signIn());
  return null;
}

/** Answers with a page. */
export function page(reply: FastifyReply, content: VNode, status = 200): FastifyReply {
  const html = renderPage({ page: content, site: reply.server.site });
  return reply.code(status).type('text/html; charset=utf-8').send(html);
}

/** Sends the reader on to another of our pages, as a GET. */
export function seeOther(reply: FastifyReply, path: string): FastifyReply {
  return reply.redirect(path, 303);
}
