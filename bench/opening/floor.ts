import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { bundleWorkflowCode } from '@temporalio/worker';
import { CASES_QUEUE } from '../../adapters/engine.ts';
import type { Records } from '../../adapters/records.ts';
import { secondsOf } from '../numbers.ts';
import { eachOf, until } from '../pace.ts';
import type { Place } from '../place.ts';
import { ROOT, type Running, startOwn } from '../programs.ts';

/** A namespace of its own, so that its worker can have the product's options and queue. */
const NAMESPACE = 'bare';
const AT_ONCE = 25;

/** As many bare workflows on the same server, started by a client, until both rows of each are there. */
export async function openFloor({
  place,
  address,
  database: { url, records },
}: {
  place: Place;
  address: string;
  database: { url: string; records: Records };
}): Promise<{ worker: Running; open: (round: { round: number; cases: number }) => Promise<number> }> {
  const connection = await Connection.connect({ address });
  place.afterwards(() => connection.close());
  const retention = { seconds: 86_400 as never };
  await connection.workflowService.registerNamespace({
    namespace: NAMESPACE,
    workflowExecutionRetentionPeriod: retention,
  });
  const client = new Client({ connection, namespace: NAMESPACE });
  await until({ what: 'the namespace can be used', seconds: 30, look: () => isUsable(client) });
  const worker = await startOwn({
    script: 'bench/bare/worker.ts',
    args: [url, address, NAMESPACE, await bundleFile(place)],
  });
  place.afterwards(worker.stop);
  return {
    worker,
    open: ({ round, cases }) =>
      secondsOf(async () => {
        const all = Array.from({ length: cases }, (_, at) => `bare/${round}/${at}`);
        const options = { taskQueue: CASES_QUEUE, args: [{ round: `bare/${round}` }] };
        await eachOf({
          all,
          atOnce: AT_ONCE,
          act: async (workflowId) => void (await client.workflow.start('bareCase', { ...options, workflowId })),
        });
        const waiting = { caseId: `bare/${round}`, reason: 'second' };
        const look = async () => (await records.dateChange.count({ where: waiting })) === cases;
        await until({ what: `${cases} bare workflows wait`, seconds: 600, look });
      }),
  };
}

async function isUsable(client: Client): Promise<boolean> {
  try {
    await client.workflow.count();
    return true;
  } catch {
    return false;
  }
}

/** Compiled here, so that the compiler is not in the memory of the worker; the product does the same. */
async function bundleFile({ folder }: Place): Promise<string> {
  const silent = () => {};
  const logger = { log: silent, trace: silent, debug: silent, info: silent, warn: silent, error: console.error };
  const { code } = await bundleWorkflowCode({ workflowsPath: join(ROOT, 'bench/bare/workflows.ts'), logger });
  const file = join(folder, 'bare.cjs');
  writeFileSync(file, code);
  return file;
}
