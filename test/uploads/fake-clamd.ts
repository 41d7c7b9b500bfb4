import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** `text` is written as it is; `whole`: what came must have come to its end first; `ends`: whether it hangs up then. */
export type Manner = { text: string; whole?: boolean; ends?: boolean };

export type FakeClamd = { url: string; received: Buffer[]; close(): Promise<void> };

/** Something that listens where clamd should, takes what INSTREAM sends, and answers in its own manner. */
export async function fakeClamd({ manner, tcp = false }: { manner: Manner; tcp?: boolean }): Promise<FakeClamd> {
  const folder = mkdtempSync(join(tmpdir(), 'clamd-'));
  const path = join(folder, 'socket');
  const received: Buffer[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    let said = Buffer.alloc(0);
    socket.on('error', () => {});
    socket.on('data', (chunk) => {
      said = Buffer.concat([said, chunk]);
      const file = fileIn(said);
      if (manner.whole !== false && !file) return;
      if (file) received.push(file);
      if (manner.ends) socket.end(manner.text);
      else socket.write(manner.text);
    });
  });
  await new Promise<void>((ready) => (tcp ? server.listen(0, '127.0.0.1', ready) : server.listen(path, ready)));
  const address = server.address();
  const close = async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((closed) => server.close(closed));
    rmSync(folder, { recursive: true, force: true });
  };
  const port = typeof address === 'object' && address ? address.port : 0;
  return { url: tcp ? `tcp://127.0.0.1:${port}` : `unix://${path}`, received, close };
}

/** The chunks put together, once the empty one has come; else null. */
function fileIn(said: Buffer): Buffer | null {
  const command = Buffer.from('zINSTREAM\0');
  if (!said.subarray(0, command.length).equals(command)) return null;
  const chunks: Buffer[] = [];
  for (let at = command.length; at + 4 <= said.length; ) {
    const length = said.readUInt32BE(at);
    if (length === 0) return Buffer.concat(chunks);
    chunks.push(said.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return null;
}
