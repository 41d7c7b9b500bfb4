import { longDate } from '../../../domain/calendar.ts';
import type { CycleDates } from '../../../domain/cycle.ts';
import type { Certainty, IsoDate } from '../../../domain/treaty.ts';
import { SummaryList } from '../parts.tsx';
import { Mark, MarkLegend } from './marks.tsx';

/** The dates everything of the year hangs on, each with how surely it is known. */
export function CycleDateList({
  dates,
  invitationOn,
  policy,
}: {
  dates: CycleDates;
  /** As planned: later than the policy has it when a cycle opens late, or on the next working day. */
  invitationOn: IsoDate;
  policy: Certainty;
}) {
  const { meetingCertainty } = dates;
  const rows: [string, string, Certainty][] = [
    ['Opens', dates.opensOn, policy],
    ['Invitations leave', invitationOn, policy],
    ['Annual reports due', dates.deadlineOn, 'sourced'],
    ['Data frozen for the analysis', dates.cutOffOn, meetingCertainty],
    [dates.meetingName.en, dates.meetingOn, meetingCertainty],
    ['Late reports until', dates.closesOn, policy],
  ];
  return (
    <>
      <SummaryList
        rows={rows.map(([key, on, certainty]) => ({
          key,
          value: (
            <>
              {longDate(on, 'en')} <Mark certainty={certainty} />
            </>
          ),
        }))}
      />
      <MarkLegend certainties={[policy, meetingCertainty]} />
    </>
  );
}
