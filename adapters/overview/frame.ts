import type { Records } from '../records.ts';

/** What the frame of every console page counts, and the years there are cycles of, newest first. */
export type Frame = { openTasks: number; tray: number; years: number[] };

export async function frameCounts({ records, treaty }: { records: Records; treaty: string }): Promise<Frame> {
  const [frame] = await records.$queryRaw<[Frame]>`
    SELECT (SELECT count(*)::int FROM "Task" WHERE "doneAt" IS NULL) AS "openTasks",
      (SELECT count(*)::int FROM "InboundMail" WHERE "filedAt" IS NULL) AS tray,
      ARRAY(SELECT year FROM "Case" WHERE treaty = ${treaty} AND "caseType" = 'annual-cycle' ORDER BY year DESC) AS years`;
  return frame;
}
