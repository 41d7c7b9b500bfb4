import type { FastifyInstance } from 'fastify';
import { recordTaskAnswer } from '../../../adapters/facts.ts';
import { peopleById } from '../../../adapters/overview/case-file.ts';
import { type TaskFile, taskFile, taskLists, trayMails } from '../../../adapters/overview/tasks.ts';
import { waitingFacts } from '../../../adapters/overview/waiting-facts.ts';
import { referenceOf } from '../../../domain/case.ts';
import type { Action } from '../../../domain/permissions.ts';
import { REFUSALS } from '../../../domain/refusals.ts';
import { CheckSendAgainPage } from '../../pages/console/send-again.tsx';
import { TaskPage } from '../../pages/console/task.tsx';
import { TasksPage } from '../../pages/console/tasks.tsx';
import { paths, patterns } from '../../paths.ts';
import { type Answer, page, route, seeOther, type Visit } from '../../route.ts';
import { consoleOf, idOf, notFound } from './frame.tsx';

const SETTLED = 30;

export function taskRoutes(app: FastifyInstance): void {
  route(app, { method: 'GET', url: patterns.tasks, may: 'task.read', handler: showTasks });
  route(app, { method: 'GET', url: patterns.task, may: 'task.read', handler: showTask });
  route(app, { method: 'POST', url: patterns.task, may: 'task.answer', handler: answerTask });
}

async function showTasks(visit: Visit<Action>): Promise<Answer> {
  const { records, treaty } = visit.deps;
  const [on, lists, people, waiting, mails] = await Promise.all([
    consoleOf(visit),
    taskLists({ records, settled: SETTLED }),
    peopleById(records),
    waitingFacts({ records }),
    trayMails({ records }),
  ]);
  const states = new Map(treaty.states.map((state) => [state.iso3, state]));
  return <TasksPage {...{ on, lists, people, states, waiting, mails }} />;
}

async function taskOf(visit: Visit<Action>): Promise<TaskFile | null> {
  const taskId = idOf(visit);
  return taskId ? await taskFile({ records: visit.deps.records, taskId }) : null;
}

async function showTask(visit: Visit<Action>): Promise<Answer> {
  const task = await taskOf(visit);
  return task ? <TaskPage {...(await partsOf(visit, task))} /> : notFound(visit);
}

async function partsOf(visit: Visit<Action>, task: TaskFile) {
  const on = await consoleOf(visit);
  const people = await peopleById(visit.deps.records);
  const settledBy = people.get(task.answered?.personId ?? '')?.name ?? 'a person who has left';
  return { on, task, settledBy, stateName: nameOf(visit, task) };
}

function nameOf({ deps }: Visit<Action>, { case: { id, stateParty } }: TaskFile): string {
  return deps.treaty.states.find(({ iso3 }) => iso3 === stateParty)?.names.en ?? referenceOf(id);
}

/** A letter that leaves again is checked once more; every other answer counts at once. */
async function answerTask(visit: Visit<Action>): Promise<Answer> {
  const { deps, reply, viewer, form } = visit;
  const { answer = '', note = '', checked } = form;
  const task = await taskOf(visit);
  if (!task) return notFound(visit);
  if (!task.answers.includes(answer)) {
    const errors = [{ field: 'answer', text: REFUSALS.noChoice.sentence }];
    return page(reply, <TaskPage {...(await partsOf(visit, task))} typed={{ answer, note }} errors={errors} />, 422);
  }
  if (answer === 'sendAgain' && task.letter && checked !== 'yes') {
    return <CheckSendAgainPage on={await consoleOf(visit)} task={task} note={note} stateName={nameOf(visit, task)} />;
  }
  const given = { taskId: task.id, personId: viewer.personId, answer, note: note.slice(0, 2000) };
  await recordTaskAnswer({ records: deps.records, now: deps.clock.now(), ...given });
  return seeOther(reply, paths.tasks());
}
