import { createConnection } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import {
  Client,
  Connection,
  type ConnectionOptions,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
} from '@temporalio/client';
import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import { loadClientConnectConfig } from '@temporalio/envconfig';

/** The workflow engine as the rest of the product needs it: start a case, tell a case. */
export type Engine = {
  /** Starts the case unless it was ever started. Returns at once when it runs already. */
  start(start: { workflow: string; workflowId: string; input: unknown; summary?: string }): Promise<void>;
  /**
   * `delivered`; `refused` by the case; or `notRunning`: the engine knows no such case, or only one that has ended. Which
   * of these it is, and whether it will be there again, only the record can say. Throws on a passing fault.
   */
  tell(message: {
    kind: 'update' | 'signal';
    workflowId: string;
    name: string;
    id: string;
    payload: unknown;
  }): Promise<'delivered' | 'refused' | 'notRunning'>;
};

export const CASES_QUEUE = 'cases';
export const MAIL_QUEUE = 'mail';

/** How long one call may take. A worker that is away must not hold the outbox; the same call is made again. */
const CALL_MS = 10_000;

export function createEngine({ client, taskQueue = CASES_QUEUE }: { client: Client; taskQueue?: string }): Engine {
  return {
    async start({ workflow, workflowId, input, summary }) {
      const options = { taskQueue, workflowId, args: [input], workflowIdReusePolicy: 'REJECT_DUPLICATE' as const };
      try {
        await client.withDeadline(Date.now() + CALL_MS, () =>
          client.workflow.start(workflow, { ...options, staticSummary: summary ?? workflowId }),
        );
      } catch (error) {
        if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
      }
    },
    async tell({ kind, workflowId, name, id, payload }) {
      const handle = client.workflow.getHandle(workflowId);
      try {
        await client.withDeadline(Date.now() + CALL_MS, async () => {
          if (kind === 'signal') await handle.signal(name, payload);
          else await handle.executeUpdate(name, { args: [payload], updateId: id });
        });
        return 'delivered';
      } catch (error) {
        if (error instanceof WorkflowNotFoundError) return 'notRunning';
        if (error instanceof WorkflowUpdateFailedError) return 'refused';
        throw error;
      }
    },
  };
}

/**
 * How to reach the engine: the address, and what `TEMPORAL_API_KEY` and `TEMPORAL_TLS…` of the environment add for a
 * cluster or Temporal Cloud. The same for clients and workers.
 */
export function engineAddress(address: string): ConnectionOptions {
  return { ...loadClientConnectConfig({ disableFile: true }).connectionOptions, address };
}

/** Left to itself, gRPC would look for an engine that was long away only every two minutes. */
const SOON_BACK = { 'grpc.max_reconnect_backoff_ms': 1_000 };

/**
 * Connects to the engine, waiting until its port answers: a refused first try would cost a second of back-off.
 * Gives up after `patienceMs` with a sentence.
 */
export async function connectEngine({
  address,
  namespace,
  patienceMs = 60_000,
}: {
  address: string;
  namespace: string;
  patienceMs?: number;
}): Promise<Client> {
  await answering(address, Date.now() + patienceMs);
  const connection = await Connection.connect({ ...engineAddress(address), channelArgs: SOON_BACK });
  return new Client({ connection, namespace });
}

const DAY_S = 86_400;

/**
 * Has the engine keep the histories of ended cases for so many days; the built-in server forgets after one. A namespace
 * that others administer keeps its own rule: then this fails, and the caller goes on.
 */
export async function keepHistories({ client, days }: { client: Client; days: number }): Promise<void> {
  const { namespace } = client.options;
  const { workflowService } = client.connection as Connection;
  const { config } = await workflowService.describeNamespace({ namespace });
  const ttl = { seconds: days * DAY_S } as never;
  if (Number(config?.workflowExecutionRetentionTtl?.seconds ?? 0) < days * DAY_S)
    await workflowService.updateNamespace({ namespace, config: { workflowExecutionRetentionTtl: ttl } });
}

/** Resolves when the address takes connections; throws a sentence when it has not by `until` (epoch milliseconds). */
async function answering(address: string, until: number): Promise<void> {
  const [host, port] = address.split(':');
  for (;;) {
    const open = await new Promise<boolean>((done) => {
      const socket = createConnection({ host: host!, port: Number(port), timeout: 1_000 });
      const end = (answer: boolean) => {
        socket.destroy();
        done(answer);
      };
      socket
        .once('connect', () => end(true))
        .once('error', () => end(false))
        .once('timeout', () => end(false));
    });
    if (open) return;
    if (Date.now() > until) throw new Error(`The workflow engine at ${address} does not answer. Is Temporal running?`);
    await pause(100);
  }
}
