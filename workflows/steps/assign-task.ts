import { records } from '../activities.ts';
import type { CaseFile } from './open-case.ts';
import { waitUntil } from './wait.ts';

/** Puts a task before the ISU and goes on. The answer arrives as a fact, under the id returned. */
export async function assignTask({
  caseFile,
  kind,
  about,
  answers,
}: {
  caseFile: CaseFile;
  kind: string;
  about: Record<string, string | number>;
  answers: string[];
}): Promise<string> {
  return await records.assignTask({ caseId: caseFile.id, kind, about, answers, now: Date.now() });
}

/** Puts a task before the ISU and waits for its answer, however long that takes. */
export async function askOfficer(task: Parameters<typeof assignTask>[0]): Promise<string> {
  const { caseFile } = task;
  const taskId = await assignTask(task);
  const answered = () => caseFile.answers.find((each) => each.taskId === taskId);
  await waitUntil({ caseFile, arrived: () => answered() !== undefined, until: () => null });
  return answered()!.answer;
}
