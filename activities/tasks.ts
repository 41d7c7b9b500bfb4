import { idOf } from '../adapters/fingerprint.ts';
import { writeTimeline } from '../adapters/records.ts';
import { putTask } from '../adapters/tasks.ts';
import type { TaskKind } from '../domain/task.ts';
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
      const task = { id, caseId, kind: kind as TaskKind, about, answers, at };
      await records.$transaction(async (tx) => writeTimeline(tx, ...(await putTask(tx, task))));
      return id;
    },
  };
}
