import { rmSync } from 'node:fs';

/** Ends what the set-up started, and takes its folder away. */
export default async function tearDown(): Promise<void> {
  const { focalpointTests } = globalThis as {
    focalpointTests?: { postgres: { stop(): Promise<void> }; folder: string };
  };
  await focalpointTests?.postgres.stop();
  if (focalpointTests) rmSync(focalpointTests.folder, { recursive: true, force: true });
}
