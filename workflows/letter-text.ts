/** ToR, all paragraphs. Have the Coordinators approve what a letter says before it is written so. */
import { records } from './activities.ts';
import { assignTask } from './steps/assign-task.ts';
import { closeCase } from './steps/close-case.ts';
import { type CaseFile, openCase } from './steps/open-case.ts';
import { seekApproval } from './steps/seek-approval.ts';
import { waitUntil } from './steps/wait.ts';

export type LetterTextCase = { caseId: string; year: number; openedBy: string };

export type LetterTextOutcome = 'in force' | 'not approved';

/** Once approved the text is in force by that alone: whoever writes a letter asks what was approved last. */
export async function letterText({ caseId, year, openedBy }: LetterTextCase): Promise<LetterTextOutcome> {
  const text = await openCase({ id: caseId, opening: { caseType: 'letter-text', year, openedBy } });

  for (let version = 1; ; version++) {
    text.amended = text.amendments.length;
    const state = await putBefore(text, version);
    if (state === 'approved') return closeCase(text, 'in force');
    const isOver = !isReworded(text) && (await askIsu(text, state)) === 'keepText';
    if (isOver) return closeCase(text, 'not approved');
  }
}

/** Other words, proposed meanwhile, withdraw the question and lead to a new one. */
async function putBefore(text: CaseFile, version: number) {
  const approval = await records.askForText({ caseId: text.id, version, now: Date.now() });
  if (approval.approvers.length === 0) return 'noApprovers';
  return await seekApproval({ caseFile: text, approval, withdrawnWhen: () => isReworded(text) });
}

function isReworded({ amendments, amended }: CaseFile): boolean {
  return amendments.length > amended;
}

/** Change the words, ask again, or end: the ISU has as long as it needs. */
async function askIsu(text: CaseFile, state: string): Promise<string> {
  const answers = ['askAgain', 'keepText'];
  const taskId = await assignTask({ caseFile: text, kind: 'textNotApproved', about: { state }, answers });
  const answered = () => text.answers.find((each) => each.taskId === taskId);
  const arrived = () => isReworded(text) || answered() !== undefined;
  await waitUntil({ caseFile: text, arrived, until: () => null });
  return answered()?.answer ?? 'askAgain';
}
