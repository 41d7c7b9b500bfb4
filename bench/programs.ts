import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ownProgram } from '../cli/keep-child.ts';

export const ROOT = join(import.meta.dirname, '..');

type Env = NodeJS.ProcessEnv;
/** What a program is started with. Of our own environment, `without` is left out. */
type Command = { command: string; args: string[]; folder?: string; env?: Env; without?: string[] };

export type Running = { pid: number; stop: (signal?: NodeJS.Signals) => Promise<void> };

/** What names other servers than those a measure starts. */
const CONFIGURED = ['DATABASE_URL', 'TEMPORAL_ADDRESS', 'SMTP_URL', 'MAILBOX_URL', 'BASE_URL', 'FOCALPOINT_TREATY'];
/** Seconds. */
const START_PATIENCE = 60;
const STOP_PATIENCE_MS = 60_000;

const alive = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of alive) signalGroup(child, 'SIGTERM');
});

/** Starts one of our own programs as `npm start` does and returns once it says that it is ready. */
export async function startOwn({
  script,
  args,
  env,
}: {
  script: string;
  args?: string[];
  env?: Env;
}): Promise<Running> {
  const program = ownProgram({ script, args, env: { TZ: 'UTC', LOG_LEVEL: 'warn', ...env } });
  const child = start({ command: process.execPath, ...program }, ['ignore', 2, 2, 'ipc']);
  const ready = new Promise<void>((resolve, reject) => {
    child.once('message', () => resolve());
    child.once('exit', (code) => reject(new Error(`${script} ended with exit code ${code} before it was ready.`)));
  });
  await inTime({ child, within: START_PATIENCE, what: `${script} is not ready`, wait: ready });
  return running(child);
}

/** Starts a command and leaves it running. */
export function startCommand(command: Command): Running {
  return running(start(command, ['ignore', 2, 2]));
}

/** Runs a command to its end; what it prints on stderr is passed on. Throws when it fails or takes too long. */
export async function runCommand(command: Command & { within: number }): Promise<{ output: string }> {
  const child = start(command, ['ignore', 'pipe', 2]);
  let output = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (output += text));
  const called = [command.command, ...command.args].join(' ');
  const ended = new Promise<void>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) =>
      code === 0 ? resolve() : reject(new Error(`\`${called}\` ended with exit code ${code}. ${output.slice(-2_000)}`)),
    );
  });
  await inTime({ child, within: command.within, what: `\`${called}\` has not ended`, wait: ended });
  return { output };
}

function start(
  { command, args, folder = ROOT, env = {}, without = CONFIGURED }: Command,
  stdio: StdioOptions,
): ChildProcess {
  const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !without.includes(name)));
  // A group of its own, so that everything it starts can be told to end as a terminal would.
  const child = spawn(command, args, { cwd: folder, env: { ...inherited, ...env }, stdio, detached: true });
  alive.add(child);
  child.once('exit', () => alive.delete(child));
  child.once('error', () => alive.delete(child));
  return child;
}

function running(child: ChildProcess): Running {
  const stop = async (signal: NodeJS.Signals = 'SIGTERM') => {
    signalGroup(child, signal);
    const deadline = Date.now() + STOP_PATIENCE_MS;
    // Not only its first process: npm may be gone while what it started still stops in order.
    while (signalGroup(child, 0) && Date.now() < deadline) await pause(50);
    signalGroup(child, 'SIGKILL');
  };
  return { pid: child.pid!, stop };
}

async function inTime({
  child,
  within,
  what,
  wait,
}: {
  child: ChildProcess;
  within: number;
  what: string;
  wait: Promise<void>;
}): Promise<void> {
  const end = new AbortController();
  const late = pause(within * 1000, undefined, { signal: end.signal }).then(() => {
    throw new Error(`${what} after ${within} s.`);
  });
  try {
    await Promise.race([wait, late]);
  } catch (error) {
    signalGroup(child, 'SIGTERM');
    throw error;
  } finally {
    end.abort();
    late.catch(() => {});
  }
}

/** False when nobody of the group is left. */
function signalGroup(child: ChildProcess, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(-child.pid!, signal);
  } catch {
    return false;
  }
}
