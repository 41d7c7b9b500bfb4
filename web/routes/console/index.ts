import type { FastifyInstance } from 'fastify';

/** The console's pages, each declared through `route`. */
export function consoleRoutes(_app: FastifyInstance): void {}
