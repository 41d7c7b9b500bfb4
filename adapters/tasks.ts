import { TASKS, type TaskKind } from '../domain/task.ts';
import type { Prisma, TimelineAct, Transaction } from './records.ts';

/**
 * Puts a task before the ISU, once: the same id asked again is the row that is there. Returns its entries for the
 * timeline, which the caller writes last in the transaction.
 */
export async function putTask(
  tx: Transaction,
  task: { id: string; caseId: string; kind: TaskKind; about: Prisma.InputJsonObject; answers: string[]; at: Date },
): Promise<TimelineAct[]> {
  const { at, ...row } = task;
  const { id, caseId, kind } = row;
  const { title, why } = TASKS[kind];
  const { count } = await tx.task.createMany({ data: { ...row, title, why, createdAt: at }, skipDuplicates: true });
  if (count === 0) return [];
  return [{ caseId, at, actor: 'engine', door: 'engine', act: 'asked', detail: { taskId: id, kind } }];
}
