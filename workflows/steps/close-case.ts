import { allHandlersFinished, condition } from '@temporalio/workflow';
import { records } from '../activities.ts';
import { settleDoubts } from './correspond.ts';
import type { CaseFile } from './open-case.ts';

/** Ends the case with its outcome, once every fact that reached it has been taken in and its last letters have gone. */
export async function closeCase<Outcome extends string>(caseFile: CaseFile, outcome: Outcome): Promise<Outcome> {
  await condition(allHandlersFinished);
  await condition(() => caseFile.underWay === 0);
  await settleDoubts(caseFile);
  await records.closeCase({ caseId: caseFile.id, outcome, now: Date.now() });
  return outcome;
}
