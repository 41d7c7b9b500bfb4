import { climbedWith, nextRung } from '../../domain/reminder.ts';
import type { Schedule } from '../messages.ts';
import { correspond } from './correspond.ts';
import type { CaseFile } from './open-case.ts';
import { waitUntil } from './wait.ts';

/**
 * Writes the letters of the ladder on their dates until a report is there or, for silence, the cut-off has come.
 * Follows the schedule as it stands: an amended plan moves what has not been sent.
 */
export async function awaitReply(caseFile: CaseFile): Promise<void> {
  const schedule = () => caseFile.schedule!;
  while (caseFile.reports.length === 0 && schedule().cutOffAt > Date.now()) {
    const followed = schedule();
    const rung = nextRung({ ladder: followed.ladder, climbed: caseFile.climbed, now: Date.now() });
    const until = () => (schedule() === followed ? Math.min(rung?.at ?? Infinity, followed.cutOffAt) : Date.now());
    if (await waitUntil({ caseFile, arrived: () => caseFile.reports.length > 0, until })) break;
    if (rung && schedule() === followed && rung.at <= Date.now()) await climb(caseFile, followed, rung);
  }
}

async function climb(caseFile: CaseFile, followed: Schedule, rung: Schedule['ladder'][number]): Promise<void> {
  const written = await correspond({ caseFile, purpose: rung.purpose, occurrence: rung.occurrence });
  if (written === 'written') caseFile.climbed.push(...climbedWith({ ladder: followed.ladder, rung }));
  else await scheduleAfter({ caseFile, followed, until: () => followed.cutOffAt });
}

/** A letter cannot leave while a newer plan that says otherwise is being decided: waits for what is followed next. */
export async function scheduleAfter({
  caseFile,
  followed,
  until,
}: {
  caseFile: CaseFile;
  followed: Schedule;
  until: () => number;
}): Promise<void> {
  const reports = caseFile.reports.length;
  const arrived = () => caseFile.schedule !== followed || caseFile.reports.length > reports;
  await waitUntil({ caseFile, arrived, until });
}
