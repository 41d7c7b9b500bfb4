import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { keepChild } from '../../cli/keep-child.ts';
import { keepServer } from '../../cli/keep-server.ts';
import { openFolder } from '../../embedded/folder.ts';
import { migrate } from '../../embedded/migrate.ts';
import { freePort } from '../../embedded/ports.ts';
import { startPostgres } from '../../embedded/postgres.ts';
import type { Server } from '../../embedded/processes.ts';
import { startTemporal } from '../../embedded/temporal.ts';
import { until } from '../pace.ts';
import type { Place } from '../place.ts';
import { type Part, SENDERS, type Sender } from './log.ts';

/**
 * The product's processes, started and kept up as `npm start` does, each of which can be killed. There are two workers,
 * as there may be: while one is dead letters go on, and what the other left behind meets somebody who takes it up.
 */
export type Stack = {
  baseUrl: string;
  databaseUrl: string;
  temporalAddress: string;
  /** SIGKILL. False when the part is not there just now. */
  kill(part: Part): boolean;
  /** Stops it in its tracks for so many seconds: alive for the kernel, silent to everybody else. */
  freeze(part: Part, seconds: number): boolean;
  /** The engine is killed, and started again when `meanwhile` has ended. Returns once it is back. */
  withoutEngine(meanwhile: () => Promise<void>): Promise<void>;
};

/** As soon as the supervisor may: what is killed every few seconds must not be punished for it. */
const LONGEST_PAUSE = 500;

export async function startStack({
  place,
  smtpUrls,
  treatyFolder,
}: {
  place: Place;
  smtpUrls: Record<Sender, string>;
  treatyFolder: string;
}): Promise<Stack> {
  const { folder, afterwards } = place;
  const log = createWriteStream(join(folder, 'programs.log'), { flags: 'a' });
  const say = (sentence: string) => void log.write(`${new Date().toISOString()} ${sentence}\n`);
  const servers = await startServers({ place, say });
  const { databaseUrl, temporalAddress } = servers;
  const port = await freePort();
  const baseUrl = `http://127.0.0.1:${port}`;
  const elsewhere = { DATABASE_URL: databaseUrl, TEMPORAL_ADDRESS: temporalAddress, MAILBOX_URL: undefined };
  const own = { BASE_URL: baseUrl, PORT: String(port), FOCALPOINT_TREATY: treatyFolder, TZ: 'UTC' };
  const programs = Object.fromEntries(
    SENDERS.map((name) => {
      const mine = { SMTP_URL: smtpUrls[name], FOCALPOINT_DATA: openFolder(join(folder, name)) };
      const env = { ...process.env, LOG_LEVEL: 'warn', ...elsewhere, ...own, ...mine };
      const script = `${name.split(' ')[0]}/main.ts`;
      const child = keepChild({ name, script, env, say, longestPause: LONGEST_PAUSE });
      afterwards(child.stop);
      return [name, child];
    }),
  );
  await Promise.all(Object.values(programs).map(({ ready }) => ready));
  const pidOf = (part: Part) => programs[part]?.pid() ?? servers.living[part];
  const kill = (part: Part) => strike(pidOf(part), (pid) => process.kill(pid, 'SIGKILL'));
  return {
    baseUrl,
    databaseUrl,
    temporalAddress,
    kill,
    freeze: (part, seconds) => strike(pidOf(part), (pid) => freeze({ pid, seconds })),
    async withoutEngine(meanwhile) {
      const goOn = servers.holdEngine();
      kill('temporal');
      await meanwhile().finally(goOn);
      await until({ what: 'the engine is back', seconds: 60, look: async () => servers.living.temporal });
    },
  };
}

/** PostgreSQL and Temporal, each started again on its port when it ends; the engine not while it is held. */
async function startServers({ place, say }: { place: Place; say: (sentence: string) => void }) {
  const { folder, afterwards } = place;
  const living: Partial<Record<Part, number>> = {};
  const noted = async <S extends Server>(part: Part, start: Promise<S>): Promise<S> => {
    const server = await start;
    living[part] = server.pid;
    void server.exited.then(() => delete living[part]);
    return server;
  };
  let held = Promise.resolve();
  const startDatabase = (port: number) => noted('postgres', startPostgres({ folder, port }));
  const startEngine = (port: number) => held.then(() => noted('temporal', startTemporal({ folder, port })));
  const postgres = await keepServer({ name: 'PostgreSQL', port: 0, start: startDatabase, say });
  afterwards(postgres.stop);
  await migrate({ url: postgres.url });
  const temporal = await keepServer({ name: 'Temporal', port: 0, start: startEngine, say });
  afterwards(temporal.stop);
  const holdEngine = () => {
    let goOn = () => {};
    held = new Promise((resolve) => (goOn = resolve));
    return goOn;
  };
  return { databaseUrl: postgres.url, temporalAddress: temporal.address, living, holdEngine };
}

/** False when nobody has this number. */
function strike(pid: number | undefined, blow: (pid: number) => void): boolean {
  try {
    if (pid !== undefined) blow(pid);
    return pid !== undefined;
  } catch {
    return false;
  }
}

/** By a process of its own: the one that is stopped goes on even when we are gone meanwhile. */
function freeze({ pid, seconds }: { pid: number; seconds: number }): void {
  const script = 'kill -s STOP "$1"; sleep "$2"; kill -s CONT "$1"';
  spawn('/bin/sh', ['-c', script, 'sh', String(pid), String(seconds)], { stdio: 'ignore', detached: true }).unref();
}
