/** ToR 8(a). Invite a State Party to report, remind it until the report is there, and say what became of it. */

import { records } from './activities.ts';
import type { ReportMessage, Schedule } from './messages.ts';
import { awaitReply, toldAfter } from './steps/await-reply.ts';
import { closeCase } from './steps/close-case.ts';
import { correspond } from './steps/correspond.ts';
import { type CaseFile, openCase } from './steps/open-case.ts';
import { waitUntil } from './steps/wait.ts';

export type ReportIntake = {
  caseId: string;
  iso3: string;
  kind: 'annual' | 'initial';
  year: number;
  schedule: Schedule;
};

export type ReportOutcome = 'on time' | 'late' | 'not received by the cut-off';

export async function reportIntake({ caseId, iso3, kind, year, schedule }: ReportIntake): Promise<ReportOutcome> {
  const opening = { caseType: 'report-intake', year, iso3, kind };
  const caseFile = await openCase({ id: caseId, opening, schedule });

  const acknowledged = acknowledgeReports(caseFile);
  await awaitReply(caseFile);
  await waitUntil({ caseFile, arrived: () => false, until: () => caseFile.schedule!.cutOffAt });

  const outcome = await count(caseFile);
  await acknowledged;
  return closeCase(caseFile, outcome);
}

/**
 * From the cut-off on the outcome stands in the record. A report filed later that had arrived before counts anew, until
 * the case closes.
 */
async function count(caseFile: CaseFile): Promise<ReportOutcome> {
  for (;;) {
    const outcome = outcomeOf(caseFile);
    await records.settleReport({ caseId: caseFile.id, outcome, now: Date.now() });
    const arrived = () => outcomeOf(caseFile) !== outcome;
    if (!(await waitUntil({ caseFile, arrived, until: () => caseFile.schedule!.closesAt }))) return outcome;
  }
}

/** A report counts from the moment it arrived, not from when we came to read or file it: the earliest decides. */
function outcomeOf({ reports, schedule }: CaseFile): ReportOutcome {
  const { dueAt, cutOffAt } = schedule!;
  const arrivedAt = Math.min(...reports.map(({ at }) => at));
  if (arrivedAt <= dueAt) return 'on time';
  return arrivedAt <= cutOffAt ? 'late' : 'not received by the cut-off';
}

/**
 * Acknowledges each report that arrives, one after the other: the first, a version that replaces it, one that comes
 * after the cut-off. A receipt that cannot leave yet holds up neither the count nor the close.
 */
async function acknowledgeReports(caseFile: CaseFile): Promise<void> {
  const arrived = () => caseFile.reports.length > caseFile.acknowledged;
  while (await waitUntil({ caseFile, arrived, until: () => caseFile.schedule!.closesAt }))
    await acknowledge(caseFile, caseFile.reports[caseFile.acknowledged++]!);
}

/** The receipt says what arrived, when, and by which fingerprint it can be recognised. */
async function acknowledge(caseFile: CaseFile, { submissionId, version }: ReportMessage): Promise<void> {
  await records.acceptReport({ caseId: caseFile.id, now: Date.now() });
  const receipt = { caseFile, purpose: 'receipt', occurrence: version, submissionId };
  const closesAt = () => caseFile.schedule!.closesAt;
  while (closesAt() > Date.now()) {
    await waitUntil({ caseFile, arrived: () => false, until: () => caseFile.schedule!.freeAt });
    const followed = caseFile.schedule!;
    const written = await correspond(receipt);
    if (written === 'written') return;
    await waitUntil({ caseFile, arrived: toldAfter({ caseFile, followed, why: written }), until: closesAt });
  }
}
