import { randomUUID } from 'node:crypto';
import formbody from '@fastify/formbody';
import fastify from 'fastify';
import { openRecords } from '../../adapters/records.ts';

/** The same web framework and the same way to the database, without our work. Its database and port are arguments. */
const [databaseUrl, port] = process.argv.slice(2) as [string, string];

const records = openRecords({ url: databaseUrl });
const app = fastify();
await app.register(formbody);

app.post('/row', async (request, reply) => {
  const row = {
    deadlineOn: '',
    meetingOn: '',
    reason: Object.keys(request.body as object).join(),
    personId: randomUUID(),
    at: new Date(),
  };
  await records.dateChange.create({ data: { id: randomUUID(), caseId: 'bare', ...row } });
  return reply.redirect('/page', 303);
});

app.get('/page', async (_request, reply) => {
  const cases = await records.$queryRaw<{ id: string }[]>`SELECT id FROM "Case" ORDER BY id LIMIT 120`;
  const items = cases.map(({ id }) => `<li>${id}</li>`).join('');
  return reply.type('text/html; charset=utf-8').send(`<!doctype html><title>Bare</title><ul>${items}</ul>`);
});

for (const ending of ['SIGTERM', 'SIGINT', 'disconnect'] as const)
  process.once(ending as NodeJS.Signals, () => process.exit());
await app.listen({ host: '127.0.0.1', port: Number(port) });
process.send?.('ready');
