import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { temporaryFolder } from '../../embedded/folder.ts';
import { migrate } from '../../embedded/migrate.ts';
import { startPostgres } from '../../embedded/postgres.ts';
import { workflowBundle } from '../../worker/bundle.ts';

/** Once for all test files: one PostgreSQL with a migrated template, and the workflows as one script. */
export default async function setUp(): Promise<void> {
  const postgres = await startPostgres({ folder: temporaryFolder('focalpoint-tests'), durable: false });
  await migrate({ url: postgres.url });
  const { code } = await workflowBundle();
  const codePath = join(mkdtempSync(join(tmpdir(), 'focalpoint-bundle-')), 'workflows.cjs');
  writeFileSync(codePath, code);
  process.env['TEST_DATABASE_URL'] = postgres.url;
  process.env['TEST_WORKFLOW_BUNDLE'] = codePath;
  Object.assign(globalThis, { focalpointTestPostgres: postgres });
}
