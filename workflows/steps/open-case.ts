import { ApplicationFailure, setHandler } from '@temporalio/workflow';
import { records } from '../activities.ts';
import * as messages from '../messages.ts';

/** A letter and the queue it goes by: letters to our own people do not wait behind 112 invitations. */
export type DoubtfulLetter = { letterId: string; queue: 'mail' | 'ownMail' };

/** A case while it runs: its id and the facts that have reached it. Handlers fill it, the story reads it. */
export type CaseFile = {
  id: string;
  decisions: messages.DecisionMessage[];
  reports: messages.ReportMessage[];
  /** How many of the reports have been answered with a receipt. */
  acknowledged: number;
  answers: messages.AnswerMessage[];
  amendments: messages.AmendmentMessage[];
  /** How many of the amendments have been acted on. */
  amended: number;
  /** Of a cycle: the last version of its plan. */
  planVersion: number;
  /** Of a report case: what it follows now. Replaced when an amended plan is approved. */
  schedule: messages.Schedule | null;
  /** The approvals this case is waiting for. */
  asked: string[];
  /** What goes on beside the story: letters on their way, answers about them. */
  underWay: number;
  /** Letters a person has been asked about, by task. */
  inDoubt: Record<string, DoubtfulLetter>;
  /** The rungs written or passed over, each of the plan it was a rung of: a new plan leaves out by itself what has gone. */
  climbed: { rung: string; approvalId: string }[];
};

/**
 * Opens the case: its row, its first timeline entry, and its ears. Facts may come before the row is there and are kept.
 * Each kind is taken once: the same decision, report or answer told twice counts once.
 */
export async function openCase({
  id,
  opening,
  schedule,
}: {
  id: string;
  opening: Parameters<typeof records.openCase>[0]['opening'];
  schedule?: messages.Schedule;
}): Promise<CaseFile> {
  const caseFile: CaseFile = {
    id,
    decisions: [],
    reports: [],
    acknowledged: 0,
    answers: [],
    amendments: [],
    amended: 0,
    planVersion: 0,
    schedule: schedule ?? null,
    asked: [],
    underWay: 0,
    inDoubt: {},
    climbed: [],
  };
  listen(caseFile);
  await records.openCase({ caseId: id, opening, schedule: schedule ?? null, now: Date.now() });
  return caseFile;
}

function listen(caseFile: CaseFile): void {
  setHandler(messages.decide, (decision) => keepOnce(caseFile.decisions, decision, 'id'), {
    validator: ({ approvalId }) => {
      if (!caseFile.asked.includes(approvalId))
        throw ApplicationFailure.nonRetryable('This approval is not open', 'ApprovalClosed');
    },
  });
  setHandler(messages.reportReceived, (report) => keepOnce(caseFile.reports, report, 'submissionId'));
  setHandler(messages.taskAnswered, (answer) => keepOnce(caseFile.answers, answer, 'taskId'));
  setHandler(messages.datesMoved, (amendment) => keepOnce(caseFile.amendments, amendment, 'changeId'));
  setHandler(messages.textChanged, (amendment) => keepOnce(caseFile.amendments, amendment, 'changeId'));
  setHandler(messages.scheduleChanged, (schedule) => {
    caseFile.schedule = schedule;
  });
  setHandler(messages.standing, () => ({
    decisions: caseFile.decisions.length,
    reports: caseFile.reports.length,
    answers: caseFile.answers.length,
  }));
}

function keepOnce<Message extends object>(kept: Message[], message: Message, key: keyof Message): void {
  if (!kept.some((each) => each[key] === message[key])) kept.push(message);
}
