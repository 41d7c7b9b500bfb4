import { idOf } from '../adapters/fingerprint.ts';
import { writeTimeline } from '../adapters/records.ts';
import { TASKS, type TaskKind } from '../domain/task.ts';
import type { Deps } from './index.ts';

export function taskActivities({ records }: Deps) {
  return {
    /** Puts a task before the ISU. The same task asked again (a retry) is the same row. Returns its id. */
    async assignTask({
      caseId,
      kind,
      about,
      answers,
      now,
    }: {
      caseId: string;
      kind: string;
      about: Record<string, string | number>;
      answers: string[];
      now: number;
    }): Promise<string> {
      const at = new Date(now);
      const id = idOf(JSON.stringify([caseId, kind, about, now]));
      const { title, why } = TASKS[kind as TaskKind];
      await records.$transaction(async (tx) => {
        const task = { id, caseId, kind, title, why, about, answers, createdAt: at };
        const { count } = await tx.task.createMany({ data: task, skipDuplicates: true });
        if (count === 0) return;
        const detail = { taskId: id, kind };
        await writeTimeline(tx, { caseId, at, actor: 'engine', door: 'engine', act: 'asked', detail });
      });
      return id;
    },
  };
}
