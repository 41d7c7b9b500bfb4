import type { FastifyInstance } from 'fastify';
import type { Action } from '../../../domain/permissions.ts';
import { paths, patterns } from '../../paths.ts';
import { type Answer, route, seeOther, type Visit } from '../../route.ts';

/** The buttons of a simulation's clock. Without a simulation there is no such page. */
export function clockRoutes(app: FastifyInstance): void {
  if (!app.deps.simulation) return;
  route(app, { method: 'POST', url: patterns.clock, may: 'clock.move', handler: moveClock });
}

function moveClock({ request, reply, deps, form }: Visit<Action>): Answer {
  const { simulation } = deps;
  if (form['step'] === 'pause') simulation?.pause();
  if (form['step'] === 'day') simulation?.advance(1);
  if (form['step'] === 'week') simulation?.advance(7);
  if (form['step'] === 'decision') simulation?.toNextDecision();
  const { back } = request.query as { back?: unknown };
  return seeOther(reply, ownPage(back));
}

/** Only a page of ours is gone back to. */
function ownPage(back: unknown): string {
  return typeof back === 'string' && /^\/(?![/\\])[^\s\\]*$/.test(back) ? back : paths.board();
}
