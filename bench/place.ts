import { rmSync } from 'node:fs';
import { openRecords, type Records } from '../adapters/records.ts';
import { temporaryFolder } from '../embedded/folder.ts';
import { migrate } from '../embedded/migrate.ts';
import { startPostgres } from '../embedded/postgres.ts';
import { say } from './pace.ts';

/** Where one measure is taken: a folder of its own, and what it started, stopped afterwards in reverse order. */
export type Place = { folder: string; afterwards(stop: () => unknown): void };

export async function inPlace<Result>(work: (place: Place) => Promise<Result>): Promise<Result> {
  const folder = temporaryFolder('bench');
  const remove = () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  process.once('exit', remove);
  const stops: (() => unknown)[] = [];
  try {
    return await work({ folder, afterwards: (stop) => stops.push(stop) });
  } finally {
    for (const stop of stops.reverse()) await attempt(stop);
    process.off('exit', remove);
    remove();
  }
}

/** What does not stop must not keep the rest from being stopped. */
async function attempt(stop: () => unknown): Promise<void> {
  try {
    await stop();
  } catch (error) {
    say(`  ${(error as Error).message}`);
  }
}

/** An empty, migrated database that keeps what it acknowledges, as the product's does. */
export async function database({ folder, afterwards }: Place): Promise<{ url: string; records: Records }> {
  const postgres = await startPostgres({ folder });
  afterwards(postgres.stop);
  await migrate({ url: postgres.url });
  const records = openRecords({ url: postgres.url });
  afterwards(() => records.$disconnect());
  return { url: postgres.url, records };
}
