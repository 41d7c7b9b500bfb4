import pg from 'pg';

/** Runs with a connection of its own and closes it, whatever happens. */
export async function withConnection<T>({
  url,
  run,
}: {
  url: string;
  run: (client: pg.Client) => Promise<T>;
}): Promise<T> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  // Without a listener a database that stops in the meantime would end this process.
  client.on('error', () => {});
  try {
    await client.connect();
    return await run(client);
  } finally {
    await client.end();
  }
}
