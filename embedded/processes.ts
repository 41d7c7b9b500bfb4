import { execFileSync, spawn } from 'node:child_process';
import { closeSync, openSync, readdirSync, readFileSync, renameSync, statSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

/** Whom a program runs as; undefined: as ourselves. */
export type Owner = { uid: number; gid: number };

export type Server = {
  pid: number;
  /** Settles with the reason once the program has ended, whatever ended it. */
  exited: Promise<string>;
  /** Asks it to end, insists after a while, and returns when it is gone. */
  stop: () => Promise<void>;
};

type Program = {
  /** As a person would call it: "PostgreSQL". */
  name: string;
  command: string;
  args: string[];
  folder: string;
  /** The file for all it prints; the previous one is kept beside it when it has grown large. */
  log: string;
  owner?: Owner | undefined;
  stopSignal: NodeJS.Signals;
  /** Answers whether it is up; throws when it never will be. */
  isReady: () => Promise<boolean>;
  /** Milliseconds until we give up on a start. */
  patience: number;
};

const STOP_PATIENCE = 15_000;
const LARGE_LOG = 10 * 1024 * 1024;

/**
 * Starts a program as our own child and returns once it is ready.
 *
 * It gets its own process group, so that Ctrl-C in the terminal reaches only us and we stop things in order; and a
 * leash, so that it also ends when we are killed without a chance to stop it.
 */
export async function startServer(program: Program): Promise<Server> {
  const output = openLog(program.log);
  const child = spawn(program.command, program.args, {
    cwd: program.folder,
    stdio: ['ignore', output, output],
    detached: true,
    env: { PATH: process.env['PATH'], HOME: program.folder, LC_ALL: 'C', TZ: 'UTC' },
    ...program.owner,
  });
  closeSync(output);
  let ended: string | undefined;
  const exited = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve((ended = error.message)));
    child.once('exit', (code, signal) => resolve((ended = signal ? `ended by ${signal}` : `exit code ${code}`)));
  });
  const letGo = child.pid ? leash({ pid: child.pid, signal: program.stopSignal }) : () => {};
  void exited.then(letGo);
  const stop = async () => {
    if (ended !== undefined) return;
    child.kill(program.stopSignal);
    const insist = setTimeout(() => child.kill('SIGKILL'), STOP_PATIENCE);
    await exited;
    clearTimeout(insist);
  };
  await untilReady({ program, reasonEnded: () => ended, stop });
  return { pid: child.pid as number, exited, stop };
}

/**
 * Ends what an earlier run left behind: asks the processes whose command line holds `leader`, waits for all that hold
 * `mark`, and kills what is still there after `patience` milliseconds.
 */
export async function endOrphans(orphans: {
  mark: string;
  leader: string;
  signal: NodeJS.Signals;
  patience: number;
}): Promise<void> {
  for (const pid of processesWith(orphans.leader)) kill(pid, orphans.signal);
  const deadline = Date.now() + orphans.patience;
  for (let left = processesWith(orphans.mark); left.length > 0; left = processesWith(orphans.mark)) {
    if (Date.now() > deadline) for (const pid of left) kill(pid, 'SIGKILL');
    if (Date.now() > deadline + 5_000) throw new Error(`Processes of an earlier run do not end: ${left.join(', ')}.`);
    await delay(20);
  }
}

/** The living processes whose command line holds this text. A zombie has no command line: it is as good as gone. */
function processesWith(text: string): number[] {
  const all =
    process.platform === 'linux'
      ? readdirSync('/proc')
          .filter((name) => /^\d+$/.test(name))
          .map((pid) => ({ pid, command: commandLine(pid) }))
      : execFileSync('ps', ['-axwwo', 'pid=,command='], { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 })
          .split('\n')
          .map((line) => ({ pid: line.trim().split(' ')[0] ?? '', command: line }));
  return all.filter(({ command }) => command.includes(text)).map(({ pid }) => Number(pid));
}

function commandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return '';
  }
}

async function untilReady(start: {
  program: Program;
  reasonEnded: () => string | undefined;
  stop: () => Promise<void>;
}): Promise<void> {
  const { name, isReady, log, patience } = start.program;
  const deadline = Date.now() + patience;
  try {
    while (!(await isReady())) {
      const reason = start.reasonEnded();
      if (reason !== undefined) throw new Error(`${name} did not start (${reason}). ${lastWords(log)}`);
      if (Date.now() > deadline) throw new Error(`${name} is not ready after ${patience / 1000} s. ${lastWords(log)}`);
      await delay(20);
    }
  } catch (error) {
    await start.stop();
    throw error;
  }
}

/** Waits for the end of our life (the end of its input) and then ends the other process. Returns how to let it go. */
function leash({ pid, signal }: { pid: number; signal: NodeJS.Signals }): () => void {
  const script =
    'read _; kill -s "$1" "$2"; n=0; ' +
    'while kill -0 "$2" && [ $n -lt 200 ]; do sleep 0.1; n=$((n+1)); done; kill -s KILL "$2"';
  const holder = spawn('/bin/sh', ['-c', script, 'sh', signal.replace('SIG', ''), String(pid)], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  holder.on('error', () => {});
  holder.unref();
  return () => void holder.kill('SIGKILL');
}

function openLog(log: string): number {
  if ((statSync(log, { throwIfNoEntry: false })?.size ?? 0) > LARGE_LOG) renameSync(log, `${log}.1`);
  return openSync(log, 'a', 0o600);
}

function lastWords(log: string): string {
  const lines = readFileSync(log, 'utf8').trim().split('\n').slice(-5).join('\n');
  return `Its last words (${log}):\n${lines}`;
}

function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It ended on its own in the meantime, or belongs to somebody else: the wait that follows tells.
  }
}
