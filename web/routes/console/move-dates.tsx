import type { FastifyInstance } from 'fastify';
import { recordDateChange } from '../../../adapters/facts.ts';
import { plannedAndWritten } from '../../../adapters/overview/cycle.ts';
import { addressesByState, register } from '../../../adapters/overview/register.ts';
import { addDays, Temporal } from '../../../domain/calendar.ts';
import { type CycleDates, cycleDates, type MovedDates } from '../../../domain/cycle.ts';
import type { Action } from '../../../domain/permissions.ts';
import { planChange } from '../../../domain/plan.ts';
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
  const weeks = deps.treaty.policy.report.cutOffWeeksBeforeMeeting;
  const errors = faultsIn({ wish, before, weeks });
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

function faultsIn({ wish, before, weeks }: { wish: Wish; before: CycleDates; weeks: number }): FieldError[] {
  const { deadlineOn, meetingOn, reason } = wish;
  const fault = (field: keyof Wish, text: string) => [{ field, text }];
  if (!isDate(deadlineOn)) return fault('deadlineOn', 'Give the day annual reports are due.');
  if (!isDate(meetingOn)) return fault('meetingOn', 'Give the first day of the meeting.');
  if (!deadlineOn.startsWith(`${before.year}-`))
    return fault('deadlineOn', `The deadline of this cycle lies in ${before.year}.`);
  if (meetingOn <= deadlineOn) return fault('meetingOn', 'The meeting comes after the deadline.');
  if (addDays(meetingOn, -7 * weeks) <= deadlineOn)
    return fault('meetingOn', `The data is frozen ${weeks} weeks before the meeting: that must be after the deadline.`);
  if (meetingOn > before.closesOn) return fault('meetingOn', 'The meeting comes before the cycle closes.');
  return reason === '' ? fault('reason', 'Say why: the Coordinators are asked about it.') : [];
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
  const { contacts, people } = await register({ records });
  const { planned, written } = await plannedAndWritten({ records, cycleId, timeZone: treaty.policy.treatyTimeZone });
  const addresses = addressesByState(contacts);
  const after = previewPlan({ treaty, year: before.year, now: on.now, addresses, moved, written });
  const change = planChange({ before: planned, after: after.keys });
  const coordinators = people.filter(({ role }) => role === 'coordinator').length;
  return (
    <CheckMovePage
      {...{ on, before, change, coordinators }}
      after={after.dates}
      reason={wish.reason}
      letters={after.byDay}
    />
  );
}
