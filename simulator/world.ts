import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { WorkflowBundleWithSourceMap } from '@temporalio/worker';
import { type Logger, pino } from 'pino';
import { createEngine } from '../adapters/engine.ts';
import { createMailboxInbox } from '../adapters/inbox.ts';
import { createIncomingFiles, type IncomingFiles } from '../adapters/incoming-file.ts';
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

/** Opens the world; when a part of it cannot start, what was started is closed again. */
export async function openWorld(settings: WorldSettings): Promise<World> {
  const stops: Stop[] = [];
  const close = async () => {
    for (let stop = stops.pop(); stop; stop = stops.pop()) await stop();
  };
  try {
    return { ...(await build(settings, stops)), close };
  } catch (error) {
    await close();
    throw error;
  }
}

type Stop = () => Promise<void> | void;
/** What the later parts stand on. */
type Ground = { settings: WorldSettings; folder: string; records: Records; files: IncomingFiles; clock: JumpingClock };
type Doors = { mailbox: Mailbox; baseUrl: string };

async function build(settings: WorldSettings, stops: Stop[]): Promise<Omit<World, 'close'>> {
  const { treaty, startsOn } = settings;
  const zone = treaty.policy.treatyTimeZone;
  const ground = await layGround(settings, stops);
  const { records, clock } = ground;
  await clock.advanceTo(instantOf(startsOn, '08:00', zone));
  await seedRegister({ records, treaty, now: clock.now() });
  const doors = await openDoors(ground, stops);
  const { outbox, incoming } = await hireWorkers({ ground, doors, stops });
  const settle = async () => {
    let moved: number;
    do moved = (await outbox.drain()) + (await incoming.collect());
    while (moved > 0);
  };
  const passTo = async (day: IsoDate) => {
    await clock.advanceTo(instantOf(day, QUIET_HOUR, zone));
    await settle();
  };
  const today = () => dateAt(clock.now().getTime(), zone);
  return { treaty, records, clock, ...doors, today, passTo, settle };
}

/** Database and clock. */
async function layGround(settings: WorldSettings, stops: Stop[]): Promise<Ground> {
  const folder = temporaryFolder('simulation');
  stops.push(() => rmSync(folder, { recursive: true, force: true }));
  const url = settings.databaseUrl ?? (await openDatabase(folder, stops));
  const records = openRecords({ url });
  stops.push(() => records.$disconnect());
  const clock = await startJumpingClock();
  stops.push(() => clock.stop());
  const files = createIncomingFiles({ maxBytes: settings.treaty.policy.upload.maxBytes, clamdUrl: null });
  stops.push(() => files.close());
  return { settings, folder, records, files, clock };
}

async function openDatabase(folder: string, stops: Stop[]): Promise<string> {
  const postgres = await startPostgres({ folder, durable: false });
  stops.push(() => postgres.stop());
  await migrate({ url: postgres.url });
  return postgres.url;
}

/** Mail server and pages, on ports that move up when they are taken. */
async function openDoors({ settings, records, files, clock, folder }: Ground, stops: Stop[]): Promise<Doors> {
  const { treaty, rejects, simulation, ports = { web: 0, mailbox: 0 } } = settings;
  const now = () => clock.exactNow();
  const mailbox = await startMailbox({ smtpPort: 0, webPort: await freePort(ports.mailbox), now, rejects });
  stops.push(() => mailbox.stop());
  const port = await freePort(ports.web);
  const baseUrl = `http://localhost:${port}`;
  const post = createPost({ smtpUrl: mailbox.smtpUrl, journalFile: join(folder, 'sign-in.journal') });
  const letters = createLetters({ folder: TEMPLATES });
  const parts = { records, treaty, letters, files, clock, post, baseUrl, mailFrom: MAIL_FROM, simulation };
  const web = await createWeb({ ...parts, mailboxUrl: mailbox.webUrl });
  stops.push(() => web.close());
  await web.listen({ host: '127.0.0.1', port });
  return { mailbox, baseUrl };
}

const TEMPLATES = join(import.meta.dirname, '../templates');
export const MAIL_FROM = 'secretariat@isu.example';

async function hireWorkers({ ground, doors, stops }: { ground: Ground; doors: Doors; stops: Stop[] }) {
  const { settings, records, files, clock, folder } = ground;
  const { client, nativeConnection: connection, namespace = 'default' } = clock.environment;
  const { activities, outbox, incoming } = composeWorker({
    records,
    treaty: settings.treaty,
    letters: createLetters({ folder: TEMPLATES }),
    engine: createEngine({ client }),
    inbox: createMailboxInbox({ url: doors.mailbox.webUrl, address: MAIL_FROM }),
    files,
    clock,
    log: settings.log ?? pino({ level: 'silent' }),
    smtpUrl: doors.mailbox.smtpUrl,
    baseUrl: doors.baseUrl,
    mailFrom: MAIL_FROM,
    dataFolder: folder,
    evidenceAddress: null,
  });
  const bundle = settings.bundle ?? (await workflowBundle());
  const workers = await createWorkers({ connection, namespace, activities, bundle, lettersPerMinute: null });
  const running = Promise.all(workers.map((worker) => worker.run()));
  stops.push(async () => {
    for (const worker of workers) worker.shutdown();
    await running;
  });
  return { outbox, incoming };
}
