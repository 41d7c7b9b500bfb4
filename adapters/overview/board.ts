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
  openTasks: number;
  /** The last letter that reached the State Party, and the last time it wrote or reported. */
  lastLetterAt: Date | null;
  lastHeardAt: Date | null;
  receivedAt: Date | null;
};

/** Every case of these types in the year: one statement, whatever their number. */
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
  return await records.$queryRaw<BoardCase[]>`
    SELECT c.id, c."caseType", c."stateParty", c.kind, c."waitingFor", c."waitingSince", c."dueAt", c.outcome,
      c."closedAt", coalesce(s.steps, '{}') AS steps, coalesce(t.open, 0) AS "openTasks", l."lastLetterAt",
      greatest(r."lastReportAt", m."lastMailAt") AS "lastHeardAt", r."receivedAt"
    FROM "Case" c
    CROSS JOIN LATERAL (SELECT jsonb_object_agg(step, standing) AS steps FROM "CaseStep" WHERE "caseId" = c.id) s
    CROSS JOIN LATERAL (SELECT max("endedAt") AS "lastLetterAt" FROM "Letter"
      WHERE "caseId" = c.id AND state = 'sent' AND class <> 'internal') l
    CROSS JOIN LATERAL (SELECT min("receivedAt") AS "receivedAt", max("receivedAt") AS "lastReportAt"
      FROM "Submission" WHERE "caseId" = c.id) r
    LEFT JOIN (SELECT "caseId", count(*)::int AS open FROM "Task" WHERE "doneAt" IS NULL GROUP BY 1) t
      ON t."caseId" = c.id
    LEFT JOIN (SELECT "caseId", max("receivedAt") AS "lastMailAt" FROM "InboundMail" GROUP BY 1) m
      ON m."caseId" = c.id
    WHERE c.treaty = ${treaty} AND c.year = ${year} AND c."caseType" = ANY (${caseTypes})
      AND c."stateParty" IS NOT NULL`;
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
