import { type Records, writeTimeline } from '../adapters/records.ts';
import type { Schedule } from '../workflows/messages.ts';
import type { Deps } from './index.ts';

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

    /** The report is there: the case no longer waits for the State Party. */
    async acceptReport({
      caseId,
      submissionId,
      now,
    }: {
      caseId: string;
      submissionId: string;
      now: number;
    }): Promise<void> {
      const at = new Date(now);
      await standing(records, { caseId, step: 'report', standing: 'done', at });
      await records.case.update({ where: { id: caseId }, data: { waitingFor: 'nobody', waitingSince: at } });
      void submissionId;
    },

    /** The cut-off: what the figures will say of this report. */
    async settleReport({ caseId, outcome, now }: { caseId: string; outcome: string; now: number }): Promise<void> {
      const at = new Date(now);
      const missed = outcome === 'not received by the cut-off';
      if (missed) await standing(records, { caseId, step: 'report', standing: 'missed', at });
      await records.$transaction(async (tx) => {
        const open = { id: caseId, outcome: null };
        const { count } = await tx.case.updateMany({
          where: open,
          data: { outcome, waitingFor: 'nobody', waitingSince: at },
        });
        if (count === 1)
          await writeTimeline(tx, { caseId, at, actor: 'engine', door: 'engine', act: 'settled', detail: { outcome } });
      });
    },

    /** The end: a letter that still waits is cancelled, and what was still asked about the case no longer is. */
    async closeCase({ caseId, outcome, now }: { caseId: string; outcome: string; now: number }): Promise<void> {
      const at = new Date(now);
      await records.$transaction(async (tx) => {
        const closing = { outcome, closedAt: at, waitingFor: 'nobody', waitingSince: at };
        const { count } = await tx.case.updateMany({ where: { id: caseId, closedAt: null }, data: closing });
        const waiting = { caseId, state: 'queued' };
        await tx.letter.updateMany({ where: waiting, data: { state: 'cancelled', endedAt: at } });
        if (count === 0) return;
        await tx.task.updateMany({ where: { caseId, doneAt: null }, data: { doneAt: at } });
        await writeTimeline(tx, { caseId, at, actor: 'engine', door: 'engine', act: 'closed', detail: { outcome } });
      });
    },
  };
}

async function standing(
  records: Records,
  { caseId, step, standing, at }: { caseId: string; step: string; standing: string; at: Date },
): Promise<void> {
  const row = { caseId, step, standing, at };
  await records.caseStep.upsert({ where: { caseId_step: { caseId, step } }, create: row, update: { standing, at } });
}
