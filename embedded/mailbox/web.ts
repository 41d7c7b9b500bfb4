import { readFileSync } from 'node:fs';
import multipart from '@fastify/multipart';
import fastify, { type FastifyReply, type FastifyRequest } from 'fastify';
import { inboxApi } from './api.ts';
import { type Door, notThere, sendPage } from './door.ts';
import { notePage } from './layout.tsx';
import { addressesPage, homePage, mailboxPage } from './list-pages.tsx';
import { readingRoutes } from './reading-routes.ts';
import { sheetOf } from './sheet.ts';
import { writingRoutes } from './writing-routes.ts';

const CSS = readFileSync(new URL('../../web/assets/mailbox.css', import.meta.url));
const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]'];
const HEADERS = {
  'content-security-policy':
    "default-src 'none'; style-src 'self'; img-src 'self' data:; frame-src 'self'; form-action 'self'; " +
    "frame-ancestors 'none'; base-uri 'none'",
  'cache-control': 'no-store',
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
};

/** The pages, which need no script, and the inbox of the product. Loopback only. */
export async function openWeb(
  given: Omit<Door, 'app'> & { port: number },
): Promise<{ url: string; stop(): Promise<void> }> {
  const app = fastify({ forceCloseConnections: true });
  await app.register(multipart, { limits: { fileSize: 25_000_000, files: 10, fieldSize: 1_000_000 } });
  app.addHook('onRequest', keepStrangersOut);
  app.addHook('onSend', async (_request, reply) => {
    for (const [name, value] of Object.entries(HEADERS)) if (!reply.hasHeader(name)) reply.header(name, value);
  });
  app.get('/mailbox.css', (_request, reply) => reply.type('text/css').send(CSS));
  const door: Door = { app, ...given };
  listRoutes(door);
  readingRoutes(door);
  writingRoutes(door);
  inboxApi(door);
  app.setNotFoundHandler((_request, reply) => notThere(reply));
  app.setErrorHandler<Error & { statusCode?: number }>((error, _request, reply) => {
    const body = notePage({ title: 'That did not work', sentence: `${error.message}. Go back and try again.` });
    return sendPage(reply.code(error.statusCode ?? 500), body);
  });
  const url = await app.listen({ port: given.port, host: '127.0.0.1' });
  return { url, stop: () => app.close() };
}

/** Letters hold links that sign people in: a page from elsewhere may neither read them (rebinding) nor post. */
async function keepStrangersOut(request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const isFromElsewhere = request.method !== 'GET' && request.headers['sec-fetch-site'] === 'cross-site';
  if (!LOOPBACK.includes(request.hostname) || isFromElsewhere) {
    await reply.code(403).type('text/plain').send('This mailbox answers to people on its own computer only.');
  }
}

type Asked = { Querystring: { q?: string; page?: string; sent?: string }; Params: { address: string } };

function listRoutes({ app, store }: Door): void {
  app.get<Asked>('/', ({ query }, reply) => {
    const sheet = sheetOf({ messages: store.messages(), search: query.q, number: query.page });
    return sendPage(reply, homePage({ sheet, addresses: store.addresses() }));
  });
  app.get<Asked>('/mailboxes', ({ query }, reply) => {
    const search = (query.q ?? '').trim();
    const addresses = store.addresses().filter(({ address }) => address.includes(search.toLowerCase()));
    return sendPage(reply, addressesPage({ addresses, search }));
  });
  app.get<Asked>('/mailbox/:address', ({ params, query }, reply) => {
    const { address } = params;
    const sheet = sheetOf({ messages: store.messages({ to: address }), search: query.q, number: query.page });
    return sendPage(reply, mailboxPage({ address, sheet, wasSent: query.sent === '1' }));
  });
}
