import { assignTask } from './assign-task.ts';
import { waitUntil } from './wait.ts';

/** Puts a task before the ISU and waits for its answer, however long that takes. */
export async function askOfficer(task: Parameters<typeof assignTask>[0]): Promise<string> {
  const { caseFile } = task;
  const taskId = await assignTask(task);
  const answered = () => caseFile.answers.find((each) => each.taskId === taskId);
  await waitUntil({ caseFile, arrived: () => answered() !== undefined, until: () => null });
  return answered()!.answer;
}
