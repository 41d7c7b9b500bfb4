import type { Logger } from '@temporalio/common';
import { MockActivityEnvironment } from '@temporalio/testing';

const silent = () => {};
const logger: Logger = { log: silent, trace: silent, debug: silent, info: silent, warn: silent, error: silent };

/** Runs an activity as the engine would, one attempt of it; what it throws is the test's to see, not the log's. */
export async function perform<Argument, Result>(
  activity: (argument: Argument) => Promise<Result>,
  argument: Argument,
): Promise<Result> {
  return await new MockActivityEnvironment({}, { logger }).run(activity, argument);
}
