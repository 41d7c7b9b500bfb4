/** Facts that have been on their way to their cases for long, by what holds them up; null: nobody has tried yet. */
export type WaitingFacts = { count: number; since: Date; reason: string | null; caseIds: string[] };

/** "3 facts have not reached their cases since …: the engine does not run them. Nothing is lost: …" */
export function waitingWords({ count, reason, since }: Omit<WaitingFacts, 'since' | 'caseIds'> & { since: string }) {
  const facts = count === 1 ? '1 fact has not reached its case' : `${count} facts have not reached their cases`;
  return `${facts} since ${since}: ${reasonWords(reason)}. Nothing is lost: what people decided and sent is kept, and is tried again every few seconds.`;
}

function reasonWords(reason: string | null): string {
  if (reason === null) return 'no worker has tried to carry them';
  return REASONS[reason] ?? `the workflow engine does not answer (${reason})`;
}

/** By the class of the error the outbox met. */
const REASONS: Record<string, string> = {
  CaseNotRunning: 'the workflow engine does not run the case, though it is not closed',
  RefusedByCase: 'the case does not take it yet',
};
