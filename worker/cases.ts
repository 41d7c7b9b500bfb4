import { type NativeConnection, Worker, type WorkflowBundleOption } from '@temporalio/worker';
import type { Activities } from '../activities/index.ts';
import { CASES_QUEUE, MAIL_QUEUE } from '../adapters/engine.ts';

/**
 * The two workers: `cases` runs workflows and writes rows, `mail` hands letters over at the rate the policy allows.
 * Both stop within 40 s of being asked; a letter in flight is given 25 s to end.
 */
export async function createWorkers({
  connection,
  namespace,
  activities,
  bundle,
  lettersPerMinute,
}: {
  connection: NativeConnection;
  namespace: string;
  activities: Activities;
  bundle: WorkflowBundleOption;
  /** Null: as fast as the server takes them (simulations and tests). */
  lettersPerMinute: number | null;
}): Promise<Worker[]> {
  const shutdown = { shutdownGraceTime: '25s', shutdownForceTime: '40s' } as const;
  const shared = { connection, namespace, ...shutdown };
  const cases = await Worker.create({
    ...shared,
    taskQueue: CASES_QUEUE,
    workflowBundle: bundle,
    activities,
    maxCachedWorkflows: 300,
  });
  const { sendLetter } = activities;
  const mail = await Worker.create({
    ...shared,
    taskQueue: MAIL_QUEUE,
    activities: { sendLetter },
    maxConcurrentActivityTaskExecutions: 10,
    ...(lettersPerMinute === null ? {} : { maxTaskQueueActivitiesPerSecond: lettersPerMinute / 60 }),
  });
  return [cases, mail];
}
