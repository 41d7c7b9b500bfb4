import { join } from 'node:path';
import { NativeConnection, type NativeConnectionOptions, Runtime } from '@temporalio/worker';
import { type Logger, pino } from 'pino';
import { systemClock } from '../adapters/clock.ts';
import { connectEngine, createEngine, engineAddress, keepHistories } from '../adapters/engine.ts';
import { createImapInbox } from '../adapters/inbox/imap.ts';
import { createMailboxInbox, type Inbox } from '../adapters/inbox.ts';
import { createIncomingFiles } from '../adapters/incoming-file.ts';
import { createLetters } from '../adapters/letters.ts';
import { openRecords } from '../adapters/records.ts';
import { loadTreaty } from '../adapters/treaty.ts';
import { type Config, readConfig } from '../config/index.ts';
import { seedRegister } from '../prisma/seed.ts';
import { workflowBundleFile } from './bundle.ts';
import { createWorkers } from './cases.ts';
import { composeWorker } from './compose.ts';
import { createDoorbell } from './doorbell.ts';

const BOOT_PATIENCE_MS = 10 * 60_000;

/** The worker process: workflows, letters, outbox, incoming mail. Ends when its parent does or at SIGTERM. */
async function main(): Promise<void> {
  const config = readConfig(process.env);
  const log = pino({ name: 'worker', level: config.logLevel });
  const logging = { forward: {}, filter: 'ERROR' };
  Runtime.install({ shutdownSignals: [], logger: quiet(log), telemetryOptions: { logging } });
  const stop = new AbortController();
  for (const end of ['SIGTERM', 'SIGINT', 'disconnect']) process.once(end, () => stop.abort());

  const bundle = workflowBundleFile(config.dataFolder);
  const records = openRecords({ url: config.databaseUrl });
  const treaty = loadTreaty({ folder: config.treatyFolder });
  await seedRegister({ records, treaty, now: systemClock.now() });
  const client = await connectEngine({ ...config.temporal, patienceMs: BOOT_PATIENCE_MS });
  await keepHistories({ client, days: 90 }).catch(() => log.warn('the engine keeps ended cases by its own rule'));
  const connection = await NativeConnection.connect(engineAddress(config.temporal.address) as NativeConnectionOptions);

  const letters = createLetters({ folder: join(import.meta.dirname, '../templates') });
  const inbox = inboxOf(config);
  const files = createIncomingFiles({ maxBytes: treaty.policy.upload.maxBytes, clamdUrl: config.clamdUrl });
  const engine = createEngine({ client });
  const parts = { records, treaty, letters, engine, inbox, files, clock: systemClock, log };
  const { activities, outbox, incoming, chainHead } = composeWorker({ ...config, ...parts });
  const { namespace } = config.temporal;
  const lettersPerMinute = treaty.policy.mail.perMinute;
  const workers = await createWorkers({ connection, namespace, activities, bundle: await bundle, lettersPerMinute });

  const { signal } = stop;
  const bell = createDoorbell({ url: config.databaseUrl, channel: 'outbox', atLeastEveryMs: 2_000, signal });
  signal.addEventListener('abort', () => workers.forEach((worker) => worker.shutdown()));
  // Told to stop while it was starting: there is nothing to end yet.
  if (signal.aborted) return;
  process.send?.('ready');
  await Promise.all([
    ...workers.map((worker) => worker.run()),
    outbox.run({ bell, signal }),
    incoming.run(signal),
    chainHead.run(signal),
  ]);
  await Promise.all([connection.close(), client.connection.close(), records.$disconnect()]);
}

/** Where answers are read: a mail server, the built-in mailbox, or nowhere, because somebody reads them elsewhere. */
function inboxOf({ imap, mailboxUrl, mailFrom }: Config): Inbox {
  if (imap) return createImapInbox(imap);
  if (mailboxUrl) return createMailboxInbox({ url: mailboxUrl, address: mailFrom });
  return { fetchAfter: async () => [] };
}

/** Temporal's own log, without the payloads it may attach, and without its surprise that mail has no workflows. */
function quiet(log: Logger) {
  const silent = () => {};
  const warn = (message: string) => {
    if (!message.startsWith('No workflows registered')) log.warn(message);
  };
  return {
    log: silent,
    trace: silent,
    debug: silent,
    info: silent,
    warn,
    error: (message: string) => log.error(message),
  };
}

try {
  await main();
  // The channel to the parent would keep an idle process alive.
  process.exit(0);
} catch (error) {
  console.error(`The worker cannot go on. ${(error as Error).message}`);
  process.exit(1);
}
