import { allHandlersFinished, condition } from '@temporalio/workflow';
import { records } from '../activities.ts';
import { settleDoubts } from './correspond.ts';
import type { CaseFile } from './open-case.ts';

/** Ends the case with its outcome, once every fact that reached it has been taken in and its last letters have gone. */
export async function closeCase<Outcome extends string>(caseFile: CaseFile, outcome: Outcome): Promise<Outcome> {
  await condition(allHandlersFinished);
  for (settleDoubts(caseFile); caseFile.underWay > 0; settleDoubts(caseFile))
    await condition(() => caseFile.underWay === 0);
  await records.closeCase({ caseId: caseFile.id, outcome, now: Date.now() });
  return outcome;
}
