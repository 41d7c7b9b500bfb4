import { climbedWith, nextRung, type Rung, rungKey } from '../../domain/reminder.ts';
import type { Schedule } from '../messages.ts';
import { beside, type Correspondence, correspond } from './correspond.ts';
import type { CaseFile } from './open-case.ts';
import { waitUntil } from './wait.ts';

/** Rungs that could not be taken, and whether what they wait for has been told. */
type Stuck = Map<string, () => boolean>;

/**
 * Writes the letters of the ladder on their dates until a report is there or, for silence, the cut-off has come. One
 * letter at a time: a rung waits while an earlier letter is on its way. Follows the schedule as it stands: an amended
 * plan moves what has not been sent.
 */
export async function awaitReply(caseFile: CaseFile): Promise<void> {
  const stuck: Stuck = new Map();
  const cutOffAt = () => caseFile.schedule!.cutOffAt;
  const nextAt = () => (caseFile.underWay > 0 ? Infinity : (next(caseFile, stuck)?.at ?? Infinity));
  const waiting = {
    caseFile,
    arrived: () => caseFile.reports.length > 0,
    until: () => Math.min(nextAt(), cutOffAt()),
  };
  while (!(await waitUntil(waiting)) && cutOffAt() > Date.now()) {
    const rung = next(caseFile, stuck);
    if (rung && nextAt() <= Date.now()) beside(caseFile, climb({ caseFile, stuck, rung }));
  }
}

function next(caseFile: CaseFile, stuck: Stuck): Rung | null {
  const { ladder, approvalId } = caseFile.schedule!;
  const climbed = caseFile.climbed.filter((each) => each.approvalId === approvalId).map(({ rung }) => rung);
  const waits = [...stuck].filter(([, isTold]) => !isTold()).map(([key]) => key);
  return nextRung({ ladder, climbed, stuck: waits, now: Date.now() });
}

async function climb({ caseFile, stuck, rung }: { caseFile: CaseFile; stuck: Stuck; rung: Rung }): Promise<void> {
  const followed = caseFile.schedule!;
  const { ladder, approvalId } = followed;
  const written = await correspond({ caseFile, purpose: rung.purpose, occurrence: rung.occurrence });
  if (written === 'written')
    caseFile.climbed.push(...climbedWith({ ladder, rung }).map((each) => ({ rung: each, approvalId })));
  else stuck.set(rungKey(rung), toldAfter({ caseFile, followed, why: written }));
}

/**
 * Whether the case has been told what a letter waits for that could not leave under this schedule: anything new, or for
 * one that is not approved, another plan.
 */
export function toldAfter({
  caseFile,
  followed,
  why,
}: {
  caseFile: CaseFile;
  followed: Schedule;
  why: Exclude<Correspondence, 'written'>;
}): () => boolean {
  return why === 'postponed'
    ? () => caseFile.schedule !== followed
    : () => caseFile.schedule!.approvalId !== followed.approvalId;
}
