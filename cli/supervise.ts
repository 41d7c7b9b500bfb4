import { join } from 'node:path';
import { loadTreaty } from '../adapters/treaty.ts';
import { type Config, readConfig } from '../config/index.ts';
import { withConnection } from '../embedded/connection.ts';
import { defaultFolder, lockFolder, openFolder } from '../embedded/folder.ts';
import { keptPorts } from '../embedded/ports.ts';
import { keepChild } from './keep-child.ts';
import { PORTS, type Started, startNeeded } from './needed.ts';

/** Where the ports that were taken are noted. */
export const PORTS_FILE = 'ports.json';
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
/** One Ctrl-C may arrive twice, from the terminal and from npm; a later one is a person who insists. */
const SAME_WISH = 1_000;

type Env = NodeJS.ProcessEnv;

/**
 * The product: starts what the environment does not name (PostgreSQL, Temporal, the mailbox), then the worker and the
 * web, keeps all of it up, and stops it in order on Ctrl-C, on SIGTERM, and when the terminal closes.
 *
 * Returns after an orderly stop; throws a sentence when it could not start. Leaves no process behind either way.
 */
export async function superviseProduct(env: Env): Promise<void> {
  const { dataFolder, treatyFolder } = checkEnvironment(env);
  // Before anything starts: worker and web would each say what is wrong with it.
  loadTreaty({ folder: treatyFolder });
  const folder = openFolder(dataFolder);
  const end = untilTold();
  const started: Started = [];
  try {
    started.push((await lockFolder(folder)).release);
    const complete = await environmentOf({ env, folder, started });
    await Promise.race([startOwn({ env: complete, started }), end.told]);
    if (!end.isTold()) say(greeting(complete, await adminOf(complete)));
    await end.told;
    say('Stopping …');
  } finally {
    for (const stop of started.reverse()) await stop();
  }
}

/** What is written in the environment must be right before anything starts; what is not written, we start ourselves. */
export function checkEnvironment(env: Env): Config {
  const placeholders = {
    DATABASE_URL: 'postgresql://embedded',
    TEMPORAL_ADDRESS: 'embedded:1',
    SMTP_URL: 'smtp://embedded',
    BASE_URL: 'http://embedded',
  };
  return readConfig({ ...placeholders, ...env, FOCALPOINT_DATA: defaultFolder(env) });
}

/** Everything our own programs are told, once what they stand on is there. */
async function environmentOf({ env, folder, started }: { env: Env; folder: string; started: Started }): Promise<Env> {
  const asked = env['PORT'] ? { web: Number(env['PORT']) } : {};
  const ports = await keptPorts({ file: join(folder, PORTS_FILE), preferred: PORTS, asked, say });
  const needed = await startNeeded({ env, folder, ports, started, say });
  const own = { BASE_URL: `http://localhost:${ports.web}`, ...env, ...needed, PORT: String(ports.web) };
  // At a terminal, what goes well is not worth a line each.
  return { LOG_LEVEL: 'warn', ...own, FOCALPOINT_DATA: folder, TZ: 'UTC' };
}

/** The web first, since a page is what people wait for; then the worker. Returns once both are up. */
async function startOwn({ env, started }: { env: Env; started: Started }): Promise<void> {
  for (const name of ['web', 'worker']) {
    say(name === 'web' ? 'Starting the console …' : `The console is open at ${env['BASE_URL']}. Starting the worker …`);
    const { stop, ready } = keepChild({ name, script: `${name}/main.ts`, env, say });
    started.push(stop);
    await ready;
  }
}

function untilTold(): { told: Promise<void>; isTold: () => boolean } {
  let toldAt: number | undefined;
  const told = new Promise<void>((resolve) => {
    for (const signal of SIGNALS) {
      process.on(signal, () => {
        // What we started ends by itself when we are gone.
        if (toldAt !== undefined && Date.now() - toldAt > SAME_WISH) process.exit(1);
        toldAt ??= Date.now();
        resolve();
      });
    }
  });
  return { told, isTold: () => toldAt !== undefined };
}

/** Who can sign in to open a cycle: the invented admin of an empty register, or the ISU's own. */
async function adminOf(env: Env): Promise<{ email: string; certainty: string } | undefined> {
  return await withConnection({
    url: env['DATABASE_URL']!,
    run: async (client) => {
      const admins = `SELECT email, certainty FROM "Person" WHERE role = 'admin' AND "leftAt" IS NULL ORDER BY email LIMIT 1`;
      return (await client.query<{ email: string; certainty: string }>(admins)).rows[0];
    },
  });
}

function greeting(env: Env, admin: { email: string; certainty: string } | undefined): string {
  const invented =
    admin?.certainty === 'invented' ? ', invented: put your own people in with `focalpoint import people`' : '';
  const signIn = admin ? `  Sign in   as ${admin.email}${invented}\n` : '';
  const mailbox = env['MAILBOX_URL']
    ? `  Mailbox   ${env['MAILBOX_URL']}   (letters land here and go nowhere else)\n`
    : '';
  return (
    `\nFocalpoint is running.\n  Console   ${env['BASE_URL']}\n${signIn}${mailbox}  Data      ${env['FOCALPOINT_DATA']}\n` +
    'Ctrl-C stops it.\n'
  );
}

// A terminal that has closed must not keep us from stopping in order.
process.stdout.on('error', () => {});

function say(sentence: string): void {
  process.stdout.write(`${sentence}\n`);
}
