import { longMoment, plainDate } from '../../../domain/calendar.ts';
import { whatTextBecomes } from '../../../domain/letter-change-words.ts';
import { COLON, joinNames } from '../../../domain/letter-text.ts';
import type { PlanSummary } from '../../../domain/plan.ts';
import { whatHappens } from '../../../domain/plan-words.ts';
import type { IsoDate, Language } from '../../../domain/treaty.ts';
import { useSite } from '../../site.tsx';
import { WORDS } from '../../words.ts';
import { Moment, SummaryList, type SummaryRow } from '../parts.tsx';
import type { Review } from './review-props.ts';

/** What happens on approval, to whom, by when to decide, and what exactly is approved. */
export function Facts(review: Review) {
  const { link, language, addressed, decisions, undecided, sendAt } = review;
  const { approval, person } = link;
  const { office, timeZone } = useSite();
  const words = WORDS[language].review;
  const names = joinNames([...decisions, ...undecided].map(({ name }) => name).sort(), language);
  const isPlan = approval.subject === 'plan';
  const happens = isPlan
    ? whatHappens({ summary: approval.summary, language, sendAt, timeZone })
    : whatTextBecomes(approval.summary, language);
  const rows: (SummaryRow | false)[] = [
    { key: words.onApproval, value: happens },
    isPlan && {
      key: words.recipients,
      value: words.recipientsAre(addressed.stateParties.length, String(addressed.addresses)),
    },
    isPlan && { key: words.languages, value: languagesOf(approval.summary, language) },
    isPlan && { key: words.dates, value: <Dates summary={approval.summary} language={language} /> },
    !isPlan && { key: words.reason, value: <bdi>{approval.summary.note}</bdi> },
    { key: words.decideBy, value: <InBothZones at={approval.dueAt} own={person.timeZone} language={language} /> },
    { key: words.approvers, value: `${names} (${approval.rule === 'all' ? words.all : words.any})` },
    { key: words.askedBy, value: link.askedBy ? `${link.askedBy}, ${words.office}` : office.name[language] },
    { key: words.version, value: approval.version },
    { key: words.fingerprint, value: <code class="fp-hash">{approval.contentHash}</code> },
  ];
  return (
    <>
      <SummaryList rows={rows} />
      <p class="govuk-body">
        {isPlan ? words.silence : WORDS[language].wording.silence}
        {approval.holdMinutes > 0 && ` ${words.hold(approval.holdMinutes)}`}
      </p>
    </>
  );
}

function languagesOf({ languages }: PlanSummary, language: Language): string {
  const { names } = WORDS[language].site;
  const parts = Object.entries(languages).map(([each, count]) => `${names[each as Language]} (${count})`);
  return joinNames(parts, language);
}

function Dates({ summary, language }: { summary: PlanSummary; language: Language }) {
  const words = WORDS[language].review;
  const { deadlineOn, meetingOn, meetingName, meetingCertainty, cutOffOn } = summary.dates;
  const isSure = meetingCertainty === 'sourced' || meetingCertainty === 'derived';
  const line = (label: string, on: IsoDate) => label + COLON[language] + plainDate(on, language);
  return (
    <ul class="govuk-list fp-tight">
      <li>{line(words.reportsDue, deadlineOn)}</li>
      <li>{line(words.cutOff, cutOffOn)}</li>
      <li>
        {line(meetingName[language], meetingOn)}
        {!isSure && ` (${words.assumed})`}
      </li>
    </ul>
  );
}

/** Geneva's time, and the reader's own where that differs. */
function InBothZones({ at, own, language }: { at: Date; own: string; language: Language }) {
  const { timeZone } = useSite();
  const there = longMoment(at.getTime(), language, own).replace(/ \([^)]*\)$/, '');
  const isSame = longMoment(at.getTime(), language, timeZone).startsWith(there);
  return (
    <>
      <Moment at={at} language={language} />
      {!isSame && (
        <>
          <br />
          {there} ({WORDS[language].review.yourTime})
        </>
      )}
    </>
  );
}
