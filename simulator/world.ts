import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { Worker, type WorkflowBundleWithSourceMap } from '@temporalio/worker';
import { type Logger, pino } from 'pino';
import { createEngine } from '../adapters/engine.ts';
import { createMailboxInbox } from '../adapters/inbox.ts';
import { createLetters } from '../adapters/letters.ts';
import { createPost } from '../adapters/post.ts';
import { openRecords, type Records } from '../adapters/records.ts';
import { dateAt, instantOf } from '../domain/calendar.ts';
import type { IsoDate, Treaty } from '../domain/treaty.ts';
import { temporaryFolder } from '../embedded/folder.ts';
import { type Mailbox, startMailbox } from '../embedded/mailbox.ts';
import { migrate } from '../embedded/migrate.ts';
import { freePort } from '../embedded/ports.ts';
import { startPostgres } from '../embedded/postgres.ts';
import { seedRegister } from '../prisma/seed.ts';
import { createWeb } from '../web/app.ts';
import type { Simulation } from '../web/deps.ts';
import { workflowBundle } from '../worker/bundle.ts';
import { createWorkers } from '../worker/cases.ts';
import { composeWorker } from '../worker/compose.ts';
import { type JumpingClock, startJumpingClock } from './clock.ts';

/** The whole product on a clock that jumps: real database, real engine, real mail and pages, in one process. */
export type World = {
  treaty: Treaty;
  records: Records;
  mailbox: Mailbox;
  clock: JumpingClock;
  baseUrl: string;
  today(): IsoDate;
  /** Lets the day pass up to 18:00 (treaty time), a quiet hour, then carries what people and mail brought. */
  passTo(day: IsoDate): Promise<void>;
  /** Carries facts and collects mail until there is nothing left to carry. */
  settle(): Promise<void>;
  close(): Promise<void>;
};

const QUIET_HOUR = '18:00';

export type WorldSettings = {
  treaty: Treaty;
  /** The first day; in the future, because the clock only goes forward. */
  startsOn: IsoDate;
  /** An address the world's mail server does not know: refused at RCPT. */
  rejects?: (address: string) => boolean;
  /** A database that is there already, empty and migrated; without one, an own server is started. */
  databaseUrl?: string;
  bundle?: WorkflowBundleWithSourceMap;
  ports?: { web: number; mailbox: number };
  simulation?: Simulation;
  log?: Logger;
};

export async function openWorld(settings: WorldSettings): Promise<World> {
  const { treaty, startsOn } = settings;
  const zone = treaty.policy.treatyTimeZone;
  const folder = temporaryFolder('simulation');
  const [database, clock, bundle] = await Promise.all([
    openDatabase({ folder, url: settings.databaseUrl }),
    startJumpingClock(),
    settings.bundle ?? workflowBundle(),
  ]);
  await clock.advanceTo(instantOf(startsOn, '08:00', zone));
  const records = openRecords({ url: database.url });
  await seedRegister({ records, treaty, now: clock.now() });
  const { mailbox, web, baseUrl } = await openDoors({ settings, records, clock, folder });
  const { workers, outbox, incoming } = await hireWorkers({
    settings,
    records,
    clock,
    folder,
    bundle,
    mailbox,
    baseUrl,
  });
  const running = Promise.all(workers.map((worker) => worker.run()));
  const settle = async () => {
    let moved: number;
    do moved = (await outbox.drain()) + (await incoming.collect());
    while (moved > 0);
  };
  return {
    treaty,
    records,
    mailbox,
    clock,
    baseUrl,
    today: () => dateAt(clock.now().getTime(), zone),
    async passTo(day) {
      await clock.advanceTo(instantOf(day, QUIET_HOUR, zone));
      await settle();
    },
    settle,
    async close() {
      await web.close();
      for (const worker of workers) worker.shutdown();
      await running;
      await clock.stop();
      await mailbox.stop();
      await records.$disconnect();
      await database.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function openDatabase({
  folder,
  url,
}: {
  folder: string;
  url?: string;
}): Promise<{ url: string; stop(): Promise<void> }> {
  if (url) return { url, stop: async () => {} };
  const postgres = await startPostgres({ folder, durable: false });
  await migrate({ url: postgres.url });
  return postgres;
}

/** Mail server and pages, on ports that move up when they are taken. */
async function openDoors({
  settings,
  records,
  clock,
  folder,
}: {
  settings: WorldSettings;
  records: Records;
  clock: JumpingClock;
  folder: string;
}) {
  const { treaty, rejects, simulation, ports = { web: 0, mailbox: 0 } } = settings;
  const mailbox = await startMailbox({
    smtpPort: await freePort(0),
    webPort: await freePort(ports.mailbox),
    now: () => clock.now(),
    rejects,
  });
  const port = await freePort(ports.web);
  const baseUrl = `http://localhost:${port}`;
  const post = createPost({ smtpUrl: mailbox.smtpUrl, journalFile: join(folder, 'sign-in.journal') });
  const web = await createWeb({
    records,
    treaty,
    letters: createLetters({ folder: TEMPLATES }),
    clock,
    post,
    baseUrl,
    mailFrom: MAIL_FROM,
    mailboxUrl: mailbox.webUrl,
    simulation,
  });
  await web.listen({ host: '127.0.0.1', port });
  return { mailbox, web, baseUrl };
}

const TEMPLATES = join(import.meta.dirname, '../templates');
export const MAIL_FROM = 'secretariat@isu.example';

async function hireWorkers({
  settings,
  records,
  clock,
  folder,
  bundle,
  mailbox,
  baseUrl,
}: {
  settings: WorldSettings;
  records: Records;
  clock: JumpingClock;
  folder: string;
  bundle: WorkflowBundleWithSourceMap;
  mailbox: Mailbox;
  baseUrl: string;
}): Promise<{ workers: Worker[] } & Pick<ReturnType<typeof composeWorker>, 'outbox' | 'incoming'>> {
  const { client, nativeConnection, namespace } = clock.environment;
  const composed = composeWorker({
    records,
    treaty: settings.treaty,
    letters: createLetters({ folder: TEMPLATES }),
    engine: createEngine({ client }),
    inbox: createMailboxInbox({ url: mailbox.webUrl, address: MAIL_FROM }),
    clock,
    log: settings.log ?? pino({ level: 'silent' }),
    smtpUrl: mailbox.smtpUrl,
    baseUrl,
    mailFrom: MAIL_FROM,
    dataFolder: folder,
  });
  const { activities, outbox, incoming } = composed;
  const connection = nativeConnection;
  const workers = await createWorkers({
    connection,
    namespace: namespace ?? 'default',
    activities,
    bundle,
    lettersPerMinute: null,
  });
  return { workers, outbox, incoming };
}
