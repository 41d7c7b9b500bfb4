import type { FastifyInstance, FastifyReply } from 'fastify';
import { notePage } from './layout.tsx';
import type { Store } from './store.ts';

/** What every route may touch. */
export type Door = { app: FastifyInstance; store: Store; smtpPort: number; now: () => Date | Promise<Date> };

export function sendPage(reply: FastifyReply, body: string): FastifyReply {
  return reply.type('text/html; charset=utf-8').send(body);
}

export function notThere(reply: FastifyReply): FastifyReply {
  const sentence = 'There is no such page or letter in this mailbox.';
  return sendPage(reply.code(404), notePage({ title: 'Not found', sentence }));
}
