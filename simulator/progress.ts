import { cycleProgress, latestMove } from '../adapters/overview/cycle.ts';
import { type Rule, tally } from '../domain/approval.ts';
import { addDays, daysBetween, plainDate } from '../domain/calendar.ts';
import { caseIdOf } from '../domain/case.ts';
import { type CycleDates, cycleDates } from '../domain/cycle.ts';
import type { IsoDate } from '../domain/treaty.ts';
import type { Progress } from '../web/deps.ts';
import type { World } from './world.ts';

/** The days of a year that is played: from today until two days after the cycle closes. */
export type YearPlayed = { year: number; first: IsoDate; last: IsoDate };

export function yearPlayed({ world, year }: { world: World; year: number }): YearPlayed {
  const { closesOn } = cycleDates({ treaty: world.treaty, year });
  return { year, first: world.today(), last: addDays(closesOn, 2) };
}

/** How far the year has come, and the request a Coordinator has not answered yet, if there is one. */
export async function standingOf({
  world,
  played,
  day,
}: {
  world: World;
  played: YearPlayed;
  day: IsoDate;
}): Promise<{ progress: Progress; undecided: string | null }> {
  const { records, treaty } = world;
  const { year, first, last } = played;
  const cycleId = caseIdOf({ treaty: treaty.id, year, caseType: 'annual-cycle' });
  const moved = await latestMove({ records, cycleId });
  const undecided = await undecidedIn(world);
  const { sent, received, opened } = await cycleProgress({ records, treaty: treaty.id, year });
  const picture = undecided ?? pictureOf({ day, dates: cycleDates({ treaty, year, moved }) });
  const days = { dayNumber: daysBetween(first, day) + 1, of: daysBetween(first, last) + 1 };
  return { progress: { ...days, lettersSent: sent, reportsIn: received, reportsDue: opened, picture }, undecided };
}

/** Not what is only held until it takes effect: that needs nobody. */
async function undecidedIn({ records }: World): Promise<string | null> {
  const open = await records.approval.findMany({
    where: { state: 'open' },
    include: { slots: true, decisions: true },
  });
  const asked = open.find(({ rule, slots, decisions }) => {
    const approvers = slots.map(({ personId }) => personId);
    // Rows hold what the rule and the choices of domain/approval are written as.
    return tally({ rule: rule as Rule, approvers, decisions: decisions as never }) === 'open';
  });
  return asked ? `${asked.title}, version ${asked.version}: the Coordinators are asked` : null;
}

function pictureOf({ day, dates }: { day: IsoDate; dates: CycleDates }): string {
  const { invitationOn, deadlineOn, cutOffOn, closesOn } = dates;
  const on = (date: IsoDate) => plainDate(date, 'en');
  if (day < invitationOn) return `States Parties are invited from ${on(invitationOn)}`;
  if (day <= deadlineOn) return `States Parties report, until ${on(deadlineOn)}`;
  if (day <= cutOffOn) return `Late reports come in; the figures are frozen on ${on(cutOffOn)}`;
  if (day <= closesOn) return `The figures are frozen; the cycle closes on ${on(closesOn)}`;
  return 'The cycle is closed';
}
