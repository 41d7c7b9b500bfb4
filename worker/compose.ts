import { join } from 'node:path';
import type { Logger } from 'pino';
import { createActivities } from '../activities/index.ts';
import type { Clock } from '../adapters/clock.ts';
import type { Engine } from '../adapters/engine.ts';
import type { Inbox } from '../adapters/inbox.ts';
import type { IncomingFiles } from '../adapters/incoming-file.ts';
import type { Letters } from '../adapters/letters.ts';
import { createPost } from '../adapters/post.ts';
import type { Records } from '../adapters/records.ts';
import type { Treaty } from '../domain/treaty.ts';
import { createChainHead } from './chain-head.ts';
import { createIncoming } from './incoming.ts';
import { createOutbox } from './outbox.ts';

/** Config → deps → activities, outbox and incoming mail: the same in the product and in a simulation. */
export function composeWorker(given: {
  records: Records;
  treaty: Treaty;
  letters: Letters;
  engine: Engine;
  inbox: Inbox;
  files: IncomingFiles;
  clock: Clock;
  log: Logger;
  smtpUrl: string;
  baseUrl: string;
  mailFrom: string;
  dataFolder: string;
  evidenceAddress: string | null;
}) {
  const { records, treaty, letters, engine, inbox, files, clock, log, smtpUrl, baseUrl, mailFrom, dataFolder } = given;
  const post = createPost({ smtpUrl, journalFile: join(dataFolder, 'post.journal') });
  return {
    activities: createActivities({ records, letters, treaty, post, engine, baseUrl, mailFrom }),
    outbox: createOutbox({ records, engine, clock, log }),
    chainHead: createChainHead({ records, letters, post, treaty, clock, log, mailFrom, to: given.evidenceAddress }),
    incoming: createIncoming({ records, inbox, files, clock, policy: treaty.policy, log }),
  };
}
