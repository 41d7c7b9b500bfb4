import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { Refused } from '../domain/refusals.ts';

/** clamd's own limit for one file is 120 s; a person waits for this answer. */
const PATIENCE_MS = 60_000;
const CHUNK = 64 * 1024;
const LONGEST_ANSWER = 4_096;
const FOUND = /^stream: [^\0]+ FOUND$/;

/**
 * Throws {@link Refused}: fileInfected when clamd finds something; fileUnchecked when it gives any other answer than that
 * the file is clean, or none within a minute. Source: clamd(8), INSTREAM. `url`: `tcp://host:3310` or `unix:///path`.
 */
export async function assertClean({
  url,
  bytes,
  patienceMs,
}: {
  url: string;
  bytes: Buffer;
  patienceMs?: number;
}): Promise<void> {
  const answer = await askClamd({ url, command: 'INSTREAM', bytes, patienceMs }).catch(() => 'none');
  if (answer === 'stream: OK') return;
  throw new Refused(FOUND.test(answer) ? 'fileInfected' : 'fileUnchecked');
}

/**
 * The version of clamd and of its signatures, once it has let harmless bytes pass, as many as we may send it, and has
 * found the test file that every virus check knows (eicar.org). Throws an Error with a sentence.
 */
export async function proveVirusCheck({
  url,
  maxBytes,
  patienceMs,
}: {
  url: string;
  maxBytes: number;
  patienceMs: number;
}): Promise<string> {
  const version = await askClamd({ url, command: 'VERSION', patienceMs });
  const ask = async (bytes: Buffer) => await askClamd({ url, command: 'INSTREAM', bytes, patienceMs });
  if ((await ask(Buffer.alloc(maxBytes, ' '))) !== 'stream: OK')
    throw new Error(`it does not let ${maxBytes} harmless bytes pass: raise its StreamMaxLength and MaxFileSize`);
  if (!FOUND.test(await ask(testFile())))
    throw new Error('it does not find the test file of eicar.org: load signatures');
  return version;
}

/** In two halves, so that no virus check on the way stumbles over this program. */
function testFile(): Buffer {
  const halves = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-', 'ANTIVIRUS-TEST-FILE!$H+H*'];
  return Buffer.from(halves.join(''), 'latin1');
}

type Question = { url: string; command: 'INSTREAM' | 'VERSION'; bytes?: Buffer; patienceMs?: number };

/** Asks one question on a connection of its own. Throws when there is no whole answer in time. */
async function askClamd({ url, command, bytes, patienceMs = PATIENCE_MS }: Question): Promise<string> {
  const { protocol, hostname, port, pathname } = new URL(url);
  const socket = connect(protocol === 'unix:' ? { path: pathname } : { host: hostname, port: Number(port) });
  const patience = setTimeout(() => socket.destroy(new Error('it does not answer in time')), patienceMs);
  try {
    await once(socket, 'connect');
    socket.write(`z${command}\0`);
    if (bytes) writeChunks(socket, bytes);
    return await answerFrom(socket);
  } finally {
    clearTimeout(patience);
    socket.destroy();
  }
}

/** Each with its length before it; one of no length is the end. */
function writeChunks(socket: Socket, bytes: Buffer): void {
  const lengthOf = (chunk: Buffer) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(chunk.length);
    return length;
  };
  for (let at = 0; at < bytes.length; at += CHUNK) {
    const chunk = bytes.subarray(at, at + CHUNK);
    socket.write(lengthOf(chunk));
    socket.write(chunk);
  }
  socket.write(Buffer.alloc(4));
}

async function answerFrom(socket: Socket): Promise<string> {
  let answer = '';
  for await (const chunk of socket as AsyncIterable<Buffer>) {
    answer += chunk.toString('latin1');
    if (answer.endsWith('\0')) return answer.slice(0, -1);
    if (answer.length > LONGEST_ANSWER) break;
  }
  throw new Error('it breaks off');
}
