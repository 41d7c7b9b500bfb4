import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

export type Idle = { megabytes: number; percentOfCore: number };

/** How long nothing happens before the look, and during it, in seconds. */
export type Idling = { settling: number; seconds: number };

/** What processes hold and use while nothing happens. Linux only: it reads /proc. */
export async function idleOf({ pids, settling, seconds }: { pids: number[] } & Idling): Promise<Idle[]> {
  await pause(settling * 1000);
  const before = pids.map(secondsUsed);
  await pause(seconds * 1000);
  return pids.map((pid, at) => ({
    megabytes: residentMegabytes(pid),
    percentOfCore: (100 * (secondsUsed(pid) - before[at]!)) / seconds,
  }));
}

function residentMegabytes(pid: number): number {
  const [, kilobytes] = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))!;
  return Number(kilobytes) / 1024;
}

/** User and system time; the name before them may hold spaces, its bracket ends it. */
function secondsUsed(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
  return (Number(fields[11]) + Number(fields[12])) / Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));
}
