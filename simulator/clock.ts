import { TestWorkflowEnvironment } from '@temporalio/testing';
import { Runtime } from '@temporalio/worker';
import type { Clock } from '../adapters/clock.ts';
import { temporalTestServer } from '../embedded/binaries.mjs';
import { freePort } from '../embedded/ports.ts';

/**
 * The jumping clock: Temporal's time-skipping server. Workflows live on its time; web, mailbox and robots read it here.
 * It only goes forward. While nobody advances it, it runs with the real one.
 */
export type JumpingClock = Clock & {
  environment: TestWorkflowEnvironment;
  /** The engine's own time, also while it jumps: what `now` says is as old as the last jump. */
  exactNow(): Promise<Date>;
  /** Jumps to the instant (epoch milliseconds), running every timer on the way. Does nothing for one that is past. */
  advanceTo(instant: number): Promise<void>;
  stop(): Promise<void>;
};

export async function startJumpingClock(): Promise<JumpingClock> {
  quietRuntime();
  const port = await freePort();
  const server = { executable: { type: 'existing-path' as const, path: temporalTestServer() }, port };
  const environment = await TestWorkflowEnvironment.createTimeSkipping({ server });
  let shown = { at: await environment.currentTimeMs(), since: performance.now() };
  const now = () => new Date(Math.floor(shown.at + performance.now() - shown.since));
  const exactNow = async () => {
    shown = { at: await environment.currentTimeMs(), since: performance.now() };
    return now();
  };
  return {
    environment,
    now,
    exactNow,
    async advanceTo(instant) {
      const left = instant - (await environment.currentTimeMs());
      if (left > 0) await environment.sleep(left);
      await exactNow();
    },
    stop: () => environment.teardown(),
  };
}

let isQuiet = false;

/** Temporal's own log would drown the story; what goes wrong is still said. */
function quietRuntime(): void {
  if (isQuiet) return;
  isQuiet = true;
  const say = (message: string) => console.error(message);
  const silent = () => {};
  const logger = { log: silent, trace: silent, debug: silent, info: silent, warn: silent, error: say };
  Runtime.install({ logger, shutdownSignals: [], telemetryOptions: { logging: { forward: {}, filter: 'ERROR' } } });
}
