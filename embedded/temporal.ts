import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { Connection } from '@temporalio/client';
import { temporalCli } from './binaries.mjs';
import { freePort } from './ports.ts';
import { endOrphans, type Server, startServer } from './processes.ts';

const NAMESPACE = 'secretariat';

export type Temporal = Server & { address: string; port: number };

/**
 * Temporal's development server on 127.0.0.1 with its file in `folder`, ready when its namespace answers.
 * Ends what an earlier run left there, so nobody else may hold the folder: two servers would open the same file
 * without complaint. The port moves up when it is taken. `fineTimers` lets timers under a second fire in time (tests).
 */
export async function startTemporal(start: { folder: string; port?: number; fineTimers?: boolean }): Promise<Temporal> {
  const command = temporalCli();
  const folder = join(realpathSync(start.folder), 'temporal');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, 'temporal.db');
  const mark = `--db-filename ${file} `;
  await endOrphans({ mark, leader: mark, signal: 'SIGTERM', patience: 5_000 });
  guardVersion({ file, command });

  const port = await freePort(start.port);
  const address = `127.0.0.1:${port}`;
  const server = await startServer({
    name: 'Temporal',
    command,
    args: serverArguments({ file, port, fineTimers: start.fineTimers ?? false }),
    folder,
    log: join(folder, 'temporal.log'),
    stopSignal: 'SIGTERM',
    isReady: () => answers({ address, port }),
    patience: 60_000,
  });
  return { ...server, port, address };
}

function serverArguments({ file, port, fineTimers }: { file: string; port: number; fineTimers: boolean }): string[] {
  const pragmas = ['journal_mode=WAL', 'synchronous=FULL', 'busy_timeout=10000'];
  const args = ['server', 'start-dev', '--db-filename', file, '--ip', '127.0.0.1', '--port', String(port)];
  args.push('--headless', '--log-level', 'warn', '--namespace', NAMESPACE);
  for (const pragma of pragmas) args.push('--sqlite-pragma', pragma);
  if (fineTimers) args.push('--dynamic-config-value', 'history.timerProcessorMaxTimeShift="50ms"');
  return args;
}

/**
 * A newer server never brings an older file up to date, and an older server may not understand a newer one: refuses
 * the second, and keeps a copy of the file before the first.
 */
function guardVersion({ file, command }: { file: string; command: string }): void {
  const note = `${file}.version`;
  const version = /Server (\d+\.\d+\.\d+)/.exec(execFileSync(command, ['--version'], { encoding: 'utf8' }))?.[1];
  if (!version) throw new Error(`${command} does not say which server it holds. Is it Temporal's command line?`);
  const written = existsSync(file) && existsSync(note) ? readFileSync(note, 'utf8').trim() : version;
  if (isNewer(written, version)) {
    throw new Error(
      `${file} was written by Temporal server ${written}, and ${command} holds the older ${version}. ` +
        'Unset TEMPORAL_CLI_PATH or name a newer one there.',
    );
  }
  if (written !== version) {
    // Nobody has the file open now, so the three parts belong together.
    for (const part of ['', '-wal', '-shm'].map((end) => file + end).filter(existsSync)) {
      copyFileSync(part, part.replace(file, `${file}.of-${written}`));
    }
  }
  writeFileSync(note, `${version}\n`);
}

function isNewer(one: string, other: string): boolean {
  return one.localeCompare(other, 'en', { numeric: true }) > 0;
}

async function answers({ address, port }: { address: string; port: number }): Promise<boolean> {
  // A refused first call would make the client wait a second before its next.
  if (!(await isOpen(port))) return false;
  const connection = await Connection.connect({ address });
  try {
    await connection.withDeadline(Date.now() + 2_000, () =>
      connection.workflowService.describeNamespace({ namespace: NAMESPACE }),
    );
    return true;
  } catch {
    return false;
  } finally {
    await connection.close();
  }
}

function isOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}
