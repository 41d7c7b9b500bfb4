import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { GivenDecision } from '../domain/approval.ts';
import type { Rung } from '../domain/reminder.ts';

/** What cases are told. Ids, codes and instants only: no name, no address, no text enters a history. */

export type DecisionMessage = GivenDecision & { approvalId: string };
export type ReportMessage = { submissionId: string; version: number; at: number };
export type AnswerMessage = { taskId: string; answer: string };
export type AmendmentMessage = { changeId: string };

/** What a report case follows: the approved plan's letters and the dates its outcome hangs on. */
export type Schedule = {
  /** The approval of the plan the letters are part of. */
  approvalId: string;
  ladder: Rung[];
  /** The hold is over: before this no letter of the plan leaves, not even a receipt. */
  freeAt: number;
  dueAt: number;
  cutOffAt: number;
  closesAt: number;
};

export const decide = defineUpdate<void, [DecisionMessage]>('decide');
export const reportReceived = defineSignal<[ReportMessage]>('reportReceived');
export const taskAnswered = defineSignal<[AnswerMessage]>('taskAnswered');
export const datesMoved = defineSignal<[AmendmentMessage]>('datesMoved');
/** Of a letter's text: other words are proposed. */
export const textChanged = defineSignal<[AmendmentMessage]>('textChanged');
export const scheduleChanged = defineSignal<[Schedule]>('scheduleChanged');
/** How many facts of each kind the case has taken in; for the operator and for tests. */
export const standing = defineQuery<{ decisions: number; reports: number; answers: number }>('standing');
