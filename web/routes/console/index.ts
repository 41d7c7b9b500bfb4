import type { FastifyInstance } from 'fastify';
import { boardRoutes } from './board.tsx';
import { caseRoutes } from './cases.tsx';

/** The console's pages, each declared through `route`. */
export function consoleRoutes(app: FastifyInstance): void {
  boardRoutes(app);
  caseRoutes(app);
}
