import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';

/** Rings when PostgreSQL announces a new fact, and in any case after `atLeastEveryMs`. */
export type Doorbell = { rung(): Promise<void> };

/** Listens on its own connection, made anew when it breaks; while it is broken the clock alone rings. */
export function createDoorbell({
  url,
  channel,
  atLeastEveryMs,
  signal,
}: {
  url: string;
  channel: 'outbox';
  atLeastEveryMs: number;
  signal: AbortSignal;
}): Doorbell {
  let ring = () => {};
  let rang = false;
  const onRing = () => {
    rang = true;
    ring();
  };
  void listen({ url, channel, signal, onRing });
  return {
    async rung() {
      if (!rang) {
        const stop = new AbortController();
        const called = new Promise<void>((done) => (ring = done));
        const passed = pause(atLeastEveryMs, undefined, { signal: AbortSignal.any([signal, stop.signal]) });
        await Promise.race([called, passed.catch(() => {})]);
        stop.abort();
      }
      rang = false;
    },
  };
}

async function listen({
  url,
  channel,
  signal,
  onRing,
}: {
  url: string;
  channel: string;
  signal: AbortSignal;
  onRing: () => void;
}): Promise<void> {
  while (!signal.aborted) {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
    const broken = new Promise<void>((done) => client.once('error', () => done()).once('end', () => done()));
    const stopped = new Promise<void>((done) => signal.addEventListener('abort', () => done(), { once: true }));
    try {
      await client.connect();
      client.on('notification', onRing);
      await client.query(`LISTEN ${channel}`);
      onRing();
      await Promise.race([broken, stopped]);
    } catch {
      // The database is away: the clock rings until it is back.
    }
    await client.end().catch(() => {});
    await pause(1_000, undefined, { signal }).catch(() => {});
  }
}
