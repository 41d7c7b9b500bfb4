import { randomUUID } from 'node:crypto';
import { NativeConnection, Runtime } from '@temporalio/worker';
import type { Activities } from '../../activities/index.ts';
import { openRecords } from '../../adapters/records.ts';
import { createWorkers } from '../../worker/cases.ts';

/** A worker of the product's own options whose activities insert one row each. Its surroundings are arguments. */
const [databaseUrl, address, namespace, codePath] = process.argv.slice(2) as [string, string, string, string];

const logger = { log() {}, trace() {}, debug() {}, info() {}, warn() {}, error: console.error };
Runtime.install({ shutdownSignals: [], logger });
const records = openRecords({ url: databaseUrl });
const activities = {
  async insertRow({ round, part }: { round: string; part: string }): Promise<void> {
    const row = { deadlineOn: '', meetingOn: '', reason: part, personId: randomUUID(), at: new Date() };
    await records.dateChange.create({ data: { id: randomUUID(), caseId: round, ...row } });
  },
  async sendLetter(): Promise<void> {},
};
const workers = await createWorkers({
  connection: await NativeConnection.connect({ address }),
  namespace,
  activities: activities as unknown as Activities,
  bundle: { codePath },
  lettersPerMinute: null,
});
for (const ending of ['SIGTERM', 'SIGINT', 'disconnect'] as const)
  process.once(ending as NodeJS.Signals, () => workers.forEach((worker) => worker.shutdown()));
process.send?.('ready');
await Promise.all(workers.map((worker) => worker.run()));
await records.$disconnect();
process.exit();
