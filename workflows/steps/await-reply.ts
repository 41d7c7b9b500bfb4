import { climbedWith, nextRung } from '../../domain/reminder.ts';
import type { ReportMessage, Schedule } from '../messages.ts';
import { correspond } from './correspond.ts';
import type { CaseFile } from './open-case.ts';
import { waitUntil } from './wait.ts';

/**
 * Writes the letters of the ladder on their dates until a report is there or the cut-off has come, and returns the
 * report or, for silence, null. Follows the schedule as it stands: an amended plan moves what has not been sent.
 */
export async function awaitReply(caseFile: CaseFile): Promise<ReportMessage | null> {
  const schedule = () => caseFile.schedule!;
  while (caseFile.reports.length === 0 && schedule().cutOffAt > Date.now()) {
    const followed = schedule();
    const rung = nextRung({ ladder: followed.ladder, climbed: caseFile.climbed, now: Date.now() });
    const until = () => (schedule() === followed ? Math.min(rung?.at ?? Infinity, followed.cutOffAt) : Date.now());
    if (await waitUntil({ caseFile, arrived: () => caseFile.reports.length > 0, until })) break;
    if (rung && schedule() === followed && rung.at <= Date.now()) await climb(caseFile, followed, rung);
  }
  return caseFile.reports[0] ?? null;
}

async function climb(caseFile: CaseFile, followed: Schedule, rung: Schedule['ladder'][number]): Promise<void> {
  const written = await correspond({ caseFile, purpose: rung.purpose, occurrence: rung.occurrence });
  if (written === 'written') caseFile.climbed.push(...climbedWith({ ladder: followed.ladder, rung }));
  else await newSchedule(caseFile, followed);
}

/** The letter cannot leave while a newer plan is being decided: wait for the plan, for a report, or for the cut-off. */
async function newSchedule(caseFile: CaseFile, followed: Schedule): Promise<void> {
  const arrived = () => caseFile.schedule !== followed || caseFile.reports.length > 0;
  await waitUntil({ caseFile, arrived, until: () => followed.cutOffAt });
}
