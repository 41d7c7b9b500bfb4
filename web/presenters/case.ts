import type { CaseFile } from '../../adapters/overview/case-file.ts';
import type { Standing, WaitingFor } from '../../domain/case.ts';
import { rungKey } from '../../domain/reminder.ts';
import type { Schedule } from '../../workflows/messages.ts';
import { REGISTRY } from '../../workflows/registry.ts';
import { type NextStep, nextStep } from './next-step.ts';
import { type CellStanding, isSettled, type Status, standingOf, statusOf } from './standing.ts';

export const WAITING_WORDS: Record<WaitingFor, string> = {
  date: 'Its next date',
  stateParty: 'The State Party',
  coordinators: 'The Coordinators',
  officer: 'The ISU',
  nobody: 'Nobody',
};

/** Where a case stands, for its page. */
export type CaseStanding = {
  status: Status;
  needsPerson: boolean;
  steps: { title: string; standing: CellStanding; at: Date | null }[];
  next: NextStep | null;
  schedule: Schedule | null;
};

export function presentCase({ file, now }: { file: CaseFile; now: Date }): CaseStanding {
  const steps = Object.fromEntries(file.steps.map(({ step, standing }) => [step, standing as Standing]));
  const standings = { ...file, steps, waitingFor: file.waitingFor as WaitingFor };
  const schedule = (file.input as { schedule?: Schedule }).schedule ?? null;
  const columns = REGISTRY.find(({ name }) => name === file.caseType)?.steps ?? [];
  return {
    status: statusOf(standings, now),
    needsPerson: file.tasks.some(({ doneAt }) => doneAt === null) || file.mails.some(({ filedAt }) => filedAt === null),
    steps: columns.map(({ name, title }) => ({
      title,
      standing: standingOf({ step: name, boardCase: standings, now }),
      at: file.steps.find(({ step }) => step === name)?.at ?? null,
    })),
    next: nextStep({
      schedule,
      climbed: file.letters.filter((letter) => letter.class !== 'internal').map(rungKey),
      isSettled: isSettled(standings),
      isClosed: file.closedAt !== null,
      now: now.getTime(),
    }),
    schedule,
  };
}

/** `report-intake/2027/LAO` → `ccm/2027/report-intake/LAO`; null for what is no reference. */
export function caseIdFrom({ treaty, reference }: { treaty: string; reference: string }): string | null {
  const [caseType, year, ...rest] = reference.split('/');
  const isKnown = REGISTRY.some(({ name }) => name === caseType);
  if (!isKnown || !/^\d{4}$/.test(year ?? '') || rest.some((part) => !/^[A-Za-z0-9-]+$/.test(part))) return null;
  return caseType === 'annual-cycle' ? `${treaty}/${year}/cycle` : [treaty, year, caseType, ...rest].join('/');
}

const LETTER_STATES: Record<
  string,
  { words: string; tone: 'grey' | 'blue' | 'teal' | 'yellow' | 'purple' | 'orange' }
> = {
  queued: { words: 'Waiting to be sent', tone: 'grey' },
  sending: { words: 'Being sent', tone: 'blue' },
  committing: { words: 'Being sent', tone: 'blue' },
  sent: { words: 'Sent', tone: 'teal' },
  refused: { words: 'Refused by the mail server', tone: 'orange' },
  unknown: { words: 'Not known whether it arrived', tone: 'yellow' },
  cancelled: { words: 'Not sent', tone: 'grey' },
};

export function letterState(state: string) {
  return LETTER_STATES[state] ?? { words: state, tone: 'grey' as const };
}

/** "412 kB", "1.4 MB": as file managers count. */
export function fileSize(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`;
  return bytes < 1_000_000 ? `${Math.round(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
