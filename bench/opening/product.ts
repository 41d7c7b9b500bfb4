import { recordDecision } from '../../adapters/decisions.ts';
import { recordCycleOpening } from '../../adapters/facts.ts';
import type { Records } from '../../adapters/records.ts';
import { loadTreaty } from '../../adapters/treaty.ts';
import { endOfDay } from '../../domain/calendar.ts';
import { caseIdOf } from '../../domain/case.ts';
import { cycleDates, cycleYear } from '../../domain/cycle.ts';
import { startMailbox } from '../../embedded/mailbox.ts';
import { treatyOfMany } from '../many-states.ts';
import { until } from '../pace.ts';
import type { Place } from '../place.ts';
import { type Running, startOwn } from '../programs.ts';

/** Drafting and keeping 18,000 letters takes a while; it is not what is timed. */
const PLAN_PATIENCE = 900;

/** The product's own worker on a treaty of so many States Parties; each round opens the cycle of a further year. */
export async function openProduct({
  place,
  address,
  database: { url, records },
  states,
}: {
  place: Place;
  address: string;
  database: { url: string; records: Records };
  states: number;
}): Promise<{ worker: Running; open: (round: { round: number; cases: number }) => Promise<number> }> {
  const treatyFolder = treatyOfMany({ states, folder: place.folder });
  const treaty = loadTreaty({ folder: treatyFolder });
  const mailbox = await startMailbox({ smtpPort: 0, webPort: 0 });
  place.afterwards(mailbox.stop);
  const named = {
    DATABASE_URL: url,
    TEMPORAL_ADDRESS: address,
    SMTP_URL: mailbox.smtpUrl,
    MAILBOX_URL: mailbox.webUrl,
  };
  const own = { BASE_URL: 'http://localhost', FOCALPOINT_DATA: place.folder, FOCALPOINT_TREATY: treatyFolder };
  const worker = await startOwn({ script: 'worker/main.ts', env: { ...named, ...own } });
  place.afterwards(worker.stop);
  const firstYear = cycleYear({ policy: treaty.policy, on: new Date().toISOString().slice(0, 10), upcoming: true });
  return {
    worker,
    async open({ round, cases }) {
      const year = firstYear + round;
      const caseId = caseIdOf({ treaty: treaty.id, year, caseType: 'annual-cycle' });
      const closesAt = endOfDay(cycleDates({ treaty, year }).closesOn, treaty.policy.treatyTimeZone);
      const { id: openedBy } = await records.person.findFirstOrThrow({ where: { role: 'admin' } });
      await recordCycleOpening({ records, caseId, input: { caseId, year, openedBy, closesAt } });
      const approvalId = await approvalAskedFor({ records, caseId });
      await approve({ records, approvalId });
      const opened = { caseType: 'report-intake', year };
      const look = async () => (await records.case.count({ where: opened })) === cases;
      await until({ what: `${cases} report cases wait`, seconds: 600, look });
      const waitingAt = Date.now();
      const { closedAt } = await records.approval.findUniqueOrThrow({ where: { id: approvalId } });
      return (waitingAt - closedAt!.getTime()) / 1000;
    },
  };
}

/** The plan has been drafted, and each Coordinator has the letter that asks. */
async function approvalAskedFor({ records, caseId }: { records: Records; caseId: string }): Promise<string> {
  const approval = await until({
    what: 'the plan is drafted',
    seconds: PLAN_PATIENCE,
    everyMs: 250,
    look: () => records.approval.findFirst({ where: { caseId }, include: { slots: true } }),
  });
  const asked = { approvalId: approval.id, purpose: 'approval-request', state: 'sent' };
  const look = async () => (await records.letter.count({ where: asked })) === approval.slots.length;
  await until({ what: 'the Coordinators are asked', seconds: 60, everyMs: 250, look });
  return approval.id;
}

async function approve({ records, approvalId }: { records: Records; approvalId: string }): Promise<void> {
  const where = { id: approvalId };
  const { contentHash, version, slots } = await records.approval.findUniqueOrThrow({ where, include: { slots: true } });
  const given = { approvalId, choice: 'approve', comment: '', door: 'console', linkSelector: null } as const;
  for (const { personId } of slots) {
    const answer = { ...given, personId, seen: { contentHash, version, revision: 0 } };
    await recordDecision({ records, now: new Date(), answer });
  }
}
