import type { Logger } from 'pino';
import type { Clock } from '../adapters/clock.ts';
import type { Engine } from '../adapters/engine.ts';
import { idOf } from '../adapters/fingerprint.ts';
import { type Records, type Transaction, writeTimeline } from '../adapters/records.ts';
import { putTask } from '../adapters/tasks.ts';
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

type Deps = { records: Records; engine: Engine; clock: Clock; log: Logger };

export function createOutbox(deps: Deps): Outbox {
  const drain = async () => {
    let carried = 0;
    for (;;) {
      const { tried, arrived } = await carryBatch(deps);
      carried += arrived;
      if (tried === 0) return carried;
    }
  };
  return {
    drain,
    async run({ bell, signal }) {
      while (!signal.aborted) {
        await drain().catch((error: unknown) =>
          deps.log.warn({ error: nameOf(error) }, 'outbox waits for the database'),
        );
        await bell.rung();
      }
    },
  };
}

/** Those that fell due first: what is held up falls due again later, and so holds up no others. */
async function carryBatch(deps: Deps): Promise<{ tried: number; arrived: number }> {
  return await deps.records.$transaction(
    async (tx) => {
      const facts = await tx.$queryRaw<Fact[]>`
        SELECT id, "workflowId", kind, name, payload, attempts FROM "Outbox" fact
        WHERE "deliveredAt" IS NULL AND "dueAt" <= now() AND NOT EXISTS (
          SELECT FROM "Outbox" before WHERE before."workflowId" = fact."workflowId" AND before."deliveredAt" IS NULL
            AND (before."createdAt", before.id) < (fact."createdAt", fact.id))
        ORDER BY "dueAt", "createdAt" LIMIT ${AT_ONCE} FOR UPDATE SKIP LOCKED`;
      const ends = await Promise.all(facts.map((fact) => carry({ tx, deps, fact })));
      // After all calls: the lock of the timeline is held for a moment only.
      for (const [at, fact] of facts.entries()) if (ends[at] === 'refused') await tellIsu({ tx, deps, fact });
      return { tried: facts.length, arrived: ends.filter((end) => end !== 'waits').length };
    },
    { timeout: 60_000 },
  );
}

type Carrying = { tx: Transaction; deps: Deps; fact: Fact };
type End = 'delivered' | 'closed' | 'refused';

/** One fact to its workflow. Not carried: tried again in 1, 2, then every 4 seconds. */
async function carry({ tx, deps, fact }: Carrying): Promise<End | 'waits'> {
  const { id, workflowId, kind, name } = fact;
  try {
    const end = await endOf({ tx, deps, fact });
    const lastError = end === 'delivered' ? null : `the case is ${end}`;
    await tx.outbox.update({ where: { id }, data: { deliveredAt: new Date(), lastError } });
    return end;
  } catch (error) {
    deps.log.warn({ fact: id, workflowId, kind, name, error: nameOf(error) }, 'fact not carried yet');
    const seconds = 2 ** Math.min(fact.attempts, 2);
    // By the database's clock, which also says what is due.
    await tx.$executeRaw`
      UPDATE "Outbox" SET attempts = attempts + 1, "lastError" = ${nameOf(error)},
        "dueAt" = clock_timestamp() + make_interval(secs => ${seconds}) WHERE id = ${id}::uuid`;
    return 'waits';
  }
}

/** Throws while the fact may still arrive: its case is not there yet, or not there any more though nobody closed it. */
async function endOf({ tx, deps, fact }: Carrying): Promise<End> {
  const end = await deliver({ engine: deps.engine, fact });
  if (end === 'delivered') return end;
  const known = await tx.case.findUnique({ where: { id: fact.workflowId }, select: { closedAt: true } });
  if (end === 'notRunning') {
    if (known?.closedAt) return 'closed';
    throw new CaseNotRunning();
  }
  if (known && fact.attempts >= REFUSALS_UNTIL_FINAL) return end;
  throw new RefusedByCase();
}

async function deliver({ engine, fact }: { engine: Engine; fact: Fact }) {
  const { id, workflowId, kind, name, payload } = fact;
  if (kind === 'start') {
    await engine.start({ workflow: name, workflowId, input: payload });
    return 'delivered' as const;
  }
  return await engine.tell({ kind: kind as 'update' | 'signal', workflowId, name, id, payload });
}

/** A decision that its case will not take any more is put before the ISU: it was given in good faith. */
async function tellIsu({ tx, deps, fact }: Carrying): Promise<void> {
  const { id, workflowId: caseId } = fact;
  const what = { caseId, kind: 'decisionNotTaken' as const, about: { factId: id }, answers: ['noted'] };
  const acts = await putTask(tx, { id: idOf(`not taken ${id}`), ...what, at: deps.clock.now() });
  await writeTimeline(tx, ...acts);
}

/** The engine does not run it, and the record does not say that it is closed. */
class CaseNotRunning extends Error {
  override name = 'CaseNotRunning';
}

class RefusedByCase extends Error {
  override name = 'RefusedByCase';
}

/** The class of an error, never its text: that may hold what a person wrote. */
function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'Error';
}
