import { type ChildProcess, spawn } from 'node:child_process';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { questionOf } from './answers.ts';

/** A process of its own in which bytes from outside are read, one question at a time. */
export type Reader = {
  /**
   * The answer, from JSON. Throws {@link GaveUp} when it took more than its limits allow, or failed; an Error when the
   * process cannot be started, which says nothing of these bytes.
   */
  ask(question: { task: string; bytes: Buffer }): Promise<unknown>;
  close(): void;
};

/** The bytes could not be read within the limits; the process that tried is gone. */
export class GaveUp extends Error {
  override name = 'GaveUp';
}

/** What one question may take; `idleSeconds`: how long the process waits for the next one. */
const LIMITS = { memoryMb: 512, seconds: 30, cpuSeconds: 20, answerBytes: 5 * 1024 * 1024, idleSeconds: 60 };
export type Limits = typeof LIMITS;

const ROOT = join(import.meta.dirname, '../..');
const OWN = join(import.meta.dirname, 'child.ts');
/** To start takes half a second; on a machine that has much to do, longer. */
const START_SECONDS = 60;
const LINE_END = 0x0a;

type Child = { process: ChildProcess; answers: AsyncIterator<Buffer>; isWarm: boolean };

/**
 * Nothing is started before the first question. `program` answers with `answerQuestions`; it is given no variable of our
 * environment, and ends with us: at once when it waits, by its own limit of processor time when it is busy.
 */
export function createReader({ program = OWN, limits }: { program?: string; limits?: Partial<Limits> } = {}): Reader {
  const bounds = { ...LIMITS, ...limits };
  let child: Child | null = null;
  let turn: Promise<unknown> = Promise.resolve();
  let idle: NodeJS.Timeout | undefined;

  function end(): void {
    clearTimeout(idle);
    child?.process.kill('SIGKILL');
    child = null;
  }

  async function askNow(question: { task: string; bytes: Buffer }): Promise<unknown> {
    clearTimeout(idle);
    child ??= await startChild({ program, bounds });
    try {
      const answer = await exchange({ child, question, bounds });
      child.isWarm = true;
      idle = setTimeout(end, bounds.idleSeconds * 1000).unref();
      return answer;
    } catch (error) {
      const { isWarm } = child;
      end();
      // What it died of may be the sum of all it has read: a fresh one is asked before this file is blamed.
      if (isWarm && error instanceof Died) return await askNow(question);
      throw error;
    }
  }

  return {
    ask(question) {
      const answer = turn.then(() => askNow(question));
      turn = answer.catch(() => {});
      return answer;
    },
    close: end,
  };
}

class Died extends GaveUp {}

/** Returns once it is ready for questions. */
async function startChild({ program, bounds }: { program: string; bounds: Limits }): Promise<Child> {
  const { cpuSeconds, memoryMb } = bounds;
  // The system itself holds these limits, also when we are gone. No core dump: it would hold the file.
  const limited = `ulimit -c 0; ulimit -t ${cpuSeconds}; ulimit -d ${memoryMb * 1024}; exec "$@"`;
  const node = [process.execPath, `--max-old-space-size=${Math.round(memoryMb * 0.75)}`, '--import', 'tsx', program];
  const child = spawn('/bin/sh', ['-c', limited, 'sh', ...node], {
    cwd: ROOT,
    env: { TMPDIR: tmpdir() },
    stdio: ['pipe', 'ignore', 'ignore', 'pipe'],
  });
  // Made by the lines above; their types know pipes only as streams.
  const [questions, , , answers] = child.stdio as unknown as Socket[];
  child.on('error', () => {});
  questions!.on('error', () => {});
  for (const each of [child, questions!, answers!]) each.unref();
  const started = { process: child, answers: answers![Symbol.asyncIterator](), isWarm: false };
  try {
    await nextLine({ child: started, seconds: START_SECONDS, answerBytes: bounds.answerBytes });
    return started;
  } catch (error) {
    child.kill('SIGKILL');
    throw new Error('The process that looks into files does not start.', { cause: error });
  }
}

async function exchange({
  child,
  question,
  bounds,
}: {
  child: Child;
  question: { task: string; bytes: Buffer };
  bounds: Limits;
}): Promise<unknown> {
  for (const part of questionOf(question)) child.process.stdin!.write(part);
  const { seconds, answerBytes } = bounds;
  const answer = await nextLine({ child, seconds, answerBytes });
  try {
    return JSON.parse(answer);
  } catch {
    throw new GaveUp('Its answer is no answer.');
  }
}

type Waiting = { child: Child; seconds: number; answerBytes: number };

async function nextLine({ child, seconds, answerBytes }: Waiting): Promise<string> {
  let isLate = false;
  const patience = setTimeout(() => {
    isLate = true;
    child.process.kill('SIGKILL');
  }, seconds * 1000);
  try {
    const chunks: Buffer[] = [];
    for (let size = 0; size <= answerBytes; ) {
      const { value, done } = await child.answers.next();
      if (done) throw isLate ? new GaveUp('It took too long.') : new Died('It took too much, or failed.');
      chunks.push(value);
      size += value.length;
      if (value.at(-1) === LINE_END) return Buffer.concat(chunks).toString();
    }
    throw new GaveUp('Its answer is too long.');
  } finally {
    clearTimeout(patience);
  }
}
