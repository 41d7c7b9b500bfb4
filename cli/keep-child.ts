import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import type { Kept } from './keep-server.ts';

const ROOT = join(import.meta.dirname, '..');
const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 30_000;
/** A child that lived this long was well: its next failure counts as its first. */
const GOOD_LIFE = 60_000;
/** Longer than a worker takes to finish what it has in hand (40 s). */
const STOP_PATIENCE = 45_000;

type Wish = {
  name: string;
  script: string;
  env: NodeJS.ProcessEnv;
  say: (sentence: string) => void;
  /** Milliseconds between an end and the next start, at most. */
  longestPause?: number;
};

/**
 * Runs one of our own programs, with its name before each line it prints, and starts it again whenever it ends without
 * being told to. `ready` settles when it first says that it is up, and fails when it ends before.
 */
export function keepChild(wish: Wish): Kept & { ready: Promise<void>; pid: () => number | undefined } {
  const { longestPause = LONGEST_PAUSE } = wish;
  const stopping = new AbortController();
  let current: ChildProcess;
  let wasReady = false;
  let sayReady: () => void;
  let sayFailed: (error: Error) => void;
  const ready = new Promise<void>((resolve, reject) => {
    sayReady = resolve;
    sayFailed = reject;
  });

  async function watch(): Promise<void> {
    for (let pause = FIRST_PAUSE; !stopping.signal.aborted; pause = Math.min(pause * 2, longestPause)) {
      const begun = Date.now();
      current = startChild(wish);
      current.once('message', () => {
        wasReady = true;
        sayReady();
      });
      const reason = await endOf(current);
      if (stopping.signal.aborted) return;
      if (!wasReady) return sayFailed(new Error(`The ${wish.name} process did not start (${reason}); see above.`));
      if (Date.now() - begun > GOOD_LIFE) pause = FIRST_PAUSE;
      wish.say(`The ${wish.name} process ended (${reason}). Starting it again in ${pause / 1000} s.`);
      await delay(pause, undefined, { signal: stopping.signal }).catch(() => {});
    }
  }

  const watching = watch();
  const stop = async () => {
    stopping.abort();
    current.kill('SIGTERM');
    const insist = setTimeout(() => current.kill('SIGKILL'), STOP_PATIENCE);
    await watching;
    clearTimeout(insist);
  };
  return { ready, stop, pid: () => (hasEnded(current) ? undefined : current.pid) };
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}

/**
 * How one of our own programs is called. C's allocator would keep memory apart for each thread, and the engine's client
 * has many: with two places it holds 30 to 50 MB less, and nobody waits.
 */
export function ownProgram({ script, args = [], env }: { script: string; args?: string[]; env: NodeJS.ProcessEnv }) {
  return { args: ['--import', 'tsx', script, ...args], env: { MALLOC_ARENA_MAX: '2', ...env } };
}

function startChild({ name, script, env, say }: Wish): ChildProcess {
  const program = ownProgram({ script, env });
  // A group of its own: Ctrl-C in the terminal reaches only us. When we are killed, its channel to us closes and it ends.
  const child = spawn(process.execPath, program.args, {
    cwd: ROOT,
    env: program.env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  for (const output of [child.stdout, child.stderr]) {
    if (output) createInterface({ input: output }).on('line', (line) => say(`${name.padEnd(6)} | ${line}`));
  }
  return child;
}

function endOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    // Not at 'exit': its last words may still be on their way.
    child.once('close', (code, signal) => resolve(signal ? `ended by ${signal}` : `exit code ${code}`));
  });
}
