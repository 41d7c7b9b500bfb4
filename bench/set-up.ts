import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { secondsOf } from './numbers.ts';
import { inPlace } from './place.ts';
import { ROOT, runCommand } from './programs.ts';
import { type Row, row } from './row.ts';

const PATIENCE = 900;
/** npm writes its account of what it installed as the last thing it does. */
const PACKAGES_ARE_THERE = 'node_modules/.package-lock.json';
/** What would spare the set-up its work. */
const FOUND_ELSEWHERE = ['TEMPORAL_CLI_PATH', 'TEMPORAL_TEST_SERVER_PATH'];

/**
 * From nothing: a clone of what is committed, empty caches, `node setup.mjs`. The floor is the part of it that npm needs
 * to install the packages.
 */
export async function measureSetUp(): Promise<Row[]> {
  return await inPlace(async ({ folder }) => {
    const clone = join(folder, 'clone');
    const installed = watchFor(join(clone, PACKAGES_ARE_THERE));
    const value = await secondsOf(() => setUp({ folder, clone })).finally(installed.stop);
    return [row({ name: 'set-up from nothing', value, unit: 's', floor: installed.after(), bar: { atMost: 120 } })];
  });
}

async function setUp({ folder, clone }: { folder: string; clone: string }): Promise<void> {
  const env = { npm_config_cache: join(folder, 'npm'), XDG_CACHE_HOME: join(folder, 'cache') };
  await runCommand({ command: 'git', args: ['clone', '--quiet', ROOT, clone], within: PATIENCE });
  const command = { command: process.execPath, args: ['setup.mjs'], folder: clone, env, without: FOUND_ELSEWHERE };
  await runCommand({ ...command, within: PATIENCE });
}

/** After how many seconds the file was there; null: never. */
function watchFor(file: string): { after: () => number | null; stop: () => void } {
  const began = performance.now();
  let seen: number | null = null;
  const timer = setInterval(() => {
    if (seen === null && existsSync(file)) seen = (performance.now() - began) / 1000;
  }, 100);
  return { after: () => seen, stop: () => clearInterval(timer) };
}
