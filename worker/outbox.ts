import type { Logger } from 'pino';
import type { Engine } from '../adapters/engine.ts';
import type { Records, Transaction } from '../adapters/records.ts';
import type { Doorbell } from './doorbell.ts';

/**
 * Carries facts to the workflows: tried at once, then until acknowledged; to one case in the order they came, the next
 * when the one before has arrived (the dates moved last must be heard last). The case takes each once. The engine may be
 * away for hours; whoever brought a fact never notices.
 */
export type Outbox = {
  /** Carries what is due now; returns how many arrived. */
  drain(): Promise<number>;
  /** Carries on until aborted, each time the bell rings. */
  run(waking: { bell: Doorbell; signal: AbortSignal }): Promise<void>;
};

type Fact = { id: string; workflowId: string; kind: string; name: string; payload: unknown; attempts: number };

const AT_ONCE = 20;
/** A fact whose case refuses it this often (a decision that overtook its own request) will not be taken any more. */
const REFUSALS_UNTIL_FINAL = 5;

export function createOutbox({ records, engine, log }: { records: Records; engine: Engine; log: Logger }): Outbox {
  const drain = async () => {
    let carried = 0;
    for (;;) {
      const batch = await carryBatch({ records, engine, log });
      carried += batch.arrived;
      if (batch.arrived === 0) return carried;
    }
  };
  return {
    drain,
    async run({ bell, signal }) {
      while (!signal.aborted) {
        await drain().catch((error: unknown) => log.warn({ error: nameOf(error) }, 'outbox waits for the database'));
        await bell.rung();
      }
    },
  };
}

async function carryBatch({ records, engine, log }: { records: Records; engine: Engine; log: Logger }) {
  return await records.$transaction(
    async (tx) => {
      const facts = await tx.$queryRaw<Fact[]>`
        SELECT id, "workflowId", kind, name, payload, attempts FROM "Outbox" fact
        WHERE "deliveredAt" IS NULL AND "dueAt" <= now() AND NOT EXISTS (
          SELECT FROM "Outbox" before WHERE before."workflowId" = fact."workflowId" AND before."deliveredAt" IS NULL
            AND (before."createdAt", before.id) < (fact."createdAt", fact.id))
        ORDER BY "createdAt" LIMIT ${AT_ONCE} FOR UPDATE SKIP LOCKED`;
      const arrived = await Promise.all(facts.map((fact) => carry({ tx, engine, log, fact })));
      return { arrived: arrived.filter(Boolean).length };
    },
    { timeout: 60_000 },
  );
}

/** One fact to its workflow. Not carried: tried again in 1, 2, 4 … at most 8 seconds. */
async function carry({
  tx,
  engine,
  log,
  fact,
}: {
  tx: Transaction;
  engine: Engine;
  log: Logger;
  fact: Fact;
}): Promise<boolean> {
  const { id, workflowId, kind, name } = fact;
  try {
    const end = await deliver({ engine, fact });
    if (end === 'refused' && fact.attempts < REFUSALS_UNTIL_FINAL) throw new Error('refused by its case for now');
    const lastError = end === 'delivered' ? null : `the case is ${end}`;
    await tx.outbox.update({ where: { id }, data: { deliveredAt: new Date(), lastError } });
    return true;
  } catch (error) {
    log.warn({ fact: id, workflowId, kind, name, error: nameOf(error) }, 'fact not carried yet');
    const dueAt = new Date(Date.now() + 1000 * 2 ** Math.min(fact.attempts, 3));
    await tx.outbox.update({ where: { id }, data: { attempts: { increment: 1 }, dueAt, lastError: nameOf(error) } });
    return false;
  }
}

async function deliver({ engine, fact }: { engine: Engine; fact: Fact }) {
  const { id, workflowId, kind, name, payload } = fact;
  if (kind === 'start') {
    await engine.start({ workflow: name, workflowId, input: payload });
    return 'delivered' as const;
  }
  return await engine.tell({ kind: kind as 'update' | 'signal', workflowId, name, id, payload });
}

/** The class of an error, never its text: that may hold what a person wrote. */
function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'Error';
}
