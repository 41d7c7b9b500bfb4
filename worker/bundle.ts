import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { bundleWorkflowCode, type WorkflowBundleWithSourceMap } from '@temporalio/worker';

const ROOT = join(import.meta.dirname, '..');

/** The workflows as one script, made once a run (1 to 2 s) and shared by every worker of it. */
export async function workflowBundle(): Promise<WorkflowBundleWithSourceMap> {
  return await bundleWorkflowCode({
    workflowsPath: fileURLToPath(new URL('../workflows/index.ts', import.meta.url)),
    logger: { log() {}, trace() {}, debug() {}, info() {}, warn: console.warn, error: console.error },
  });
}

/**
 * The same script as a file of this folder, made only when the workflows have changed since, and by a process of its
 * own: the compiler it takes would otherwise stay in the memory of a worker that runs for months.
 */
export async function workflowBundleFile(folder: string): Promise<{ codePath: string }> {
  const codePath = join(folder, `workflows-${sumOfSources()}.cjs`);
  const maker = fileURLToPath(new URL('./write-bundle.ts', import.meta.url));
  if (!existsSync(codePath)) await promisify(execFile)(process.execPath, ['--import', 'tsx', maker, codePath]);
  return { codePath };
}

/** Of all that a workflow may import (the rule in .dependency-cruiser.mjs): our two folders, and packages. */
function sumOfSources(): string {
  const sum = createHash('sha256').update(readFileSync(join(ROOT, 'package-lock.json')));
  for (const folder of ['domain', 'workflows']) {
    const names = readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' });
    for (const name of names.filter((each) => each.endsWith('.ts')).sort())
      sum.update(`\0${folder}/${name}\0`).update(readFileSync(join(ROOT, folder, name)));
  }
  return sum.digest('hex').slice(0, 16);
}
