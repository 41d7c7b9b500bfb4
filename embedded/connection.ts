import pg from 'pg';

/** Runs with a connection of its own and closes it, whatever happens. Throws a sentence when nobody answers there. */
export async function withConnection<T>({
  url,
  run,
}: {
  url: string;
  run: (client: pg.Client) => Promise<T>;
}): Promise<T> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  // Without a listener a database that stops in the meantime would end this process.
  client.on('error', () => {});
  try {
    await client.connect().catch((error: Error & { code?: string }) => {
      const { host, pathname } = new URL(url);
      const reason = error.message || error.code;
      const sentence = `The database ${host}${pathname} does not answer (${reason}). Is DATABASE_URL right?`;
      throw Object.assign(new Error(sentence, { cause: error }), { code: error.code });
    });
    return await run(client);
  } finally {
    await client.end();
  }
}
