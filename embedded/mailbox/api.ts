import type { FastifyInstance } from 'fastify';
import type { Store } from './store.ts';

type Asked = { Querystring: { address?: string; after?: string; limit?: string } };

/**
 * The inbox of the product, as IMAP would give it: what came to `address` and its plus addresses, oldest first.
 */
export function inboxApi({ app, store }: { app: FastifyInstance; store: Store }): void {
  app.get<Asked>('/api/inbox', async ({ query }, reply) => {
    const { address, after = '0', limit = '50' } = query;
    if (!address) return reply.code(400).send({ error: 'Name an address, such as isu@isu.example' });
    return store
      .messages({ after: Number(after) || 0 })
      .filter(({ envelopeTo }) => envelopeTo.some((to) => isFor({ to, address })))
      .slice(0, Math.min(Number(limit) || 50, 500))
      .map(({ uid, receivedAt, envelopeTo, envelopeFrom, size }) => ({
        uid,
        receivedAt,
        envelopeTo,
        envelopeFrom,
        size,
      }));
  });
  app.get('/api/mailbox', async () => ({ name: store.name }));
  app.get<{ Params: { uid: string } }>('/api/messages/:uid/raw', async ({ params }, reply) => {
    const raw = await store.raw(Number(params.uid));
    if (!raw) return reply.code(404).send({ error: 'No such message' });
    return reply.type('application/octet-stream').send(raw);
  });
}

function isFor({ to, address }: { to: string; address: string }): boolean {
  const got = to.toLowerCase();
  return got === address.toLowerCase() || got.replace(/\+[^@]*@/, '@') === address.toLowerCase();
}
