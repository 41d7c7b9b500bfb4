import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

// All that must hold before a change goes in, the same here and in CI. `--without-tests` leaves the last one out.

const ROOT = join(import.meta.dirname, '..');
const BIN = join(ROOT, 'node_modules/.bin');
const FOLDERS = 'activities adapters bench cli config domain embedded prisma simulator test web worker workflows';

const checks = [
  { name: 'format', fix: 'npm run format', command: ['biome', 'check', '.'] },
  { name: 'lint', command: ['oxlint', '--type-aware'] },
  { name: 'types', command: ['tsc', '--noEmit', '-p', '.'] },
  { name: 'architecture', command: ['depcruise', '--output-type', 'err-long', ...FOLDERS.split(' ')] },
  { name: 'dead code', command: ['knip', '--no-config-hints'] },
  { name: 'tests', command: [process.execPath, 'test/run.mjs'] },
];

const wanted = checks.filter(({ name }) => name !== 'tests' || !process.argv.includes('--without-tests'));
const failed = wanted.filter((check) => !passes(check));
if (failed.length > 0) {
  const list = failed.map(({ name, fix }) => (fix ? `${name} (try: ${fix})` : name)).join(', ');
  say(`\nFailed: ${list}. See above.`);
  process.exit(1);
}
say(`\nAll ${wanted.length} checks hold.`);

function passes({ name, command: [program, ...args] }) {
  say(`\n── ${name}`);
  const begun = Date.now();
  const path = program === process.execPath ? program : join(BIN, program);
  const { status, error } = spawnSync(path, args, { cwd: ROOT, stdio: 'inherit' });
  if (error) say(error.message);
  say(`   ${status === 0 ? 'holds' : 'FAILS'}, ${((Date.now() - begun) / 1000).toFixed(1)} s`);
  return status === 0;
}

function say(line) {
  process.stdout.write(`${line}\n`);
}
