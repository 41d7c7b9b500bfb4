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

/** What a ports file says: those to prefer at each start, and those in use since the last one. */
type KeptPorts<Name extends string> = { usual: Record<Name, number>; now: Record<Name, number> };

/**
 * A free port for each name, the same ones at each start: links in letters hold them. What must move up because its
 * port is taken says so and goes back the next time. What is `asked` for replaces what was kept.
 */
export async function keptPorts<Name extends string>(wish: {
  file: string;
  preferred: Record<Name, number>;
  asked: Partial<Record<Name, number>>;
  say: (sentence: string) => void;
}): Promise<Record<Name, number>> {
  const usual = { ...wish.preferred, ...readPorts<Name>(wish.file)?.usual, ...wish.asked };
  const now: Record<string, number> = {};
  for (const [name, port] of Object.entries<number>(usual)) {
    now[name] = await freePort(port, Object.values(now));
    if (now[name] !== port) wish.say(`Port ${port} (${name}) is taken; using ${now[name]} this time.`);
  }
  // Whoever had to move up at the very first start stays there: no letter holds another port.
  const kept = { usual: existsSync(wish.file) ? usual : { ...now, ...wish.asked }, now };
  writeFileSync(wish.file, `${JSON.stringify(kept, null, 2)}\n`);
  return now as Record<Name, number>;
}

/** What the last start wrote; null before the first. */
export function readPorts<Name extends string>(file: string): KeptPorts<Name> | null {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as KeptPorts<Name>) : null;
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
