import type { FastifyInstance } from 'fastify';
import { recordDateChange } from '../../../adapters/facts.ts';
import { register } from '../../../adapters/overview/register.ts';
import { planSoFar } from '../../../adapters/plan-so-far.ts';
import { addDays, dateAt, plainDate, Temporal } from '../../../domain/calendar.ts';
import { type CycleDates, cycleDates, type MovedDates } from '../../../domain/cycle.ts';
import type { Action } from '../../../domain/permissions.ts';
import type { IsoDate } from '../../../domain/treaty.ts';
import { CheckMovePage } from '../../pages/console/move-dates.tsx';
import type { FieldError } from '../../pages/parts.tsx';
import { paths, patterns } from '../../paths.ts';
import { previewPlan } from '../../presenters/cycle.ts';
import { type Answer, page, route, seeOther, type Visit } from '../../route.ts';
import { datesOf } from './board.tsx';
import { cycleIdOf, cyclePage, yearOf } from './cycles.tsx';
import { consoleOf, notFound } from './frame.tsx';

export function moveDatesRoutes(app: FastifyInstance): void {
  route(app, { method: 'POST', url: patterns.cycleDates, may: 'cycle.move', handler: moveDates });
}

type Wish = { deadlineOn: string; meetingOn: string; reason: string };

/** First shows what would move; counts when it comes back checked. */
async function moveDates(visit: Visit<Action>): Promise<Answer> {
  const { deps, reply, viewer, form } = visit;
  const { records, clock } = deps;
  const year = yearOf(visit);
  const cycleId = cycleIdOf(deps, year);
  const cycle = await records.case.findUnique({ where: { id: cycleId }, select: { closedAt: true } });
  if (!cycle || cycle.closedAt) return notFound(visit);
  const { deadlineOn = '', meetingOn = '', reason = '', checked } = form;
  const wish = { deadlineOn, meetingOn, reason: reason.trim().slice(0, 1000) };
  const before = await datesOf({ deps, year });
  const { treatyTimeZone, report } = deps.treaty.policy;
  const today = dateAt(clock.now().getTime(), treatyTimeZone);
  const errors = faultsIn({ wish, before, weeks: report.cutOffWeeksBeforeMeeting, today });
  if (errors.length > 0) {
    const again = await cyclePage(visit, { ...wish, errors });
    return 'type' in again ? page(reply, again, 422) : again;
  }
  const moved = movedFrom({ visit, wish, year });
  if (checked !== 'yes') return await checkPage({ visit, before, moved, wish, cycleId });
  await recordDateChange({ records, now: clock.now(), cycleId, moved, reason: wish.reason, personId: viewer.personId });
  return seeOther(reply, paths.cycle(year));
}

/** A date as the treaty has it is not moved: it keeps its own certainty. */
function movedFrom({ visit, wish, year }: { visit: Visit<Action>; wish: Wish; year: number }): MovedDates {
  const own = cycleDates({ treaty: visit.deps.treaty, year });
  return {
    deadlineOn: wish.deadlineOn === own.deadlineOn ? null : wish.deadlineOn,
    meetingOn: wish.meetingOn === own.meetingOn ? null : wish.meetingOn,
  };
}

/** The first rule the wish breaks. What is not moved may lie in the past. */
function faultsIn({
  wish,
  before,
  weeks,
  today,
}: {
  wish: Wish;
  before: CycleDates;
  weeks: number;
  today: IsoDate;
}): FieldError[] {
  const { deadlineOn, meetingOn, reason } = wish;
  if (!isDate(deadlineOn)) return [{ field: 'deadlineOn', text: 'Give the day annual reports are due.' }];
  if (!isDate(meetingOn)) return [{ field: 'meetingOn', text: 'Give the first day of the meeting.' }];
  const cutOffOn = addDays(meetingOn, -7 * weeks);
  const isDeadlineMoved = deadlineOn !== before.deadlineOn;
  const isMeetingMoved = meetingOn !== before.meetingOn;
  const frozen = `The data is frozen ${weeks} weeks before the meeting, on ${plainDate(cutOffOn, 'en')}`;
  const rules: [field: keyof Wish, holds: boolean, text: string][] = [
    ['deadlineOn', isDeadlineMoved || isMeetingMoved, 'Both dates are as they were: change what is to be moved.'],
    ['deadlineOn', deadlineOn.startsWith(`${before.year}-`), `The deadline of this cycle lies in ${before.year}.`],
    ['deadlineOn', !isDeadlineMoved || deadlineOn >= today, 'That day has passed: no report can become due on it.'],
    ['meetingOn', meetingOn > deadlineOn, 'The meeting comes after the deadline.'],
    ['meetingOn', cutOffOn > deadlineOn, `${frozen}: that must be after the deadline.`],
    ['meetingOn', !isMeetingMoved || cutOffOn >= today, `${frozen}: that day has passed.`],
    ['meetingOn', meetingOn <= before.closesOn, 'The meeting comes before the cycle closes.'],
    ['reason', reason !== '', 'Say why: the Coordinators are asked about it.'],
  ];
  const broken = rules.find(([, holds]) => !holds);
  return broken ? [{ field: broken[0], text: broken[2] }] : [];
}

function isDate(text: string): boolean {
  try {
    return (
      /^\d{4}-\d{2}-\d{2}$/.test(text) && Temporal.PlainDate.from(text, { overflow: 'reject' }).toString() === text
    );
  } catch {
    return false;
  }
}

async function checkPage({
  visit,
  before,
  moved,
  wish,
  cycleId,
}: {
  visit: Visit<Action>;
  before: CycleDates;
  moved: MovedDates;
  wish: Wish;
  cycleId: string;
}) {
  const { records, treaty } = visit.deps;
  const on = await consoleOf(visit);
  const [{ contacts, people }, soFar] = await Promise.all([
    register({ records }),
    planSoFar({ records, treaty, cycleId }),
  ]);
  const after = previewPlan({ treaty, year: before.year, now: on.now, contacts, moved, soFar });
  const coordinators = people.filter(({ role }) => role === 'coordinator').length;
  return <CheckMovePage {...{ on, before, after, coordinators }} reason={wish.reason} />;
}
