import { waitingFacts } from '../../adapters/overview/waiting-facts.ts';
import { openRecords } from '../../adapters/records.ts';
import { waitingWords } from '../../domain/fact-words.ts';
import { withConnection } from '../../embedded/connection.ts';
import { runningPostgres } from '../../embedded/postgres.ts';
import type { Place } from '../doctor.ts';

/** Facts that do not reach their cases: what was decided is kept, and has no effect yet. */
export async function examineFacts({
  env,
  folder,
  isRunning,
}: Pick<Place, 'env' | 'folder' | 'isRunning'>): Promise<string> {
  const url = env['DATABASE_URL'] ?? (isRunning && folder ? runningPostgres(folder) : null);
  if (!url) return 'none are on their way: the product does not run here';
  const asked = await withConnection({ url, run: (client) => client.query(`SELECT to_regclass('"Outbox"') AS kept`) });
  if (asked.rows[0].kept === null) return 'none are on their way: the database is empty';
  const records = openRecords({ url });
  const waiting = await waitingFacts({ records }).finally(() => records.$disconnect());
  if (waiting.length === 0) return 'all have reached their cases';
  throw new Error(waiting.map(({ since, ...facts }) => waitingWords({ ...facts, since: utc(since) })).join(' '));
}

function utc(at: Date): string {
  return `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
