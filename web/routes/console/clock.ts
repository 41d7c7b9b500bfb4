import { setTimeout as pause } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import type { Action } from '../../../domain/permissions.ts';
import { paths, patterns } from '../../paths.ts';
import { type Answer, route, seeOther, type Visit } from '../../route.ts';

/** The buttons of a simulation's clock. Without a simulation there is no such page. */
export function clockRoutes(app: FastifyInstance): void {
  if (!app.deps.simulation) return;
  route(app, { method: 'POST', url: patterns.clock, may: 'clock.move', handler: moveClock });
}

/** Without script nobody sees a day pass: a short step is over before the page comes back. */
const PATIENCE_MS = 2_000;

async function moveClock({ request, reply, deps, form }: Visit<Action>): Promise<Answer> {
  const simulation = deps.simulation!;
  const steps: Record<string, () => void> = {
    pause: () => simulation.pause(),
    day: () => simulation.advance(1),
    week: () => simulation.advance(7),
    decision: () => simulation.toNextDecision(),
    end: () => simulation.goOn(),
  };
  const step = Object.hasOwn(steps, form['step'] ?? '') ? steps[form['step']!] : undefined;
  step?.();
  if (step && form['step'] !== 'end')
    await Promise.race([simulation.standsStill(), pause(PATIENCE_MS, undefined, { ref: false })]);
  const { back } = request.query as { back?: unknown };
  // To the clock: who presses its buttons by keyboard goes on there.
  return seeOther(reply, `${ownPage(back)}#clock`);
}

/** Only a page of ours is gone back to. */
function ownPage(back: unknown): string {
  return typeof back === 'string' && /^\/(?![/\\])[^\s\\]*$/.test(back) ? back : paths.board();
}
