import { ApplicationFailure } from '@temporalio/common';
import type { Activities } from '../../activities/index.ts';
import { startJumpingClock } from '../../simulator/clock.ts';
import { createWorkers } from '../../worker/cases.ts';
import type { ReportIntake } from '../../workflows/report-intake.ts';

const DAY = 86_400_000;
export const CASE = 'ccm/2031/report-intake/LAO';

type Task = { id: string; kind: string; about: Record<string, string | number>; answers: string[] };
type Drafting = Awaited<ReturnType<Activities['draftLetters']>>;

/** How the world answers a case that is played alone; both may throw what the activities throw. */
export type World = {
  draft?: (purpose: string) => Drafting;
  send: (letterId: string, attempt: number) => Awaited<ReturnType<Activities['sendLetter']>>;
};

export type LoneCase = Awaited<ReturnType<typeof openLoneCase>>;

/**
 * One report case on the jumping clock, the world around it played by us: an invitation on day 1, a reminder on day 30,
 * the deadline on day 60, the cut-off on day 90, the close on day 120. What it does is kept, for the test to read.
 */
export async function openLoneCase(world: World) {
  const clock = await startJumpingClock();
  const { client, nativeConnection: connection } = clock.environment;
  const seen = { tasks: [] as Task[], sent: [] as string[], settled: [] as string[], outcome: null as string | null };
  const activities = worldAs({ world, seen }) as Activities;
  const bundle = { codePath: process.env['TEST_WORKFLOW_BUNDLE']! } as never;
  const workers = await createWorkers({ connection, namespace: 'default', activities, bundle, lettersPerMinute: null });
  const running = Promise.all(workers.map((worker) => worker.run()));
  const start = clock.now().getTime();
  const on = (day: number) => start + day * DAY;
  const ends = { freeAt: start, dueAt: on(60), cutOffAt: on(90), closesAt: on(120) };
  const ladder = [
    { purpose: 'invitation', occurrence: 1, at: on(1) },
    { purpose: 'reminder', occurrence: 1, at: on(30) },
  ];
  const schedule = { approvalId: 'plan', ladder, ...ends };
  const input: ReportIntake = { caseId: CASE, iso3: 'LAO', kind: 'annual', year: 2031, schedule };
  const handle = await client.workflow.start('reportIntake', { workflowId: CASE, taskQueue: 'cases', args: [input] });

  return {
    ...seen,
    outcome: () => seen.outcome,
    passToDay: (day: number) => clock.advanceTo(on(day) + DAY / 2),
    async answers(kind: string, answer: string): Promise<void> {
      const { id: taskId } = seen.tasks.find((task) => task.kind === kind)!;
      await handle.signal('taskAnswered', { taskId, answer });
      await clock.advanceTo(clock.now().getTime() + 60_000);
    },
    async reports(version: number): Promise<void> {
      await handle.signal('reportReceived', { submissionId: `report ${version}`, version, at: clock.now().getTime() });
      await clock.advanceTo(clock.now().getTime() + 60_000);
    },
    /** A newer plan with the same dates has been agreed. */
    async followsNewPlan(): Promise<void> {
      await handle.signal('scheduleChanged', { ...schedule, approvalId: 'newer plan' });
      await clock.advanceTo(clock.now().getTime() + 60_000);
    },
    status: async () => (await handle.describe()).status.name,
    async close(): Promise<void> {
      for (const worker of workers) worker.shutdown();
      await running;
      await clock.stop();
    },
  };
}

type Seen = { tasks: Task[]; sent: string[]; settled: string[]; outcome: string | null };

function worldAs({ world, seen }: { world: World; seen: Seen }): Partial<Activities> {
  const attempts = new Map<string, number>();
  return {
    openCase: async () => {},
    acceptReport: async () => {},
    settleReport: async () => {},
    draftLetters: async ({ purpose, occurrence }) =>
      world.draft?.(purpose) ?? { letterIds: [`${purpose} ${occurrence}`], postponed: false },
    sendLetter: async ({ letterId }) => {
      const attempt = (attempts.get(letterId) ?? 0) + 1;
      attempts.set(letterId, attempt);
      const end = world.send(letterId, attempt);
      if (end === 'sent') seen.sent.push(letterId);
      return end;
    },
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

export function later(): never {
  throw ApplicationFailure.create({ message: 'Busy', type: 'Later', nextRetryDelay: '6 hours', category: 'BENIGN' });
}

export function notApproved(): never {
  throw ApplicationFailure.nonRetryable('No approval of exactly this', 'NotApproved');
}
