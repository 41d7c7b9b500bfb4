import { ActivityFailure, ApplicationFailure } from '@temporalio/workflow';
import { mail, ownMail, records } from '../activities.ts';
import { assignTask } from './assign-task.ts';
import type { CaseFile, DoubtfulLetter } from './open-case.ts';

/**
 * `postponed`: it waits for what the case is told to follow next. `notApproved`: no approved letter reads exactly like
 * this one; a person has been told, and it waits for another plan.
 */
export type Correspondence = 'written' | 'postponed' | 'notApproved';

/**
 * Writes an approved letter to the State Party of the case, once, to each of its recipients. Returns when each has
 * ended or is before a person, which a mail server may put off for three days: a story does this beside itself.
 */
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
    return 'notApproved';
  }
  if (drafted.postponed) return 'postponed';
  const ends = await Promise.all(drafted.letterIds.map((letterId) => send(caseFile, { letterId, queue: 'mail' })));
  return ends.every((end) => end === 'ended') ? 'written' : 'postponed';
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
  beside(caseFile, send(caseFile, { letterId, queue: 'ownMail' }));
}

/** Lets this go on beside the story. The case does not close before it has ended. */
export function beside(caseFile: CaseFile, doing: Promise<unknown>): void {
  caseFile.underWay += 1;
  void doing.then(() => (caseFile.underWay -= 1));
}

/** What is asked about a letter that did not simply arrive. */
const DOUBTS = {
  refused: { kind: 'letterRefused', answers: ['sendAgain', 'leave'] },
  undelivered: { kind: 'letterUndelivered', answers: ['sendAgain', 'leave'] },
  unknown: { kind: 'letterUnknown', answers: ['arrived', 'sendAgain', 'leave'] },
  notApproved: { kind: 'notApproved', answers: ['sendAgain', 'leave'] },
} as const;

const QUEUES = { mail, ownMail };

/** `heldBack`: it may leave when the case is told so. `replaced`: a newer plan writes it anew. */
type End = 'ended' | 'heldBack' | 'replaced';

/**
 * Sends what a draft became. One that was not simply sent is taken back from whoever may still have it before a person
 * is asked, so that the question is about how it really stands; the case goes on.
 */
async function send(caseFile: CaseFile, letter: DoubtfulLetter): Promise<End> {
  const { letterId, queue } = letter;
  if (Object.values(caseFile.inDoubt).some((asked) => asked.letterId === letterId)) return 'ended';
  const end = await QUEUES[queue].sendLetter({ letterId, now: Date.now() }).catch(ifLasting);
  if (end === 'sent') return 'ended';
  const stands = await records.takeBackLetter({ letterId, isDenied: end === 'notApproved', now: Date.now() });
  if (stands === 'heldBack' || stands === 'replaced') return stands;
  if (stands !== 'sent' && stands !== 'cancelled') await ask(caseFile, { letter, doubt: stands });
  return 'ended';
}

async function ask(
  caseFile: CaseFile,
  { letter, doubt }: { letter: DoubtfulLetter; doubt: keyof typeof DOUBTS },
): Promise<void> {
  const { kind, answers } = DOUBTS[doubt];
  const taskId = await assignTask({ caseFile, kind, about: { letterId: letter.letterId }, answers: [...answers] });
  caseFile.inDoubt[taskId] = letter;
}

/** Does what people answered about letters that were refused or in doubt: sent after all, send the same again, leave. */
export function settleDoubts(caseFile: CaseFile): void {
  for (const { taskId, answer } of caseFile.answers) {
    const letter = caseFile.inDoubt[taskId];
    if (!letter) continue;
    delete caseFile.inDoubt[taskId];
    beside(caseFile, settleDoubt(caseFile, { letter, taskId, answer }));
  }
}

async function settleDoubt(
  caseFile: CaseFile,
  { letter, taskId, answer }: { letter: DoubtfulLetter; taskId: string; answer: string },
): Promise<void> {
  const { letterId } = letter;
  const { queued } = await records.settleLetter({ letterId, taskId, answer, now: Date.now() });
  if (!queued) return;
  const end = await send(caseFile, letter);
  if (end === 'heldBack') await ask(caseFile, { letter, doubt: 'notApproved' });
  // The newer plan has it in other words. What of that plan was sent is not sent again.
  if (end === 'replaced') caseFile.climbed = [];
}

/** Three days of trying were not enough: the last "later" of a server, or the silence of a worker, is all there is. */
function ifLasting(failure: unknown): 'undelivered' | 'notApproved' {
  const hasRunOut = failure instanceof ActivityFailure && failure.retryState !== 'NON_RETRYABLE_FAILURE';
  return hasRunOut ? 'undelivered' : ifNotApproved(failure);
}

/** The database or the draft says that no approval is of exactly this. Anything else is a fault and stays one. */
function ifNotApproved(failure: unknown): 'notApproved' {
  const cause = failure instanceof ActivityFailure ? failure.cause : null;
  if (cause instanceof ApplicationFailure && cause.type === 'NotApproved') return 'notApproved';
  throw failure;
}
