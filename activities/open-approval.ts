import { randomUUID } from 'node:crypto';
import { heartbeat } from '@temporalio/activity';
import { sha256 } from '../adapters/fingerprint.ts';
import { type Prisma, type Records, type TimelineAct, type Transaction, writeTimeline } from '../adapters/records.ts';
import type { Rule } from '../domain/approval.ts';
import { addWorkingDays, dateAt, instantOf, workCalendar } from '../domain/calendar.ts';
import { canonical } from '../domain/hash.ts';
import type { Treaty } from '../domain/treaty.ts';
import type { OpenedApproval } from '../workflows/steps/seek-approval.ts';
import type { PlanItem } from './plan-items.ts';

/** What is put to the approvers: everything that goes out, item by item, and the words they read about it. */
export type Asked = {
  caseId: string;
  subject: string;
  version: number;
  title: string;
  rule: Rule;
  /** The change of dates this version is drafted for. */
  answersChangeId: string | null;
  /** Who asks never decides. */
  askedById: string | null;
  summary: object;
  items: PlanItem[];
  now: number;
  /** What the timeline says of it, where that is not how many letters the engine planned. */
  told?: Pick<TimelineAct, 'act' | 'actor' | 'door' | 'detail'>;
};

/** Opens the approval of exactly these items, in one transaction, for these approvers. */
export async function openApproval({
  records,
  treaty,
  asked,
  approvers,
}: {
  records: Records;
  treaty: Treaty;
  asked: Asked;
  approvers: { id: string }[];
}): Promise<OpenedApproval> {
  const { items, now, summary, told, ...what } = asked;
  const approval = {
    ...what,
    ...deadlines({ treaty, now }),
    id: randomUUID(),
    contentHash: sha256(canonical({ summary, items: items.map((item) => item.hash).sort() })),
    summary: summary as Prisma.InputJsonObject,
    // What sends nothing has nothing to be held back.
    holdMinutes: items.length > 0 ? treaty.policy.approval.holdMinutes : 0,
    state: 'open',
  };
  await records.$transaction((tx) => keep(tx, { approval, approvers, items, told }));
  const slots = approvers.map(({ id }) => ({ personId: id }));
  return openedApproval({ treaty, approval: { ...approval, slots } });
}

function deadlines({ treaty, now }: { treaty: Treaty; now: number }) {
  const { decideWithinWorkingDays, lapsesAfterWorkingDays } = treaty.policy.approval;
  const calendar = workCalendar({ timeZone: treaty.policy.treatyTimeZone, holidays: treaty.holidays });
  const dueOn = addWorkingDays(dateAt(now, calendar.timeZone), decideWithinWorkingDays, calendar);
  const lapsesOn = addWorkingDays(dueOn, lapsesAfterWorkingDays, calendar);
  const endOf = (on: string) => new Date(instantOf(on, '23:59:59', calendar.timeZone));
  return { openedAt: new Date(now), dueAt: endOf(dueOn), lapsesAt: endOf(lapsesOn) };
}

async function keep(
  tx: Transaction,
  {
    approval,
    approvers,
    items,
    told = {},
  }: {
    approval: Prisma.ApprovalUncheckedCreateInput & { id: string; openedAt: Date };
    approvers: { id: string }[];
    items: PlanItem[];
    told?: Partial<NonNullable<Asked['told']>>;
  },
): Promise<void> {
  await tx.approval.create({ data: approval });
  await tx.approvalSlot.createMany({ data: approvers.map(({ id }) => ({ approvalId: approval.id, personId: id })) });
  for (let from = 0; from < items.length; from += 500) {
    const batch = items.slice(from, from + 500).map((item) => ({ ...item, approvalId: approval.id }));
    await tx.approvalItem.createMany({ data: batch });
    heartbeat({ kept: from, of: items.length });
  }
  const { caseId, openedAt: at, version, contentHash } = approval;
  const planned = { actor: 'engine', door: 'engine', act: 'planned', detail: { letters: items.length } } as const;
  const entry = { ...planned, ...told };
  const detail = { approvalId: approval.id, version, ...entry.detail };
  await writeTimeline(tx, { ...entry, caseId, at, detail, contentHash });
}

/** What the workflow needs of an approval: who, until when, and when to remind them (working days, 09:00). */
export function openedApproval({
  treaty,
  approval,
}: {
  treaty: Treaty;
  approval: { id: string; rule: string; dueAt: Date; openedAt: Date; lapsesAt: Date; slots: { personId: string }[] };
}): OpenedApproval {
  const { policy } = treaty;
  const calendar = workCalendar({ timeZone: policy.treatyTimeZone, holidays: treaty.holidays });
  const dueOn = dateAt(approval.dueAt.getTime(), calendar.timeZone);
  const remindAt = policy.approval.remindersBefore
    .map((days) => (days === 0 ? dueOn : addWorkingDays(dueOn, -days, calendar)))
    .map((on) => instantOf(on, policy.report.sendAt, calendar.timeZone))
    .filter((at) => at > approval.openedAt.getTime())
    .sort((a, b) => a - b);
  const approvers = approval.slots.map((slot) => slot.personId).sort();
  return {
    approvalId: approval.id,
    rule: approval.rule as OpenedApproval['rule'],
    approvers,
    remindAt,
    dueAt: approval.dueAt.getTime(),
    lapsesAt: approval.lapsesAt.getTime(),
  };
}
