/** ToR 8(a). Invite a State Party to report, remind it until the report is there, and say what became of it. */

import { records } from './activities.ts';
import type { ReportMessage, Schedule } from './messages.ts';
import { awaitReply, scheduleAfter } from './steps/await-reply.ts';
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

  await awaitReply(caseFile);
  await acceptReports({ caseFile, until: () => caseFile.schedule!.cutOffAt });

  const outcome = outcomeAtCutOff(caseFile);
  await records.settleReport({ caseId, outcome, now: Date.now() });

  await acceptReports({ caseFile, until: () => caseFile.schedule!.closesAt });
  return closeCase(caseFile, outcome);
}

/** A report counts from the moment it arrived, not from when we came to read or file it: the earliest decides. */
function outcomeAtCutOff({ reports, schedule }: CaseFile): ReportOutcome {
  if (reports.length === 0) return 'not received by the cut-off';
  return reports.some(({ at }) => at <= schedule!.dueAt) ? 'on time' : 'late';
}

/** Acknowledges each report that arrives: the first, a version that replaces it, one that comes after the cut-off. */
async function acceptReports({ caseFile, until }: { caseFile: CaseFile; until: () => number }): Promise<void> {
  const arrived = () => caseFile.reports.length > caseFile.acknowledged;
  while (await waitUntil({ caseFile, arrived, until }))
    await acknowledge(caseFile, caseFile.reports[caseFile.acknowledged++]!);
}

/** The receipt says what arrived, when, and by which fingerprint it can be recognised. */
async function acknowledge(caseFile: CaseFile, { submissionId, version }: ReportMessage): Promise<void> {
  await records.acceptReport({ caseId: caseFile.id, submissionId, now: Date.now() });
  const receipt = { caseFile, purpose: 'receipt', occurrence: version, submissionId };
  const closesAt = () => caseFile.schedule!.closesAt;
  while (closesAt() > Date.now()) {
    await waitUntil({ caseFile, arrived: () => false, until: () => caseFile.schedule!.freeAt });
    const followed = caseFile.schedule!;
    if ((await correspond(receipt)) === 'written') return;
    await scheduleAfter({ caseFile, followed, until: closesAt });
  }
}
