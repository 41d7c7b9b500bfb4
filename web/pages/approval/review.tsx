import type { DecisionLink } from '../../../adapters/decision-link.ts';
import type { Addressed, Difference, ShownDecision, ShownLetter } from '../../../adapters/approval-page.ts';
import { instantOf, longDate, longMoment, plainDate } from '../../../domain/calendar.ts';
import { referenceOf } from '../../../domain/case.ts';
import { joinNames } from '../../../domain/letter-text.ts';
import type { PlanSummary } from '../../../domain/plan.ts';
import { whatHappens } from '../../../domain/plan-words.ts';
import type { IsoDate, Language } from '../../../domain/treaty.ts';
import { paths } from '../../paths.ts';
import { useSite } from '../../site.tsx';
import { WORDS } from '../../words.ts';
import { Layout } from '../layout.tsx';
import { ErrorSummary, type FieldError, Moment, SummaryList, type SummaryRow } from '../parts.tsx';
import { Changes, Decisions } from './changes.tsx';
import { DecisionForm, type Typed } from './decide.tsx';
import { LettersByDay, LetterTexts } from './letters.tsx';

export type Review = {
  link: DecisionLink;
  language: Language;
  proof: string;
  sendAt: string;
  addressed: Addressed;
  examples: ShownLetter[];
  differences: Difference[];
  decisions: ShownDecision[];
  undecided: { personId: string; name: string }[];
  /** All letters to one State Party, when its reader asked for them. */
  chosen: { stateParty: string; letters: ShownLetter[] } | null;
  stateName: (iso3: string) => string;
  errors: readonly FieldError[];
  typed: Typed;
};

/** Everything there is to know before deciding, and the decision below it. */
export function ReviewPage(review: Review) {
  const { link, language, errors } = review;
  const words = WORDS[language].review;
  const question = questionOf(link, language);
  return (
    <Layout
      title={`${errors.length > 0 ? WORDS[language].site.error : ''}${question}`}
      language={language}
      languages={(each) => `${paths.review(link)}?lang=${each}`}
    >
      <div class="fp-reading">
        <ErrorSummary errors={errors} language={language} />
        <span class="govuk-caption-l">{referenceOf(link.approval.caseId)}</span>
        <h1 class="govuk-heading-l">{question}</h1>
        <OwnDecision {...review} />
        <p class="govuk-body">
          <a class="govuk-link" href="#decide">
            {words.toDecision}
          </a>
        </p>
        <Facts {...review} />
        <LettersByDay {...review} />
        <Changes {...review} />
        <LetterTexts {...review} />
        <Decisions {...review} />
        <DecisionForm {...review} />
      </div>
    </Layout>
  );
}

export function questionOf({ approval }: DecisionLink, language: Language): string {
  const words = WORDS[language].review;
  if (approval.subject !== 'plan') return words.otherQuestion(approval.title);
  return words.question(approval.summary.dates.year);
}

function OwnDecision({ link, language }: Review) {
  const { timeZone } = useSite();
  if (!link.own) return null;
  const words = WORDS[language].review;
  const when = longMoment(link.own.at.getTime(), language, timeZone);
  return (
    <div class="govuk-inset-text">
      <p class="govuk-body">
        <strong>{words.youDid[link.own.choice](when)}</strong>
      </p>
      <p class="govuk-body">{words.mayChange}</p>
    </div>
  );
}

function Facts(review: Review) {
  const { link, language, addressed, decisions, undecided, sendAt } = review;
  const { approval, person } = link;
  const { office, timeZone } = useSite();
  const words = WORDS[language].review;
  const names = joinNames([...decisions, ...undecided].map(({ name }) => name).sort(), language);
  const isPlan = approval.subject === 'plan';
  const rows: (SummaryRow | false)[] = [
    isPlan && { key: words.onApproval, value: whatHappens({ summary: approval.summary, language, sendAt, timeZone }) },
    { key: words.recipients, value: words.recipientsAre(addressed.stateParties.length, String(addressed.addresses)) },
    isPlan && { key: words.languages, value: languagesOf(approval.summary, language) },
    isPlan && { key: words.dates, value: <Dates summary={approval.summary} language={language} /> },
    { key: words.decideBy, value: <InBothZones at={approval.dueAt} own={person.timeZone} language={language} /> },
    { key: words.approvers, value: `${names} (${approval.rule === 'all' ? words.all : words.any})` },
    { key: words.askedBy, value: link.askedBy ? `${link.askedBy}, ${office.shortName}` : office.name[language] },
    { key: words.version, value: approval.version },
    { key: words.fingerprint, value: <code class="fp-hash">{approval.contentHash}</code> },
  ];
  return (
    <>
      <SummaryList rows={rows} />
      <p class="govuk-body">
        {words.silence}
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
  const line = (label: string, on: IsoDate) => `${label}: ${plainDate(on, language)}`;
  return (
    <ul class="govuk-list fp-tight">
      <li>{line(words.reportsDue, deadlineOn)}</li>
      <li>{line(words.cutOff, cutOffOn)}</li>
      <li>
        {line(words.meeting, meetingOn)}, <span lang="en">{meetingName}</span>
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
          <Moment at={at} language={language} timeZone={own} />
        </>
      )}
    </>
  );
}

/** "Wednesday 1 December 2027 at 09:00 (Geneva)", for a day on which letters leave. */
export function departure({
  on,
  sendAt,
  timeZone,
  language,
}: {
  on: IsoDate;
  sendAt: string;
  timeZone: string;
  language: Language;
}): string {
  return longMoment(instantOf(on, sendAt, timeZone), language, timeZone);
}

export { longDate };
