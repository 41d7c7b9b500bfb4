import { createHash, randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type pg from 'pg';
import { withConnection } from './connection.ts';

type Migration = { name: string; script: string; checksum: string };

const FOLDER = join(import.meta.dirname, '../prisma/migrations');
/** Any number that only we use: whoever migrates holds it, and the others wait. */
const LOCK = 8_119_202_708;
/** As Prisma's own command makes it, so that either can go on where the other stopped. */
const BOOK = `create table if not exists _prisma_migrations (
  id varchar(36) primary key not null,
  checksum varchar(64) not null,
  finished_at timestamptz,
  migration_name varchar(255) not null,
  logs text,
  rolled_back_at timestamptz,
  started_at timestamptz not null default now(),
  applied_steps_count integer not null default 0
)`;

/**
 * Brings a database to the newest of `prisma/migrations` and returns the names of those applied now.
 *
 * Each is applied whole or not at all, in one transaction together with its entry in the book. Prisma's engine is not
 * used because its driver cuts a script at every semicolon, also inside the body of a trigger.
 */
export async function migrate({ url, folder = FOLDER }: { url: string; folder?: string }): Promise<string[]> {
  const wanted = readMigrations(folder);
  return withConnection({
    url,
    run: async (client) => {
      await client.query('select pg_advisory_lock($1)', [LOCK]);
      const missing = await findMissing({ client, wanted });
      for (const migration of missing) await apply({ client, migration });
      return missing.map(({ name }) => name);
    },
  });
}

function readMigrations(folder: string): Migration[] {
  const names = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return names
    .map(({ name }) => name)
    .sort()
    .map((name) => {
      const script = readFileSync(join(folder, name, 'migration.sql'), 'utf8');
      return { name, script, checksum: createHash('sha256').update(script).digest('hex') };
    });
}

async function findMissing({ client, wanted }: { client: pg.Client; wanted: Migration[] }): Promise<Migration[]> {
  await client.query(BOOK);
  const { rows } = await client.query<{ name: string; checksum: string; finished: boolean }>(
    `select migration_name as name, checksum, finished_at is not null as finished
       from _prisma_migrations where rolled_back_at is null`,
  );
  for (const { name, checksum, finished } of rows) {
    const file = wanted.find((migration) => migration.name === name);
    if (!finished) throw new Error(`Migration ${name} was begun by another program and failed. Restore the database.`);
    if (!file)
      throw new Error(`The database is newer than this program: it holds migration ${name}. Upgrade Focalpoint.`);
    if (file.checksum !== checksum) {
      throw new Error(
        `Migration ${name} was changed after it had been applied. Restore the file; add a new migration.`,
      );
    }
  }
  return wanted.filter((migration) => !rows.some(({ name }) => name === migration.name));
}

async function apply({ client, migration }: { client: pg.Client; migration: Migration }): Promise<void> {
  try {
    await client.query('begin');
    // Without parameters PostgreSQL reads the whole script itself, statement by statement.
    await client.query(migration.script);
    await client.query(
      `insert into _prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count)
       values ($1, $2, $3, now(), 1)`,
      [randomUUID(), migration.checksum, migration.name],
    );
    await client.query('commit');
  } catch (error) {
    throw new Error(`Migration ${migration.name} failed and left no trace: ${(error as Error).message}`, {
      cause: error,
    });
  }
}
