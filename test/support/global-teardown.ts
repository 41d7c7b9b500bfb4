/** Ends what the set-up started. */
export default async function tearDown(): Promise<void> {
  await (globalThis as { focalpointTestPostgres?: { stop(): Promise<void> } }).focalpointTestPostgres?.stop();
}
