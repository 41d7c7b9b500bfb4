import type { Standing, WaitingFor } from '../../domain/case.ts';
import type { Schedule } from '../../workflows/messages.ts';
import type { Records } from '../records.ts';

/** A case as the board counts, filters and orders it. */
export type BoardCase = {
  id: string;
  caseType: string;
  stateParty: string;
  kind: string | null;
  waitingFor: WaitingFor;
  waitingSince: Date;
  dueAt: Date | null;
  outcome: string | null;
  closedAt: Date | null;
  steps: Record<string, Standing>;
  /** Tasks to settle, and mail of the State Party that lies in the tray. */
  openTasks: number;
  /** The last letter that reached the State Party, and the last time it wrote or reported. */
  lastLetterAt: Date | null;
  lastHeardAt: Date | null;
  receivedAt: Date | null;
};

type Signs = Pick<BoardCase, 'steps' | 'openTasks' | 'lastLetterAt' | 'lastHeardAt' | 'receivedAt'>;

const NO_SIGNS: Signs = { steps: {}, openTasks: 0, lastLetterAt: null, lastHeardAt: null, receivedAt: null };

/**
 * Every case of these types in the year: two statements, whatever their number. They are joined here and not in SQL: just
 * after a cycle has opened the database does not know yet how many cases there are, and joins them one by one.
 */
export async function boardCases({
  records,
  treaty,
  year,
  caseTypes,
}: {
  records: Records;
  treaty: string;
  year: number;
  caseTypes: string[];
}): Promise<BoardCase[]> {
  const [cases, signs] = await Promise.all([
    records.case.findMany({
      where: { treaty, year, caseType: { in: caseTypes }, stateParty: { not: null } },
      omit: { treaty: true, year: true, input: true, openedAt: true, outcomeWhy: true },
    }),
    signsOf({ records, prefix: `${treaty}/${year}/` }),
  ]);
  const byCase = new Map(signs.map(({ caseId, ...sign }) => [caseId, sign]));
  return cases.map((row) => ({ ...row, ...(byCase.get(row.id) ?? NO_SIGNS) }) as BoardCase);
}

/** What has left its mark on each case whose id begins like this. */
async function signsOf({ records, prefix }: { records: Records; prefix: string }) {
  return await records.$queryRaw<(Signs & { caseId: string })[]>`
    SELECT "caseId", coalesce(jsonb_object_agg(step, standing) FILTER (WHERE kind = 'step'), '{}') AS steps,
      (count(*) FILTER (WHERE kind IN ('task', 'tray')))::int AS "openTasks",
      max(at) FILTER (WHERE kind = 'letter') AS "lastLetterAt",
      max(at) FILTER (WHERE kind IN ('report', 'mail')) AS "lastHeardAt",
      min(at) FILTER (WHERE kind = 'report') AS "receivedAt"
    FROM (
      SELECT 'step' AS kind, "caseId", at, step, standing FROM "CaseStep"
      UNION ALL
      SELECT 'letter', "caseId", "endedAt", '', '' FROM "Letter" WHERE state = 'sent' AND class <> 'internal'
      UNION ALL SELECT 'report', "caseId", "receivedAt", '', '' FROM "Submission"
      UNION ALL SELECT 'mail', "caseId", "receivedAt", '', '' FROM "InboundMail"
      UNION ALL SELECT 'tray', "caseId", "receivedAt", '', '' FROM "InboundMail" WHERE "filedAt" IS NULL
      UNION ALL SELECT 'task', "caseId", "createdAt", '', '' FROM "Task" WHERE "doneAt" IS NULL
    ) sign
    WHERE starts_with("caseId", ${prefix}) GROUP BY "caseId"`;
}

/** What the next automatic step of a case follows from, and how many letters each of its steps has taken. */
export type Ladder = {
  id: string;
  schedule: Schedule | null;
  /** The rungs written so far, as `reminder/2`, in any state. */
  climbed: string[];
};

/** The ladders of the cases on one page of the board: one statement. */
export async function laddersOf({
  records,
  caseIds,
}: {
  records: Records;
  caseIds: string[];
}): Promise<Map<string, Ladder>> {
  const rows = await records.$queryRaw<Ladder[]>`
    SELECT c.id, c.input -> 'schedule' AS schedule,
      coalesce(array_agg(DISTINCT l.purpose || '/' || l.occurrence) FILTER (WHERE l.id IS NOT NULL), '{}') AS climbed
    FROM "Case" c LEFT JOIN "Letter" l ON l."caseId" = c.id AND l.class <> 'internal'
      AND l."replacedById" IS NULL
    WHERE c.id = ANY (${caseIds}) GROUP BY c.id`;
  return new Map(rows.map((row) => [row.id, row]));
}

/** Of a year: its report cases, and for each report that came the day of the cycle it came on, in order. */
export type ReceivedDays = { year: number; cases: number; days: number[] };

/** For "received over time". The cycle of year Y begins on `opens` (month and day) of Y−1; a day ends in `timeZone`. */
export async function receivedDays({
  records,
  treaty,
  years,
  opens,
  timeZone,
}: {
  records: Records;
  treaty: string;
  years: number[];
  opens: string;
  timeZone: string;
}): Promise<ReceivedDays[]> {
  return await records.$queryRaw<ReceivedDays[]>`
    SELECT c.year, count(*)::int AS cases, coalesce(array_agg(greatest(0, (r.at AT TIME ZONE ${timeZone})::date
      - to_date((c.year - 1) || '-' || ${opens}, 'YYYY-MM-DD')) ORDER BY r.at) FILTER (WHERE r.at IS NOT NULL), '{}') AS days
    FROM "Case" c CROSS JOIN LATERAL (SELECT min("receivedAt") AS at FROM "Submission" WHERE "caseId" = c.id) r
    WHERE c.treaty = ${treaty} AND c.year = ANY (${years}) AND c."caseType" = 'report-intake' GROUP BY c.year`;
}
