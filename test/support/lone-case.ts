import { activityInfo } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import type { Activities } from '../../activities/index.ts';
import { startJumpingClock } from '../../simulator/clock.ts';
import { createWorkers } from '../../worker/cases.ts';
import type { AnnualCycle } from '../../workflows/annual-cycle.ts';
import type { ReportIntake } from '../../workflows/report-intake.ts';

const DAY = 86_400_000;
const CYCLE = 'ccm/2031/cycle';
export const CASE = 'ccm/2031/report-intake/LAO';

type Task = { id: string; kind: string; about: Record<string, string | number>; answers: string[] };
type Drafting = Awaited<ReturnType<Activities['draftLetters']>>;

/** How the world answers a case that is played alone; both may throw what the activities throw. */
export type World = {
  draft?: (purpose: string, occurrence: number) => Drafting;
  /** Of a cycle: who is asked. */
  approvers?: string[];
  send: (letterId: string, attempt: number) => Awaited<ReturnType<Activities['sendLetter']>>;
  /** How a letter stands that was not simply sent; by default as it ended, or that it still waits. */
  takeBack?: (letterId: string) => Standing;
};

type Standing = Awaited<ReturnType<Activities['takeBackLetter']>>;

export type LoneCase = Awaited<ReturnType<typeof openLoneCase>>;

/**
 * One report case on the jumping clock, the world around it played by us: an invitation on day 1, a reminder on day 30
 * (or on `reminders`), the deadline on day 60, the cut-off on day 90, the close on day 120. What it does is kept, for
 * the test to read.
 */
export async function openLoneCase({ reminders = [30], ...world }: World & { reminders?: number[] }) {
  const stage = await playAlone(world);
  const { on } = stage;
  const ends = { freeAt: on(0), dueAt: on(60), cutOffAt: on(90), closesAt: on(120) };
  const ladder = [
    { purpose: 'invitation', occurrence: 1, at: on(1) },
    ...reminders.map((day, index) => ({ purpose: 'reminder', occurrence: index + 1, at: on(day) })),
  ];
  const schedule = { approvalId: 'plan', ladder, ...ends };
  const input: ReportIntake = { caseId: CASE, iso3: 'LAO', kind: 'annual', year: 2031, schedule };
  const { handle, tell } = await stage.start({ workflow: 'reportIntake', workflowId: CASE, input });
  return {
    ...stage,
    async answers(kind: string, answer: string): Promise<void> {
      const { id: taskId } = stage.tasks.find((task) => task.kind === kind)!;
      await tell('taskAnswered', { taskId, answer });
    },
    /** `arrivedAt`: when it reached the office, for one that is filed later. */
    reports: (version: number, arrivedAt = stage.clock.now().getTime()) =>
      tell('reportReceived', { submissionId: `report ${version}`, version, at: arrivedAt }),
    /** A newer plan with the same dates has been agreed. */
    followsNewPlan: () => tell('scheduleChanged', { ...schedule, approvalId: 'newer plan' }),
    /** What it follows is told again: something may have been held back meanwhile. */
    isToldAgain: () => tell('scheduleChanged', schedule),
    status: async () => (await handle.describe()).status.name,
  };
}

/** One cycle in the same way: its plan asks these people and lapses on day 30; the cycle closes on day 300. */
export async function openLoneCycle({ approvers, ...world }: World & { approvers: string[] }) {
  const stage = await playAlone({ ...world, approvers });
  const input: AnnualCycle = { caseId: CYCLE, year: 2031, openedBy: 'admin', closesAt: stage.on(300) };
  const { handle } = await stage.start({ workflow: 'annualCycle', workflowId: CYCLE, input });
  return {
    ...stage,
    async approves(personId: string): Promise<void> {
      const decision = { id: `decision of ${personId}`, approvalId: 'plan', personId, choice: 'approve', revision: 1 };
      await handle.executeUpdate('decide', { args: [decision] });
      await stage.minutePasses();
    },
    async answers(kind: string, answer: string): Promise<void> {
      const { id: taskId } = stage.tasks.find((task) => task.kind === kind)!;
      await handle.signal('taskAnswered', { taskId, answer });
      await stage.minutePasses();
    },
  };
}

type Start = { workflow: string; workflowId: string; input: unknown };

async function playAlone(world: World) {
  const clock = await startJumpingClock();
  const { client, nativeConnection: connection } = clock.environment;
  const seen: Seen = { tasks: [], sent: [], tried: [], settled: [], counted: [], outcome: null, started: 0 };
  const beginning = clock.now().getTime();
  const on = (day: number) => beginning + day * DAY;
  const activities = { ...worldAs({ world, seen }), ...cycleAs({ world, seen, on }) } as Activities;
  const bundle = { codePath: process.env['TEST_WORKFLOW_BUNDLE']! } as never;
  const workers = await createWorkers({ connection, namespace: 'default', activities, bundle, lettersPerMinute: null });
  const running = Promise.all(workers.map((worker) => worker.run()));
  const minutePasses = () => clock.advanceTo(clock.now().getTime() + 60_000);
  return {
    ...seen,
    clock,
    on,
    minutePasses,
    outcome: () => seen.outcome,
    casesStarted: () => seen.started,
    passToDay: (day: number) => clock.advanceTo(on(day) + DAY / 2),
    async start({ workflow, workflowId, input }: Start) {
      const handle = await client.workflow.start(workflow, { workflowId, taskQueue: 'cases', args: [input] });
      const tell = async (signal: string, fact: object) => {
        await handle.signal(signal, fact);
        await minutePasses();
      };
      return { handle, tell };
    },
    async close(): Promise<void> {
      for (const worker of workers) worker.shutdown();
      await running;
      await clock.stop();
    },
  };
}

type Seen = {
  tasks: Task[];
  sent: string[];
  /** Each try at a letter, with the queue it came by. */
  tried: { letterId: string; queue: string }[];
  settled: string[];
  /** The outcomes as they were settled. */
  counted: string[];
  outcome: string | null;
  started: number;
};

function worldAs({ world, seen }: { world: World; seen: Seen }): Partial<Activities> {
  const attempts = new Map<string, number>();
  const ends = new Map<string, Standing>();
  return {
    openCase: async () => {},
    acceptReport: async () => {},
    settleReport: async ({ outcome }) => void seen.counted.push(outcome),
    draftLetters: async ({ purpose, occurrence }) =>
      world.draft?.(purpose, occurrence) ?? { letterIds: [`${purpose} ${occurrence}`], postponed: false },
    sendLetter: async ({ letterId }) => {
      const attempt = (attempts.get(letterId) ?? 0) + 1;
      attempts.set(letterId, attempt);
      seen.tried.push({ letterId, queue: activityInfo().taskQueue });
      ends.delete(letterId);
      const end = world.send(letterId, attempt);
      ends.set(letterId, end);
      if (end === 'sent') seen.sent.push(letterId);
      return end;
    },
    takeBackLetter: async ({ letterId, isDenied }) =>
      world.takeBack?.(letterId) ?? ends.get(letterId) ?? (isDenied ? 'notApproved' : 'undelivered'),
    assignTask: async ({ kind, about, answers }) => {
      const id = `task ${seen.tasks.length}`;
      seen.tasks.push({ id, kind, about, answers });
      return id;
    },
    settleLetter: async ({ letterId, answer }) => {
      seen.settled.push(`${letterId}: ${answer}`);
      return { queued: answer === 'sendAgain' };
    },
    closeCase: async ({ outcome }) => {
      seen.outcome = outcome;
    },
  };
}

function cycleAs({ world, seen, on }: { world: World; seen: Seen; on: (day: number) => number }): Partial<Activities> {
  const asked = { approvalId: 'plan', rule: 'all' as const, approvers: world.approvers ?? [] };
  const plan = { ...asked, remindAt: [on(10)], dueAt: on(14), lapsesAt: on(30) };
  return {
    draftPlan: async () => plan,
    draftPersonLetter: async ({ purpose, occurrence, personId }) => `${purpose} ${occurrence} to ${personId}`,
    closeApproval: async ({ state }) => state,
    announceSchedule: async () => {},
    startReportCases: async () => ({ started: ++seen.started }),
  };
}

export function later(): never {
  throw ApplicationFailure.create({ message: 'Busy', type: 'Later', nextRetryDelay: '6 hours', category: 'BENIGN' });
}

export function notApproved(): never {
  throw ApplicationFailure.nonRetryable('No approval of exactly this', 'NotApproved');
}
