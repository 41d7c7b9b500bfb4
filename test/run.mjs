import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// Runs Jest with the arguments given and closes with a plain line: N passed, N failed.

const ROOT = join(import.meta.dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'focalpoint-results-'));
const results = join(folder, 'results.json');
const { CI } = process.env;

const jest = [
  '--experimental-vm-modules',
  '--disable-warning=ExperimentalWarning',
  'node_modules/jest/bin/jest.js',
  '--json',
  `--outputFile=${results}`,
  ...process.argv.slice(2),
];
const { status } = spawnSync(process.execPath, jest, {
  cwd: ROOT,
  stdio: 'inherit',
  // Where nobody looks, a browser test that was skipped must not pass for one that ran.
  env: { ...process.env, TZ: 'UTC', ...(CI ? { FOCALPOINT_REQUIRE_BROWSER: '1' } : {}) },
});
const counts = existsSync(results) ? JSON.parse(readFileSync(results, 'utf8')) : null;
rmSync(folder, { recursive: true, force: true });

const passed = counts?.numPassedTests ?? 0;
// A file that could not be read holds tests that nobody counted.
const failed = counts ? counts.numFailedTests + counts.numRuntimeErrorTestSuites : 1;
const skipped = (counts?.numPendingTests ?? 0) + (counts?.numTodoTests ?? 0);
process.stdout.write(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}\n`);
process.exit(status === 0 && failed === 0 ? 0 : status || 1);
