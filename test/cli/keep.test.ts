import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { keepChild } from '../../cli/keep-child.ts';
import { keepServer } from '../../cli/keep-server.ts';
import { freePort } from '../../embedded/ports.ts';

let said: string[] = [];
const say = (sentence: string) => void said.push(sentence);
beforeEach(() => {
  said = [];
});

describe('One of our own programs', () => {
  const wish = { name: 'worker', script: 'test/cli/short-life.ts', say };

  test('is started again when it is killed, and not when it is stopped', async () => {
    const child = keepChild({ ...wish, env: process.env });
    await child.ready;
    const first = processNumber();
    process.kill(first, 'SIGKILL');
    await until(() => processNumber() !== first);
    expect(said).toContain('The worker process ended (ended by SIGKILL). Starting it again in 0.5 s.');
    const second = processNumber();
    await child.stop();
    expect(() => process.kill(second, 0)).toThrow('ESRCH');
  });

  test('that ends before it was ever up is not started again', async () => {
    const child = keepChild({ ...wish, env: { ...process.env, HOW: 'fails' } });
    await expect(child.ready).rejects.toThrow('The worker process did not start (exit code 3); see above.');
    await child.stop();
  });

  function processNumber(): number {
    const line = said.findLast((sentence) => sentence.includes('up, process'));
    return Number(line?.split(' ').at(-1));
  }
});

describe('A built-in server', () => {
  test('that ends is started again on its port, as soon as that is free', async () => {
    const kept = await keepServer({ name: 'PostgreSQL', port: 0, start: startFake, say });
    const squatter = createServer();
    servers.get(kept.port)?.();
    squatter.listen(kept.port, '127.0.0.1');
    await until(() => said.some((sentence) => sentence.includes(`its port ${kept.port} is taken by another program`)));
    squatter.close();
    await until(() => servers.has(kept.port));
    await kept.stop();
    expect(servers.size).toBe(0);
  });

  const servers = new Map<number, () => void>();

  /** Listens as the real ones do: on the port it is given or, when that is taken, on another. */
  async function startFake(port: number) {
    const listener = createServer();
    listener.listen(await freePort(port), '127.0.0.1');
    await once(listener, 'listening');
    const taken = (listener.address() as AddressInfo).port;
    const exited = once(listener, 'close').then(() => 'ended by SIGKILL');
    const end = () => {
      servers.delete(taken);
      listener.close();
    };
    servers.set(taken, end);
    return { port: taken, pid: 0, exited, stop: async () => end() };
  }
});

async function until(holds: () => boolean): Promise<void> {
  for (let i = 0; i < 500 && !holds(); i++) await delay(20);
  expect(holds()).toBe(true);
}
