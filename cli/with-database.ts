import { defaultFolder, lockFolder, openFolder } from '../embedded/folder.ts';
import { migrate } from '../embedded/migrate.ts';
import { runningPostgres, startPostgres } from '../embedded/postgres.ts';

/**
 * Does something with the product's database: the one the environment names, the embedded one of the running product,
 * or, when it does not run, the embedded one started for this.
 */
export async function withDatabase(env: NodeJS.ProcessEnv, act: (url: string) => Promise<void>): Promise<void> {
  if (env.DATABASE_URL) return await act(env.DATABASE_URL);
  const folder = openFolder(defaultFolder(env));
  const lock = await lockFolder(folder).catch(() => null);
  if (!lock) {
    const url = runningPostgres(folder);
    if (!url) throw new Error(`Focalpoint runs on ${folder} without its own database. Set DATABASE_URL and try again.`);
    return await act(url);
  }
  try {
    const postgres = await startPostgres({ folder });
    await migrate({ url: postgres.url });
    await act(postgres.url).finally(() => postgres.stop());
  } finally {
    lock.release();
  }
}
