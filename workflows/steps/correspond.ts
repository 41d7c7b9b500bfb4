import { ActivityFailure, ApplicationFailure } from '@temporalio/workflow';
import { mail, ownMail, records } from '../activities.ts';
import { assignTask } from './assign-task.ts';
import type { CaseFile } from './open-case.ts';

/** `postponed`: no agreed plan says exactly this; the letter waits for the next one. */
export type Correspondence = 'written' | 'postponed';

/** Writes an approved letter to the State Party of the case, once, to each of its recipients. */
export async function correspond({
  caseFile,
  purpose,
  occurrence,
  submissionId,
}: {
  caseFile: CaseFile;
  purpose: string;
  occurrence: number;
  submissionId?: string;
}): Promise<Correspondence> {
  const approvalId = caseFile.schedule?.approvalId ?? null;
  const draft = { caseId: caseFile.id, approvalId, purpose, occurrence, submissionId: submissionId ?? null };
  const drafted = await records.draftLetters({ ...draft, now: Date.now() }).catch(ifNotApproved);
  if (drafted === 'notApproved') {
    await assignTask({ caseFile, kind: 'notApproved', about: { purpose, occurrence }, answers: ['noted'] });
    return 'postponed';
  }
  if (drafted.postponed) return 'postponed';
  for (const letterId of drafted.letterIds) await send(caseFile, { letterId, by: mail });
  return 'written';
}

/**
 * Writes to one of our own people: an approval asked, a reminder of it, a receipt, an outcome. Returns once it is
 * written: a mail server that wants one person's letter later holds up neither the others nor the case.
 */
export async function writeTo({
  caseFile,
  personId,
  purpose,
  occurrence,
  approvalId,
}: {
  caseFile: CaseFile;
  personId: string;
  purpose: string;
  occurrence: number;
  approvalId: string;
}): Promise<void> {
  const letter = { caseId: caseFile.id, personId, purpose, occurrence, approvalId };
  const letterId = await records.draftPersonLetter({ ...letter, now: Date.now() });
  caseFile.underWay += 1;
  void send(caseFile, { letterId, by: ownMail }).then(() => (caseFile.underWay -= 1));
}

/** What is asked about a letter that did not simply arrive. */
const DOUBTS = {
  refused: { kind: 'letterRefused', answers: ['sendAgain', 'leave'] },
  undelivered: { kind: 'letterUndelivered', answers: ['sendAgain', 'leave'] },
  unknown: { kind: 'letterUnknown', answers: ['arrived', 'sendAgain', 'leave'] },
  notApproved: { kind: 'notApproved', answers: ['sendAgain', 'leave'] },
} as const;

/** Sends what a draft became. A letter refused, held back or in doubt becomes a task; the case goes on. */
async function send(caseFile: CaseFile, { letterId, by }: { letterId: string; by: typeof mail }): Promise<void> {
  const state = await by
    .sendLetter({ letterId, now: Date.now() })
    .catch((failure: unknown) => (hasRunOut(failure) ? 'undelivered' : ifNotApproved(failure)));
  if (state === 'sent') return;
  const { kind, answers } = DOUBTS[state];
  const taskId = await assignTask({ caseFile, kind, about: { letterId }, answers: [...answers] });
  caseFile.inDoubt[taskId] = letterId;
}

/** Does what people answered about letters that were refused or in doubt: sent after all, send the same again, leave. */
export async function settleDoubts(caseFile: CaseFile): Promise<void> {
  for (const { taskId, answer } of caseFile.answers) {
    const letterId = caseFile.inDoubt[taskId];
    if (!letterId) continue;
    delete caseFile.inDoubt[taskId];
    const { queued } = await records.settleLetter({ letterId, taskId, answer, now: Date.now() });
    if (queued) await send(caseFile, { letterId, by: mail });
  }
}

/** Were three days of trying not enough? The last "later" of a server, or the silence of a worker, is all there is. */
function hasRunOut(failure: unknown): boolean {
  return failure instanceof ActivityFailure && failure.retryState !== 'NON_RETRYABLE_FAILURE';
}

/** The database or the draft says that no approval is of exactly this. Anything else is a fault and stays one. */
function ifNotApproved(failure: unknown): 'notApproved' {
  const cause = failure instanceof ActivityFailure ? failure.cause : null;
  if (cause instanceof ApplicationFailure && cause.type === 'NotApproved') return 'notApproved';
  throw failure;
}
