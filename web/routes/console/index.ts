import type { FastifyInstance } from 'fastify';
import { boardRoutes } from './board.tsx';
import { calendarRoutes } from './calendar.tsx';
import { caseRoutes } from './cases.tsx';
import { clockRoutes } from './clock.ts';
import { cycleRoutes } from './cycles.tsx';
import { evidenceRoutes } from './evidence.ts';
import { letterTextRoutes } from './letter-texts.tsx';
import { moveDatesRoutes } from './move-dates.tsx';
import { registerRoutes } from './register.tsx';
import { taskRoutes } from './tasks.tsx';
import { trayRoutes } from './tray.tsx';

/** The console's pages, each declared through `route`. */
export function consoleRoutes(app: FastifyInstance): void {
  boardRoutes(app);
  caseRoutes(app);
  evidenceRoutes(app);
  calendarRoutes(app);
  taskRoutes(app);
  trayRoutes(app);
  cycleRoutes(app);
  moveDatesRoutes(app);
  letterTextRoutes(app);
  registerRoutes(app);
  clockRoutes(app);
}
