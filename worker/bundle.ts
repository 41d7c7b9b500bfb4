import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { bundleWorkflowCode, type WorkflowBundleWithSourceMap } from '@temporalio/worker';

/** The workflows as one script, made once a run (1 to 2 s) and shared by every worker of it. */
export async function workflowBundle(): Promise<WorkflowBundleWithSourceMap> {
  return await bundleWorkflowCode({
    workflowsPath: fileURLToPath(new URL('../workflows/index.ts', import.meta.url)),
    logger: { log() {}, trace() {}, debug() {}, info() {}, warn: console.warn, error: console.error },
  });
}

/**
 * The same script as a file, made by a process of its own: the compiler it takes would otherwise stay in the memory of
 * a worker that runs for months.
 */
export async function workflowBundleFile(file: string): Promise<{ codePath: string }> {
  const maker = fileURLToPath(new URL('./write-bundle.ts', import.meta.url));
  await promisify(execFile)(process.execPath, ['--import', 'tsx', maker, file]);
  return { codePath: file };
}
