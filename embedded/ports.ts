import { createServer } from 'node:net';

/** The preferred port on the loopback address, or the next free one above it; any free port when none is preferred. */
export async function freePort(preferred = 0): Promise<number> {
  for (let port = preferred; port <= 65_535; port++) {
    const bound = await tryBind(port);
    if (bound !== null) return bound;
  }
  throw new Error(`No port from ${preferred} upward is free on 127.0.0.1. Stop what listens there, or name another.`);
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
