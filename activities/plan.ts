import { dateAt } from '../domain/calendar.ts';
import { type CycleDates, cycleDates } from '../domain/cycle.ts';
import { lettersByDay, type PlanLetter, type PlanSummary, planChange, planKey } from '../domain/plan.ts';
import type { Language } from '../domain/treaty.ts';
import type { OpenedApproval } from '../workflows/steps/seek-approval.ts';
import type { Deps } from './index.ts';
import { openApproval, openedApproval } from './open-approval.ts';
import { type PlanItem, writeItems } from './plan-items.ts';
import { agreedBefore, lettersToWrite } from './plan-letters.ts';

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
      const letters = await lettersToWrite({ deps, cycleId: draft.cycleId, dates, now: draft.now });
      const holders = coordinators.flatMap((person) => person.actsFor ?? []);
      const items = await writeItems({ deps, letters, dates, holders });
      const summary = await summarise({ deps, draft, dates, letters, items, reason: change?.reason ?? '' });
      const title = `Plan of letters for the ${dates.year} cycle`;
      const what = { caseId: draft.cycleId, subject: 'plan', version: draft.version, title, rule: 'all' } as const;
      const asked = { ...what, askedById: openedBy, summary, items, now: draft.now };
      return await openApproval({ records, treaty, asked, approvers });
    },
  };
}

async function summarise({
  deps,
  draft,
  dates,
  letters,
  items,
  reason,
}: {
  deps: Deps;
  draft: Draft;
  dates: CycleDates;
  letters: PlanLetter[];
  items: PlanItem[];
  reason: string;
}): Promise<PlanSummary> {
  const languages: PlanSummary['languages'] = {};
  const languageOf = new Map(items.map((item) => [item.stateParty, item.language as Language]));
  for (const language of languageOf.values()) languages[language] = (languages[language] ?? 0) + 1;
  const { approved } = await agreedBefore({ deps, cycleId: draft.cycleId });
  const today = dateAt(draft.now, deps.treaty.policy.treatyTimeZone);
  const stillToWrite = new Set(letters.map(planKey));
  const before = approved.filter((letter) => (letter.on ?? '') > today || stillToWrite.has(planKey(letter)));
  const change = approved.length > 0 || reason ? { reason, ...planChange({ before, after: letters }) } : null;
  return { dates, states: languageOf.size, letters: lettersByDay(letters), languages, change };
}
