/** `ccm/2027/report-intake/LAO`: the workflow's id, made of codes only. `part` tells two cases of one State apart. */
export function caseIdOf({
  treaty,
  year,
  caseType,
  iso3,
  part,
}: {
  treaty: string;
  year: number;
  caseType: string;
  iso3?: string;
  part?: string;
}): string {
  if (caseType === 'annual-cycle') return `${treaty}/${year}/cycle`;
  return [treaty, year, caseType, iso3, part].filter((piece) => piece !== undefined).join('/');
}

/** What people read and quote: `report-intake/2027/LAO`, `annual-cycle/2027`. */
export function referenceOf(caseId: string): string {
  const [, year, caseType, ...rest] = caseId.split('/');
  return [caseType === 'cycle' ? 'annual-cycle' : caseType, year, ...rest].join('/');
}

export type WaitingFor = 'date' | 'stateParty' | 'coordinators' | 'officer' | 'nobody';

/** How far a step of a case is. */
export type Standing = 'inProgress' | 'waiting' | 'done' | 'overdue' | 'missed';
