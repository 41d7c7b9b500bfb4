import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';

/** The preferred port on the loopback address, or the next free one above it; any free port when none is preferred. */
export async function freePort(preferred = 0, except: number[] = []): Promise<number> {
  for (let port = preferred; port <= 65_535; port++) {
    const bound = except.includes(port) ? null : await tryBind(port);
    if (bound !== null) return bound;
  }
  throw new Error(`No port from ${preferred} upward is free on 127.0.0.1. Stop what listens there, or name another.`);
}

/**
 * A free port for each name, the same ones at each start: links in letters hold them. What must move up because its
 * port is taken says so and goes back the next time. What is `asked` for replaces what was kept.
 */
export async function keptPorts<Name extends string>(wish: {
  file: string;
  usual: Record<Name, number>;
  asked: Partial<Record<Name, number>>;
  say: (sentence: string) => void;
}): Promise<Record<Name, number>> {
  const kept = existsSync(wish.file) ? JSON.parse(readFileSync(wish.file, 'utf8')) : {};
  const preferred: Record<Name, number> = { ...wish.usual, ...kept, ...wish.asked };
  const chosen: Record<string, number> = {};
  for (const [name, port] of Object.entries<number>(preferred)) {
    chosen[name] = await freePort(port, Object.values(chosen));
    if (chosen[name] !== port) wish.say(`Port ${port} (${name}) is taken; using ${chosen[name]} this time.`);
  }
  writeFileSync(wish.file, `${JSON.stringify({ ...chosen, ...kept, ...wish.asked }, null, 2)}\n`);
  return chosen as Record<Name, number>;
}

function tryBind(port: number): Promise<number | null> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' || error.code === 'EACCES' ? resolve(null) : reject(error),
    );
    server.listen({ host: '127.0.0.1', port }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : port));
    });
  });
}
