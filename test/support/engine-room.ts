import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { systemClock } from '../../adapters/clock.ts';
import { openRecords } from '../../adapters/records.ts';
import { temporaryFolder } from '../../embedded/folder.ts';
import { startMailbox } from '../../embedded/mailbox.ts';
import { startTemporal, type Temporal } from '../../embedded/temporal.ts';
import type { World } from '../../simulator/world.ts';
import { testDatabase } from './database.ts';
import { openDoors } from './doors.ts';

const ROOT = resolve(import.meta.dirname, '../..');

/**
 * The product's own processes on real time: Temporal's server with its file, and a worker; a database and a mailbox
 * beside them. Either process can be killed without a word and started again.
 */
export async function openEngineRoom({ states }: { states: string[] }) {
  const folder = temporaryFolder('survival');
  const databaseUrl = await testDatabase();
  const records = openRecords({ url: databaseUrl });
  const mailbox = await startMailbox({ smtpPort: 0, webPort: 0 });
  let temporal = await startTemporal({ folder, fineTimers: true });
  const env = {
    PATH: process.env['PATH'],
    TZ: 'UTC',
    DATABASE_URL: databaseUrl,
    TEMPORAL_ADDRESS: temporal.address,
    SMTP_URL: mailbox.smtpUrl,
    MAILBOX_URL: mailbox.webUrl,
    BASE_URL: 'http://localhost:3000',
    FOCALPOINT_DATA: folder,
    FOCALPOINT_TREATY: smallTreaty({ folder, states }),
    LOG_LEVEL: 'silent',
  };
  let worker = await hireWorker(env);
  return {
    records,
    mailbox,
    doors: openDoors({ records, mailbox, clock: systemClock } as unknown as World),
    killWorker: () => kill(worker),
    async killTemporal(): Promise<void> {
      process.kill(temporal.pid, 'SIGKILL');
      await temporal.exited;
    },
    async startTemporal(): Promise<Temporal> {
      return (temporal = await startTemporal({ folder, port: temporal.port, fineTimers: true }));
    },
    async startWorker(): Promise<void> {
      worker = await hireWorker(env);
    },
    async close(): Promise<void> {
      await kill(worker);
      await temporal.stop();
      await mailbox.stop();
      await records.$disconnect();
      rmSync(folder, { recursive: true });
    },
  };
}

async function hireWorker(env: NodeJS.ProcessEnv): Promise<ChildProcess> {
  const args = ['--import', 'tsx', 'worker/main.ts'];
  const worker = spawn(process.execPath, args, { cwd: ROOT, env, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  await new Promise<void>((ready, failed) => {
    worker.once('message', () => ready());
    worker.once('exit', (code) => failed(new Error(`The worker ended before it was ready (${code})`)));
  });
  return worker;
}

async function kill(worker: ChildProcess): Promise<void> {
  if (worker.exitCode !== null || worker.signalCode !== null) return;
  const gone = new Promise((done) => worker.once('exit', done));
  worker.kill('SIGKILL');
  await gone;
}

/** The treaty with a few States, and mail as fast as the server takes it. */
function smallTreaty({ folder, states }: { folder: string; states: string[] }): string {
  const treaty = join(folder, 'ccm');
  cpSync(join(ROOT, 'treaties/ccm'), treaty, { recursive: true });
  const change = (file: string, changed: (content: never) => unknown) => {
    const path = join(treaty, file);
    writeFileSync(path, JSON.stringify(changed(JSON.parse(readFileSync(path, 'utf8')) as never)));
  };
  const isOne = ({ iso3 }: { iso3: string }) => states.includes(iso3);
  change('states-parties.json', (file: { states: [] }) => ({ ...file, states: file.states.filter(isOne) }));
  change('state-names.json', (file: { names: [] }) => ({ ...file, names: file.names.filter(isOne) }));
  change('policy.json', (policy: object) => ({ ...policy, mail: { perMinute: 1_000 } }));
  return treaty;
}

/** Waits until it is so; throws what it waited for after a while. */
export async function until(what: string, isSo: () => Promise<boolean> | boolean, patienceMs = 30_000): Promise<void> {
  const end = Date.now() + patienceMs;
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error(`It was waited in vain for this: ${what}`);
    await pause(50);
  }
}
