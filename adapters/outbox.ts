import type { Prisma, Transaction } from './records.ts';

/** What carries a fact to its workflow; written in the transaction of the fact itself. */
export async function post(
  tx: Transaction,
  fact: {
    id: string;
    workflowId: string;
    kind: 'start' | 'update' | 'signal';
    name: string;
    payload: Prisma.InputJsonObject;
  },
): Promise<void> {
  await tx.outbox.createMany({ data: fact });
}
