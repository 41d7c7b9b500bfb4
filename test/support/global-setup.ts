import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../../embedded/folder.ts';
import { migrate } from '../../embedded/migrate.ts';
import { startPostgres } from '../../embedded/postgres.ts';
import { workflowBundle } from '../../worker/bundle.ts';

/** Once for all test files: one PostgreSQL with a migrated template, and the workflows as one script. */
export default async function setUp(): Promise<void> {
  const folder = temporaryFolder('tests');
  const postgres = await startPostgres({ folder, durable: false });
  await migrate({ url: postgres.url });
  const { code } = await workflowBundle();
  const codePath = join(folder, 'workflows.cjs');
  writeFileSync(codePath, code);
  process.env['TEST_DATABASE_URL'] = postgres.url;
  process.env['TEST_WORKFLOW_BUNDLE'] = codePath;
  Object.assign(globalThis, { focalpointTests: { postgres, folder } });
}
