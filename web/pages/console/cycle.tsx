import type { People } from '../../../adapters/overview/case-file.ts';
import type { CycleFile, CycleProgress } from '../../../adapters/overview/cycle.ts';
import { plainDate } from '../../../domain/calendar.ts';
import type { CycleDates } from '../../../domain/cycle.ts';
import { asSentence } from '../../../domain/letter-text.ts';
import { can } from '../../../domain/permissions.ts';
import { planSummary } from '../../../domain/plan.ts';
import type { Certainty } from '../../../domain/treaty.ts';
import { paths } from '../../paths.ts';
import { invitationDay } from '../../presenters/cycle.ts';
import { CycleDateList } from './cycle-dates.tsx';
import { Progress } from './cycle-progress.tsx';
import { Breadcrumbs, type Console, ConsolePage } from './frame.tsx';
import { MoveDates, type MovingForm } from './move-dates.tsx';
import { Plans } from './plans.tsx';

export type CyclePageProps = {
  on: Console;
  year: number;
  file: CycleFile;
  dates: CycleDates;
  policy: Certainty;
  progress: CycleProgress;
  /** Report cases the year has once all are open. */
  expected: number;
  people: People;
  moving?: MovingForm;
};

/** A reporting year: its dates, what the Coordinators were asked, and how far it has come. */
export function CyclePage(props: CyclePageProps) {
  const { on, year, file, dates, policy, people } = props;
  const { cycle } = file;
  const plans = (cycle?.approvals ?? []).map((approval) => planSummary(approval).letters);
  return (
    <ConsolePage on={on} title={`Cycle of ${year}`} active="cycles">
      <Breadcrumbs steps={[{ href: paths.cycles(), text: 'Cycles' }]} />
      <h1 class="govuk-heading-l">Cycle of {year}</h1>
      <Progress {...props} />
      <div class="govuk-grid-row">
        <div class="govuk-grid-column-one-half">
          <h2 class="govuk-heading-m">Dates</h2>
          <CycleDateList dates={dates} invitationOn={invitationDay({ plans, dates })} policy={policy} />
          <Moves {...props} />
          {cycle && !cycle.closedAt && can(on.viewer, 'cycle.move') && <MoveDates {...props} />}
        </div>
        <div class="govuk-grid-column-one-half">
          {cycle && <Plans on={on} approvals={cycle.approvals} people={people} />}
          <p class="govuk-body">
            <a class="govuk-link" href={paths.case(`annual-cycle/${year}`)}>
              Everything that has happened in this cycle
            </a>
          </p>
        </div>
      </div>
    </ConsolePage>
  );
}

function Moves({ file, people, on }: CyclePageProps) {
  if (file.moves.length === 0) return null;
  return (
    <>
      <h3 class="govuk-heading-s">Moved</h3>
      <ul class="fp-decisions">
        {file.moves.map(({ id, deadlineOn, meetingOn, reason, personId, at }) => (
          <li key={id}>
            {on.words.date(at)}, <bdi>{people.get(personId)?.name}</bdi>: <span dir="auto">{asSentence(reason)}</span>
            {deadlineOn && ` Deadline ${plainDate(deadlineOn, 'en')}.`}
            {meetingOn && ` Meeting ${plainDate(meetingOn, 'en')}.`}
          </li>
        ))}
      </ul>
    </>
  );
}
