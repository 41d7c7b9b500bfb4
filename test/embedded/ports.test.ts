import { once } from 'node:events';
import { readFileSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { temporaryFolder } from '../../embedded/folder.ts';
import { freePort, keptPorts } from '../../embedded/ports.ts';

const folder = temporaryFolder('ports-test');
const file = join(folder, 'ports.json');
afterAll(() => rmSync(folder, { recursive: true, force: true }));
afterEach(() => rmSync(file, { force: true }));

describe('A port', () => {
  test('is the preferred one when that is free, else one above it', async () => {
    const { port, close } = await takePort();
    expect(await freePort(port)).toBeGreaterThan(port);
    await close();
    expect(await freePort(port)).toBe(port);
  });

  test('cannot be had above the last one', async () => {
    await expect(freePort(65_536)).rejects.toThrow('No port from 65536 upward is free');
  });
});

describe('The ports of the product', () => {
  const said: string[] = [];
  const say = (sentence: string) => void said.push(sentence);

  test('do not take each other', async () => {
    const { port, close } = await takePort();
    const ports = await keptPorts({ file, preferred: { web: port, mailbox: port + 1 }, asked: {}, say });
    expect(ports.mailbox).toBeGreaterThan(ports.web);
    await close();
  });

  test('stay where they were at the first start', async () => {
    const { port, close } = await takePort();
    const first = await keptPorts({ file, preferred: { web: port }, asked: {}, say });
    await close();
    expect(await keptPorts({ file, preferred: { web: port }, asked: {}, say })).toEqual(first);
  });

  test('move up for once when taken, say so, and go back', async () => {
    const wish = { file, preferred: { web: await freePort() }, asked: {}, say };
    const { web } = await keptPorts(wish);
    const { close } = await takePort(web);
    const moved = await keptPorts(wish);
    expect(said.at(-1)).toBe(`Port ${web} (web) is taken; using ${moved.web} this time.`);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ usual: { web }, now: moved });
    await close();
    expect(await keptPorts(wish)).toEqual({ web });
  });

  test('follow what is asked for, also later', async () => {
    const asked = await freePort();
    await keptPorts({ file, preferred: { web: 3000 }, asked: {}, say });
    await keptPorts({ file, preferred: { web: 3000 }, asked: { web: asked }, say });
    expect(await keptPorts({ file, preferred: { web: 3000 }, asked: {}, say })).toEqual({ web: asked });
  });
});

async function takePort(wanted = 0): Promise<{ port: number; close: () => Promise<void> }> {
  const server: Server = createServer().listen(wanted, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { port, close: async () => void (await once(server.close(), 'close')) };
}
