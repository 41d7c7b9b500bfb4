import { dateAt, workCalendar } from '../domain/calendar.ts';
import { caseIdOf } from '../domain/case.ts';
import { type CycleDates, type Due, firstSendingDay, plannedLetters, reportsDue } from '../domain/cycle.ts';
import { lettersLeft, type PlanKey, type PlanLetter, planKey } from '../domain/plan.ts';
import type { Treaty } from '../domain/treaty.ts';
import type { Deps } from './index.ts';

type Plan = { deps: Deps; cycleId: string; dates: CycleDates; now: number };

/** The letters a plan drafted now still has to write: a new version leaves alone what has gone. */
export async function lettersToWrite({ deps, cycleId, dates, now }: Plan): Promise<PlanLetter[]> {
  const { policy, holidays, states } = deps.treaty;
  const calendar = workCalendar({ timeZone: policy.treatyTimeZone, holidays });
  const today = dateAt(now, policy.treatyTimeZone);
  const notBefore = firstSendingDay({ today, policy, calendar });
  const written = await lettersWritten({ deps, dates });
  const { approved, invitedOn } = await agreedBefore({ deps, cycleId });
  const letters = reportsDue({ states, dates }).flatMap((due) => {
    const caseId = reportCaseId({ treaty: deps.treaty, year: dates.year, due });
    const isInvited = written.has(planKey({ caseId, purpose: 'invitation', occurrence: 1 }));
    const invited = isInvited ? invitedOn.get(caseId) : undefined;
    return plannedLetters({ due, dates, policy, calendar, notBefore, invitedOn: invited }).map(
      (letter): PlanLetter => ({ ...letter, caseId, due }),
    );
  });
  return lettersLeft({ letters, written, approved, today, notBefore });
}

export function reportCaseId({ treaty, year, due }: { treaty: Treaty; year: number; due: Due }): string {
  const part = due.kind === 'initial' ? 'initial' : undefined;
  return caseIdOf({ treaty: treaty.id, year, caseType: 'report-intake', iso3: due.iso3, part });
}

async function lettersWritten({ deps, dates }: Pick<Plan, 'deps' | 'dates'>): Promise<Set<string>> {
  const { records, treaty } = deps;
  const written = await records.letter.findMany({
    where: { class: { not: 'internal' }, case: { treaty: treaty.id, year: dates.year, caseType: 'report-intake' } },
    select: { caseId: true, purpose: true, occurrence: true },
  });
  return new Set(written.map(planKey));
}

/** The letters of the plan approved last, and the day each invitation was planned for when it was approved. */
export async function agreedBefore({ deps, cycleId }: Pick<Plan, 'deps' | 'cycleId'>): Promise<{
  approved: PlanKey[];
  invitedOn: Map<string, string>;
}> {
  const { records, treaty } = deps;
  const plan = { caseId: cycleId, subject: 'plan' };
  const items = await records.approvalItem.findMany({
    where: {
      OR: [
        { approval: { ...plan, state: 'approved' } },
        { approval: { ...plan, state: 'superseded' }, purpose: 'invitation' },
      ],
    },
    select: { caseId: true, purpose: true, occurrence: true, plannedAt: true, approval: { select: { state: true } } },
    orderBy: { approval: { version: 'asc' } },
  });
  const dated = items.map(({ plannedAt, approval, ...key }) => ({
    ...key,
    on: plannedAt && dateAt(plannedAt.getTime(), treaty.policy.treatyTimeZone),
    isApproved: approval.state === 'approved',
  }));
  const invitations = dated.filter(({ purpose }) => purpose === 'invitation');
  return {
    approved: dated.filter(({ isApproved }) => isApproved),
    invitedOn: new Map(invitations.flatMap(({ caseId, on }) => (on ? [[caseId, on]] : []))),
  };
}
