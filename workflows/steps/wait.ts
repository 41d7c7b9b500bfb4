import { condition } from '@temporalio/workflow';
import { settleDoubts } from './correspond.ts';
import type { CaseFile } from './open-case.ts';

/**
 * Waits until what the case waits for is there (true) or the instant has come (false; null: no end). What people answer
 * about doubtful letters meanwhile is acted on at once. The instant is absolute and read anew after every wake, so a
 * moved deadline moves the wait.
 */
export async function waitUntil({
  caseFile,
  arrived,
  until,
}: {
  caseFile: CaseFile;
  arrived: () => boolean;
  until: () => number | null;
}): Promise<boolean> {
  for (;;) {
    settleDoubts(caseFile);
    if (arrived()) return true;
    const end = until();
    if (end !== null && end <= Date.now()) return false;
    const changed = () => arrived() || isAnswered(caseFile) || until() !== end;
    if (end === null) await condition(changed);
    else await condition(changed, end - Date.now());
  }
}

function isAnswered(caseFile: CaseFile): boolean {
  return caseFile.answers.some(({ taskId }) => taskId in caseFile.inDoubt);
}
