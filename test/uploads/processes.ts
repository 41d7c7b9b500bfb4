import { execFileSync } from 'node:child_process';

/** The processes that look into files on behalf of this one. */
export function readersOf(parent: number): number[] {
  const rows = execFileSync('ps', ['-axwwo', 'pid=,ppid=,command='], { encoding: 'utf8' }).split('\n');
  return rows
    .map((row) => row.trim().split(/\s+/))
    .filter(([, ppid, ...command]) => Number(ppid) === parent && command.join(' ').includes('incoming-file/child.ts'))
    .map(([pid]) => Number(pid));
}

export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
