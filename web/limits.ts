import type { FastifyInstance, FastifyRequest } from 'fastify';

/** Too many tries from one place; the page asks to wait. */
export class TooMany extends Error {
  override name = 'TooMany';
}

/** Counts a try and throws {@link TooMany} beyond what a person needs. */
export type Limit = (request: FastifyRequest) => Promise<void>;
export type Limits = { unknownLinks: Limit; signIn: Limit };

/** Only what fails or sends mail is counted: behind one mission's address many people open their own links. */
export function createLimits(app: FastifyInstance): Limits {
  const limit = (max: number): Limit => {
    const count = app.createRateLimit({ max, timeWindow: 60_000 });
    return async (request) => {
      const tried = await count(request);
      if (!tried.isAllowed && tried.isExceeded) throw new TooMany();
    };
  };
  return { unknownLinks: limit(60), signIn: limit(20) };
}
