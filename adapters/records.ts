import { PrismaPg } from '@prisma/adapter-pg';
import { type Prisma, PrismaClient } from '../prisma/client/client.ts';

/** The record: every row the product keeps, in PostgreSQL. */
export type Records = PrismaClient;
/** The same inside one transaction. */
export type Transaction = Prisma.TransactionClient;
export type { Prisma };

/**
 * Opens the record. Connections are made when first needed and made anew after the database was away; a server that
 * restarts costs the call in flight, never the process.
 */
export function openRecords({ url, connections = 10 }: { url: string; connections?: number }): Records {
  const pool = { connectionString: url, max: connections, connectionTimeoutMillis: 30_000, idleTimeoutMillis: 30_000 };
  return new PrismaClient({
    adapter: new PrismaPg(pool, { onPoolError: () => {}, onConnectionError: () => {} }),
    transactionOptions: { maxWait: 30_000, timeout: 60_000 },
  });
}

/** One act on the timeline. Written last in its transaction: the chain's lock is then held for a moment only. */
export type TimelineAct = {
  caseId: string | null;
  at: Date;
  /** A person's id, `engine`, or `State Party`. */
  actor: string;
  door: 'link' | 'console' | 'email' | 'post' | 'engine' | 'command line';
  act: string;
  detail?: Prisma.InputJsonObject;
  contentHash?: string | null;
};

export async function writeTimeline(tx: Transaction, ...acts: TimelineAct[]): Promise<void> {
  await tx.timelineEntry.createMany({
    data: acts.map(({ detail = {}, contentHash = null, ...act }) => ({ ...act, detail, contentHash })),
  });
}

/** Is this the database saying that such a row is there already? */
export function isDuplicate(error: unknown): boolean {
  return (error as { code?: string }).code === 'P2002';
}
