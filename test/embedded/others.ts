import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

export type Other = { child: ChildProcess; firstLine: string };

const running = new Set<ChildProcess>();

/** Starts a script of this folder as a process of its own and returns once it has said its first line. */
export async function startOther({ script, args }: { script: string; args: string[] }): Promise<Other> {
  const reader = script.endsWith('.ts') ? ['--import', 'tsx'] : [];
  const command = [...reader, join(import.meta.dirname, script), ...args];
  const child = spawn(process.execPath, command, { stdio: ['ignore', 'pipe', 'inherit'] });
  running.add(child);
  let said = '';
  for await (const piece of child.stdout) {
    said += piece;
    if (said.includes('\n')) break;
  }
  return { child, firstLine: said.trim() };
}

/** SIGKILL: it gets no chance to tidy up. */
export async function kill({ child }: Other): Promise<void> {
  running.delete(child);
  child.kill('SIGKILL');
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
}

export function killAll(): void {
  for (const child of running) child.kill('SIGKILL');
}

export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
