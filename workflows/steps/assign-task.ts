import { records } from '../activities.ts';
import type { CaseFile } from './open-case.ts';

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
