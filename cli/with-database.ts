import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defaultFolder, lockFolder, openFolder } from '../embedded/folder.ts';
import { migrate } from '../embedded/migrate.ts';
import { startPostgres } from '../embedded/postgres.ts';

/**
 * Does something with the product's database: the one the environment names, the embedded one of the running product,
 * or, when it does not run, the embedded one started for this.
 */
export async function withDatabase(env: NodeJS.ProcessEnv, act: (url: string) => Promise<void>): Promise<void> {
  if (env.DATABASE_URL) return await act(env.DATABASE_URL);
  const folder = openFolder(defaultFolder(env));
  const lock = await lockFolder(folder).catch(() => null);
  if (!lock) return await act(runningAddress(folder));
  try {
    const postgres = await startPostgres({ folder });
    await migrate({ url: postgres.url });
    await act(postgres.url).finally(() => postgres.stop());
  } finally {
    lock.release();
  }
}

/** PostgreSQL notes its own port in the fourth line of its lock file. */
function runningAddress(folder: string): string {
  const noted = join(folder, 'postgres', 'postmaster.pid');
  if (!existsSync(noted))
    throw new Error(`Focalpoint runs on ${folder} without its own database. Set DATABASE_URL and try again.`);
  const port = readFileSync(noted, 'utf8').split('\n')[3];
  const password = readFileSync(join(folder, 'postgres-password'), 'utf8').trim();
  return `postgresql://focalpoint:${password}@127.0.0.1:${port}/focalpoint`;
}
