import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

// Plain JavaScript, because set-up needs the lock before anything that reads TypeScript is installed.

/** When a process started, in a form that another process with the same number does not share; null once it is dead. */
function startedAt(pid) {
  try {
    if (process.platform !== 'linux') return Date.parse(execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)]));
    // The name of the program stands in brackets and may hold spaces: state and start time are counted from its end.
    const [state, ...fields] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1).split(' ');
    return state === 'Z' ? null : Number(fields[18]);
  } catch {
    return null;
  }
}

/**
 * Holds a folder for this process: returns `release`, or the process that holds it already as `heldBy`.
 *
 * Each contender first writes a file of its own name and then looks at the others, so that two can never both believe
 * to be alone; and a file left by a dead process may be removed by anyone, since its name is never used again.
 */
export async function takeLock(folder) {
  const own = `running.${process.pid}.${startedAt(process.pid)}`;
  for (let attempt = 1; ; attempt++) {
    try {
      writeFileSync(join(folder, own), '', { flag: 'wx', mode: 0o600 });
    } catch (error) {
      if (error.code === 'EEXIST') return { heldBy: process.pid };
      throw error;
    }
    const other = livingHolders(folder).find((pid) => pid !== process.pid);
    const release = () => rmSync(join(folder, own), { force: true });
    if (other === undefined) return { release };
    release();
    if (attempt === 4) return { heldBy: other };
    await delay(20 + Math.random() * 80);
  }
}

/** The processes that hold or are about to hold a folder. Removes what dead ones left. */
export function livingHolders(folder) {
  const holders = [];
  for (const name of readdirSync(folder)) {
    const [, pid, started] = /^running\.(\d+)\.(\d+)$/.exec(name) ?? [];
    if (pid === undefined) continue;
    if (String(startedAt(Number(pid))) === started) holders.push(Number(pid));
    else rmSync(join(folder, name), { force: true });
  }
  return holders;
}
