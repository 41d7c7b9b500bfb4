import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pino from 'pino';
import { systemClock } from '../adapters/clock.ts';
import { createIncomingFiles } from '../adapters/incoming-file.ts';
import { createLetters } from '../adapters/letters.ts';
import { createPost } from '../adapters/post.ts';
import { openRecords, type Records } from '../adapters/records.ts';
import { loadTreaty } from '../adapters/treaty.ts';
import { type Config, readConfig } from '../config/index.ts';
import { createWeb } from './app.ts';

/** How long a start waits for a database that is still coming up. */
const PATIENCE_MS = 60_000;

/** The web process: pages on 127.0.0.1, ended by SIGTERM, Ctrl-C, or the end of the parent that started it. */
async function main(config: Config): Promise<void> {
  const logger = pino({ name: 'web', level: config.logLevel });
  const records = openRecords({ url: config.databaseUrl });
  await awaitDatabase(records);
  const treaty = loadTreaty({ folder: config.treatyFolder });
  const app = await createWeb({
    logger,
    records,
    treaty,
    letters: createLetters({ folder: join(import.meta.dirname, '../templates') }),
    files: createIncomingFiles({ maxBytes: treaty.policy.upload.maxBytes, clamdUrl: config.clamdUrl }),
    clock: systemClock,
    post: createPost({ smtpUrl: config.smtpUrl, journalFile: join(config.dataFolder, 'web.journal') }),
    baseUrl: config.baseUrl,
    mailFrom: config.mailFrom,
    mailboxUrl: config.mailboxUrl,
  });
  let isEnding = false;
  const end = async () => {
    if (isEnding) return;
    isEnding = true;
    await app.close();
    await records.$disconnect();
    process.exit(0);
  };
  process.once('SIGTERM', end).once('SIGINT', end).once('disconnect', end);
  await app.listen({ host: '127.0.0.1', port: config.port });
  process.send?.('ready');
}

async function awaitDatabase(records: Records): Promise<void> {
  const giveUpAt = Date.now() + PATIENCE_MS;
  for (;;) {
    try {
      await records.$queryRaw`SELECT 1`;
      return;
    } catch (error) {
      if (Date.now() > giveUpAt) throw error;
      await pause(500);
    }
  }
}

try {
  await main(readConfig(process.env));
} catch (error) {
  // The message and not the stack: whoever starts this reads a sentence with the fix.
  process.stderr.write(`${(error as Error).message}\n`);
  process.exit(1);
}
