import { randomUUID } from 'node:crypto';
import type { MovedDates } from '../domain/cycle.ts';
import { Refused } from '../domain/refusals.ts';
import { idOf } from './fingerprint.ts';
import { post } from './outbox.ts';
import { isDuplicate, type Prisma, type Records, writeTimeline } from './records.ts';

/**
 * What officers and admins bring at the console. Each fact is one transaction: its row, the outbox row that carries it to
 * its workflow, its entry in the timeline (the opening of a cycle is written there by the case itself, once it runs).
 */

/** Records how a person settled a task. Throws {@link Refused}: settled already, or not an answer the task offers. */
export async function recordTaskAnswer({
  records,
  now,
  taskId,
  personId,
  answer,
  note,
}: {
  records: Records;
  now: Date;
  taskId: string;
  personId: string;
  answer: string;
  note: string;
}): Promise<void> {
  await records.$transaction(async (tx) => {
    const task = await tx.task.findUnique({ where: { id: taskId } });
    if (!task || !task.answers.includes(answer)) throw new Refused('noChoice');
    const id = randomUUID();
    await tx.taskAnswer
      .create({ data: { id, taskId, personId, answer, note, at: now } })
      .catch(refuseTwice('taskDone'));
    await tx.task.update({ where: { id: taskId }, data: { doneAt: now } });
    const workflowId = task.caseId;
    await post(tx, { id, workflowId, kind: 'signal', name: 'taskAnswered', payload: { taskId, answer } });
    const detail = { taskId, kind: task.kind, answer, note };
    await writeTimeline(tx, {
      caseId: task.caseId,
      at: now,
      actor: personId,
      door: 'console',
      act: 'answered',
      detail,
    });
  });
}

/** Asks for the cycle to be opened. The engine may be away: it opens when it is back. Throws {@link Refused}: open. */
export async function recordCycleOpening({
  records,
  caseId,
  input,
}: {
  records: Records;
  caseId: string;
  input: Prisma.InputJsonObject;
}): Promise<void> {
  const id = idOf(`start ${caseId}`);
  const fact = { id, workflowId: caseId, kind: 'start' as const, name: 'annualCycle', payload: input };
  await records.$transaction((tx) => post(tx, fact)).catch(refuseTwice('cycleOpen'));
}

/**
 * Records that an admin moved the dates of a cycle; what has not been sent is planned and approved anew. Throws
 * {@link Refused}: there is no such cycle, or it is closed.
 */
export async function recordDateChange({
  records,
  now,
  cycleId,
  moved,
  reason,
  personId,
}: {
  records: Records;
  now: Date;
  cycleId: string;
  moved: MovedDates;
  reason: string;
  personId: string;
}): Promise<void> {
  const id = randomUUID();
  const dates = { deadlineOn: moved.deadlineOn ?? '', meetingOn: moved.meetingOn ?? '' };
  await records.$transaction(async (tx) => {
    const [cycle] = await tx.$queryRaw<{ closedAt: Date | null }[]>`
      SELECT "closedAt" FROM "Case" WHERE id = ${cycleId} FOR NO KEY UPDATE`;
    if (!cycle) throw new Refused('noSuchCase');
    if (cycle.closedAt) throw new Refused('caseClosed');
    await tx.dateChange.create({ data: { id, caseId: cycleId, ...dates, reason, personId, at: now } });
    const payload = { changeId: id };
    await post(tx, { id, workflowId: cycleId, kind: 'signal', name: 'datesMoved', payload });
    const detail = { ...dates, reason };
    await writeTimeline(tx, { caseId: cycleId, at: now, actor: personId, door: 'console', act: 'movedDates', detail });
  });
}

function refuseTwice(code: 'taskDone' | 'cycleOpen') {
  return (error: unknown): never => {
    throw isDuplicate(error) ? new Refused(code) : error;
  };
}
