import { lettersInForce } from '../adapters/letters-in-force.ts';
import { planSoFar } from '../adapters/plan-so-far.ts';
import { dateAt } from '../domain/calendar.ts';
import { type CycleDates, cycleDates } from '../domain/cycle.ts';
import { lettersByDay, lettersToWrite, type PlanSoFar, type PlanSummary, planChange } from '../domain/plan.ts';
import type { IsoDate, Language } from '../domain/treaty.ts';
import type { OpenedApproval } from '../workflows/steps/seek-approval.ts';
import type { Deps } from './index.ts';
import { openApproval, openedApproval } from './open-approval.ts';
import { addressedLetters, keepTextsOf, type Outgoing, writeItems } from './plan-items.ts';

type Draft = { cycleId: string; version: number; changeId: string | null; now: number };

export function planActivities(deps: Deps) {
  const { records, treaty } = deps;
  return {
    /**
     * Writes every letter of the year as it would leave, and opens the approval of exactly these. The same version
     * drafted again (a retry) is the approval already there. Without an approver nothing is opened.
     */
    async draftPlan(draft: Draft): Promise<OpenedApproval> {
      const drafted = await records.approval.findFirst({
        where: { caseId: draft.cycleId, subject: 'plan', version: draft.version },
        include: { slots: true },
      });
      if (drafted) return openedApproval({ treaty, approval: drafted });
      const cycle = await records.case.findUniqueOrThrow({ where: { id: draft.cycleId } });
      const openedBy = (cycle.input as { openedBy?: string }).openedBy ?? null;
      const coordinators = await records.person.findMany({
        where: { role: 'coordinator', leftAt: null },
        orderBy: { email: 'asc' },
      });
      const approvers = coordinators.filter((person) => person.id !== openedBy);
      const waits = {
        waitingFor: approvers.length === 0 ? 'officer' : 'coordinators',
        waitingSince: new Date(draft.now),
      };
      await records.case.update({ where: { id: draft.cycleId }, data: waits });
      if (approvers.length === 0)
        return { approvalId: '', rule: 'all', approvers: [], remindAt: [], dueAt: 0, lapsesAt: 0 };

      const change = draft.changeId ? await records.dateChange.findUnique({ where: { id: draft.changeId } }) : null;
      const moved = { deadlineOn: change?.deadlineOn || null, meetingOn: change?.meetingOn || null };
      const dates = cycleDates({ treaty, year: cycle.year, moved });
      const today = dateAt(draft.now, treaty.policy.treatyTimeZone);
      const soFar = await planSoFar({ records, treaty, cycleId: draft.cycleId });
      const letters = await addressedLetters({ deps, letters: lettersToWrite({ treaty, dates, today, soFar }) });
      const holders = coordinators.flatMap((person) => person.actsFor ?? []);
      const inForce = { ...deps, letters: await lettersInForce(deps) };
      const items = await writeItems({ deps: inForce, letters, dates, holders });
      await keepTextsOf({ deps: inForce, items, now: draft.now });
      const summary = summarise({ dates, letters, soFar, today, reason: change?.reason ?? '' });
      const title = `Plan of letters for the ${dates.year} cycle`;
      const what = { caseId: draft.cycleId, subject: 'plan', version: draft.version, title, rule: 'all' } as const;
      const about = { ...what, answersChangeId: draft.changeId, askedById: openedBy };
      const asked = { ...about, summary, items, now: draft.now };
      return await openApproval({ records, treaty, asked, approvers });
    },
  };
}

function summarise({
  dates,
  letters,
  soFar,
  today,
  reason,
}: {
  dates: CycleDates;
  letters: Outgoing[];
  soFar: PlanSoFar;
  today: IsoDate;
  reason: string;
}): PlanSummary {
  const languages: PlanSummary['languages'] = {};
  const languageOf = new Map(letters.map(({ due, contact }) => [due.iso3, contact.language as Language]));
  for (const language of languageOf.values()) languages[language] = (languages[language] ?? 0) + 1;
  const { base } = soFar;
  const change = base && { reason, since: base.version, ...planChange({ soFar, letters, today }) };
  return { dates, states: languageOf.size, letters: lettersByDay(letters), languages, change };
}
