import { rmSync } from 'node:fs';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import { connectEngine } from '../../adapters/engine.ts';
import { createImapInbox, type InboxAway } from '../../adapters/inbox/imap.ts';
import { greet, hangUp, serverAt } from '../../adapters/post/server.ts';
import { withConnection } from '../../embedded/connection.ts';
import { temporaryFolder } from '../../embedded/folder.ts';
import { runningPostgres, startPostgres } from '../../embedded/postgres.ts';
import { startTemporal } from '../../embedded/temporal.ts';
import type { Place } from '../doctor.ts';

const PATIENCE = 5_000;
/** RFC 9051 §2.3.1.1: nothing can come after it. */
const LAST_UID = 4_294_967_294;

/** The database of the environment or of the running product is asked; else the built-in one is tried out elsewhere. */
export async function examineDatabase({ env, folder, isRunning }: Place): Promise<string> {
  const url = env['DATABASE_URL'] ?? (isRunning && folder ? runningPostgres(folder) : null);
  if (url) return `${await databaseVersion(url)} answers at ${new URL(url).host}`;
  return await tryOut(async (trial) => {
    const postgres = await startPostgres({ folder: trial, durable: false });
    return await databaseVersion(postgres.url).finally(postgres.stop);
  });
}

/** Likewise the engine. */
export async function examineEngine({ env, isRunning, ports }: Place): Promise<string> {
  const address = env['TEMPORAL_ADDRESS'] ?? (isRunning ? `127.0.0.1:${ports.temporal}` : null);
  const namespace = env['TEMPORAL_NAMESPACE'] ?? 'secretariat';
  if (address) return `${await engineVersion({ address, namespace })} answers at ${address}`;
  return await tryOut(async (trial) => {
    const temporal = await startTemporal({ folder: trial });
    return await engineVersion({ address: temporal.address, namespace: 'secretariat' }).finally(temporal.stop);
  });
}

/** Says hello to the mail server and signs in, as for a letter, and sends nothing. */
export async function examineMail({ env, isRunning, ports }: Place): Promise<string> {
  const smtpUrl = env['SMTP_URL'] ?? (isRunning ? `smtp://127.0.0.1:${ports.smtp}` : null);
  if (!smtpUrl) return 'built-in mailbox: letters land there and go nowhere else; set SMTP_URL to send them';
  const { host } = new URL(smtpUrl);
  const server = serverAt({ smtpUrl, socketTimeoutMs: PATIENCE });
  const connection = new SMTPConnection({ ...server.options, connectionTimeout: PATIENCE });
  try {
    await greet({ connection, server });
    return `the mail server at ${host} answers`;
  } catch (error) {
    throw new Error(`the mail server at ${host} takes no letters (${(error as Error).message}): correct SMTP_URL`);
  } finally {
    hangUp(connection);
  }
}

/** Opens the mailbox that answers are read from, and reads none. */
export async function examineInbox({ env }: Place): Promise<string> {
  const url = env['IMAP_URL'];
  if (!url && !env['SMTP_URL']) return 'they come to the built-in mailbox';
  if (!url) return 'no IMAP_URL: they are not read, somebody has to watch the mailbox of MAIL_FROM';
  const inbox = createImapInbox({ url, tokenFile: env['MAIL_TOKEN_FILE'] ?? null, patienceMs: PATIENCE });
  const { hostname } = new URL(url);
  try {
    await inbox.fetchAfter(async () => LAST_UID);
    return `the mailbox at ${hostname} answers`;
  } catch (error) {
    throw new Error(`the mailbox at ${hostname} cannot be read (${(error as InboxAway).reason}): correct IMAP_URL`);
  } finally {
    await inbox.close();
  }
}

async function databaseVersion(url: string): Promise<string> {
  const { rows } = await withConnection({ url, run: (client) => client.query('show server_version') });
  return `PostgreSQL ${rows[0].server_version}`;
}

async function engineVersion({ address, namespace }: { address: string; namespace: string }): Promise<string> {
  const { connection } = await connectEngine({ address, namespace, patienceMs: PATIENCE });
  try {
    return await connection.withDeadline(Date.now() + PATIENCE, async () => {
      await connection.workflowService.describeNamespace({ namespace });
      return `Temporal ${(await connection.workflowService.getSystemInfo({})).serverVersion}`;
    });
  } catch (error) {
    const reason = (error as Error).message;
    throw new Error(`Temporal at ${address} has no namespace ${namespace} for us (${reason}): see TEMPORAL_NAMESPACE`);
  } finally {
    await connection.close();
  }
}

async function tryOut(trial: (folder: string) => Promise<string>): Promise<string> {
  const folder = temporaryFolder('doctor');
  try {
    return `the built-in ${await trial(folder)} starts and stops`;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
