import { setTimeout as delay } from 'node:timers/promises';
import type { Server } from '../embedded/processes.ts';

type ListeningServer = Server & { port: number };

export type Kept = { stop: () => Promise<void> };

const FIRST_PAUSE = 250;
const LONGEST_PAUSE = 30_000;

/**
 * Starts a server and, whenever it ends without being told to, starts it again on the same port: whoever uses it knows
 * its address and connects again.
 */
export async function keepServer<S extends ListeningServer>(wish: {
  name: string;
  port: number;
  start: (port: number) => Promise<S>;
  say: (sentence: string) => void;
}): Promise<S & Kept> {
  const first = await wish.start(wish.port);
  const stopping = new AbortController();
  let current: ListeningServer = first;

  async function watch(): Promise<void> {
    while (!stopping.signal.aborted) {
      const reason = await current.exited;
      if (stopping.signal.aborted) return;
      wish.say(`${wish.name} ended (${reason}). Starting it again.`);
      current = (await startAgain()) ?? current;
    }
    await current.stop();
  }

  async function startAgain(): Promise<S | undefined> {
    for (let pause = FIRST_PAUSE; !stopping.signal.aborted; pause = Math.min(pause * 2, LONGEST_PAUSE)) {
      try {
        return await onPort({ start: wish.start, port: first.port });
      } catch (error) {
        wish.say(`${wish.name}: ${(error as Error).message} Trying again in ${pause / 1000} s.`);
        await delay(pause, undefined, { signal: stopping.signal }).catch(() => {});
      }
    }
    return undefined;
  }

  const watching = watch();
  const stop = async () => {
    stopping.abort();
    await current.stop();
    await watching;
  };
  return { ...first, stop };
}

async function onPort<S extends ListeningServer>(wish: {
  start: (port: number) => Promise<S>;
  port: number;
}): Promise<S> {
  const server = await wish.start(wish.port);
  if (server.port === wish.port) return server;
  await server.stop();
  throw new Error(`its port ${wish.port} is taken by another program.`);
}
