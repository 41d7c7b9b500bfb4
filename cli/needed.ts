import { join } from 'node:path';
import { startMailbox } from '../embedded/mailbox.ts';
import { migrate } from '../embedded/migrate.ts';
import { startPostgres } from '../embedded/postgres.ts';
import { startTemporal } from '../embedded/temporal.ts';
import { keepServer } from './keep-server.ts';

/** Where the product listens unless its ports are taken. */
export const PORTS = { web: 3000, mailbox: 3001, smtp: 3025, temporal: 7733, postgres: 5544 };

type Env = NodeJS.ProcessEnv;
/** How to stop what was started, in the order of starting. */
export type Started = (() => Promise<void> | void)[];
type Needing = { env: Env; folder: string; ports: typeof PORTS; started: Started; say: (sentence: string) => void };

/**
 * What worker and web stand on, all at the same time: what the environment names is asked whether it answers, the rest
 * is started. Returns the addresses of what was started.
 *
 * Throws a sentence when a built-in server does not start, or when the database does not take us. An engine or a mail
 * server that does not answer is told and waited for: nothing is lost meanwhile.
 */
export async function startNeeded(needing: Needing): Promise<Env> {
  await askNamed(needing);
  const parts = await Promise.allSettled([database(needing), engine(needing), mailbox(needing)]);
  // Thrown only now, when those that did start have told how to stop them.
  return Object.assign({}, ...parts.map(valueOf)) as Env;
}

function valueOf(part: PromiseSettledResult<Env>): Env {
  if (part.status === 'rejected') throw part.reason;
  return part.value;
}

async function database({ env, folder, ports, started, say }: Needing): Promise<Env> {
  const named = env['DATABASE_URL'];
  if (named) {
    await migrate({ url: named });
    return {};
  }
  say('Starting PostgreSQL …');
  const start = (port: number) => startPostgres({ folder, port });
  const postgres = await keepServer({ name: 'PostgreSQL', port: ports.postgres, start, say });
  started.push(postgres.stop);
  await migrate({ url: postgres.url });
  return { DATABASE_URL: postgres.url };
}

async function engine({ env, folder, ports, started, say }: Needing): Promise<Env> {
  if (env['TEMPORAL_ADDRESS']) return {};
  say('Starting Temporal …');
  const start = (port: number) => startTemporal({ folder, port });
  const temporal = await keepServer({ name: 'Temporal', port: ports.temporal, start, say });
  started.push(temporal.stop);
  return { TEMPORAL_ADDRESS: temporal.address };
}

async function mailbox({ env, folder, ports, started, say }: Needing): Promise<Env> {
  if (env['SMTP_URL']) return {};
  say('Starting the mailbox …');
  const place = { folder: join(folder, 'mailbox'), smtpPort: ports.smtp, webPort: ports.mailbox };
  const { smtpUrl, webUrl, stop } = await startMailbox(place);
  started.push(stop);
  return { SMTP_URL: smtpUrl, MAILBOX_URL: webUrl };
}

const WAITED_FOR = [
  { variable: 'TEMPORAL_ADDRESS', part: 'examineEngine', meanwhile: 'Cases stand still until it answers.' },
  { variable: 'SMTP_URL', part: 'examineMail', meanwhile: 'Letters wait until it does; none is lost.' },
  { variable: 'IMAP_URL', part: 'examineInbox', meanwhile: 'What people write is read once it can be.' },
] as const;

/** Asks, and does not wait for the answers: a server that is away takes seconds to be found so. */
async function askNamed({ env, folder, ports, say }: Needing): Promise<void> {
  const named = WAITED_FOR.filter(({ variable }) => env[variable]);
  if (named.length === 0) return;
  // Loaded before the servers start: while modules are read nobody hears them answer.
  const parts = await import('./doctor/parts.ts');
  const place = { env, folder, isRunning: false, ports };
  for (const { part, meanwhile } of named)
    void parts[part](place).catch(({ message }: Error) => say(`Warning: ${message}\n         ${meanwhile}`));
}
