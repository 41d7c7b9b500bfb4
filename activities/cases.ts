import { type Transaction, writeTimeline } from '../adapters/records.ts';
import { missedReceipt } from '../adapters/submissions.ts';
import type { Schedule } from '../workflows/messages.ts';
import type { Deps } from './index.ts';
import { cancelInVain, cancelWaiting, takeBack } from './waiting-letters.ts';

export type Opening = { caseType: string; year: number; iso3?: string; kind?: string; openedBy?: string };

/** The case's own rows: opened, moved on, closed. Each may run again after a crash and changes nothing the second time. */
export function caseActivities({ records, treaty }: Deps) {
  return {
    async openCase({
      caseId,
      opening,
      schedule,
      now,
    }: {
      caseId: string;
      opening: Opening;
      schedule: Schedule | null;
      now: number;
    }): Promise<void> {
      const at = new Date(now);
      const { caseType, year, iso3, kind, openedBy } = opening;
      const what = { id: caseId, treaty: treaty.id, year, caseType, stateParty: iso3 ?? null, kind: kind ?? null };
      const row = {
        ...what,
        input: { ...opening, schedule },
        openedAt: at,
        dueAt: schedule ? new Date(schedule.dueAt) : null,
        waitingFor: schedule ? 'date' : 'coordinators',
        waitingSince: at,
      };
      const [actor, door] = openedBy ? [openedBy, 'console'] : ['engine', 'engine'];
      const detail = JSON.stringify({ caseType });
      await records.$executeRaw`
        WITH opened AS (
          INSERT INTO "Case" SELECT * FROM jsonb_populate_record(NULL::"Case", ${JSON.stringify(row)}::jsonb)
          ON CONFLICT DO NOTHING RETURNING id
        )
        INSERT INTO "TimelineEntry" ("caseId", at, actor, door, act, detail)
        SELECT id, ${at}, ${actor}, ${door}, 'opened', ${detail}::jsonb FROM opened`;
    },

    /** The report is there: the case no longer waits for the State Party, and what still asks for it is not sent. */
    async acceptReport({ caseId, now }: { caseId: string; now: number }): Promise<void> {
      const at = new Date(now);
      await records.$transaction(async (tx) => {
        const cancelled = await cancelInVain(tx, { which: { caseId }, at });
        const step = { caseId, step: 'report' };
        const standing = { standing: 'done', at };
        await tx.caseStep.upsert({
          where: { caseId_step: step },
          create: { ...step, ...standing },
          update: standing,
        });
        await tx.case.update({ where: { id: caseId }, data: { waitingFor: 'nobody', waitingSince: at } });
        await writeTimeline(tx, ...cancelled);
      });
    },

    /**
     * From the cut-off on: what the figures will say of this report, and again when a report filed later changes it.
     * What still asks for one is not sent.
     */
    async settleReport({ caseId, outcome, now }: { caseId: string; outcome: string; now: number }): Promise<void> {
      const at = new Date(now);
      await records.$transaction(async (tx) => {
        if (!(await isNews(tx, { caseId, outcome }))) return;
        const counted = { outcome, waitingFor: 'nobody', waitingSince: at };
        await tx.case.update({ where: { id: caseId }, data: counted });
        const cancelled = await cancelInVain(tx, { which: { caseId }, at });
        const missed = { caseId, step: 'report', standing: 'missed', at };
        // A report that came after the cut-off may be there already.
        if (outcome === 'not received by the cut-off')
          await tx.caseStep.createMany({ data: missed, skipDuplicates: true });
        const settled = { caseId, at, actor: 'engine', door: 'engine', act: 'settled', detail: { outcome } } as const;
        await writeTimeline(tx, ...cancelled, settled);
      });
    },

    /**
     * The end. What a dead worker left is taken back, a letter that still waits is cancelled, each on the timeline; and
     * what was still asked about the case no longer is.
     */
    async closeCase({ caseId, outcome, now }: { caseId: string; outcome: string; now: number }): Promise<void> {
      const at = new Date(now);
      await records.$transaction(async (tx) => {
        const taken = await takeBack(tx, { which: { caseId }, at });
        const cancelled = await cancelWaiting(tx, { which: { caseId }, why: 'closed', at });
        const closing = { outcome, closedAt: at, waitingFor: 'nobody', waitingSince: at };
        const { count } = await tx.case.updateMany({ where: { id: caseId, closedAt: null }, data: closing });
        if (count === 0) return await writeTimeline(tx, ...taken, ...cancelled);
        await tx.task.updateMany({ where: { caseId, doneAt: null }, data: { doneAt: at } });
        const missed = await missedReceipt(tx, { caseId, now: at });
        const closed = { caseId, at, actor: 'engine', door: 'engine', act: 'closed', detail: { outcome } } as const;
        await writeTimeline(tx, ...taken, ...cancelled, ...missed, closed);
      });
    },
  };
}

async function isNews(tx: Transaction, { caseId, outcome }: { caseId: string; outcome: string }): Promise<boolean> {
  const { outcome: known } = await tx.case.findUniqueOrThrow({ where: { id: caseId }, select: { outcome: true } });
  return known !== outcome;
}
