import type { People } from '../../../adapters/overview/case-file.ts';
import type { CycleFile, CycleProgress } from '../../../adapters/overview/cycle.ts';
import { plainDate } from '../../../domain/calendar.ts';
import type { CycleDates } from '../../../domain/cycle.ts';
import { can } from '../../../domain/permissions.ts';
import type { Certainty } from '../../../domain/treaty.ts';
import { paths } from '../../paths.ts';
import { counted } from '../../presenters/words.ts';
import { CycleDateList } from './cycle-dates.tsx';
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
  return (
    <ConsolePage on={on} title={`Cycle of ${year}`} active="cycles">
      <Breadcrumbs steps={[{ href: paths.cycles(), text: 'Cycles' }]} />
      <h1 class="govuk-heading-l">Cycle of {year}</h1>
      <Progress {...props} />
      <div class="govuk-grid-row">
        <div class="govuk-grid-column-one-half">
          <h2 class="govuk-heading-m">Dates</h2>
          <CycleDateList dates={dates} policy={policy} />
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

/** How far it is; looks again by itself while something is under way. */
function Progress({ year, file, progress, expected }: CyclePageProps) {
  const { opened, received, sent, waiting } = progress;
  const plan = file.cycle?.approvals[0];
  const isMoving = !plan || (plan.state === 'approved' && opened < expected) || waiting > 0;
  return (
    <div
      id="progress"
      class="fp-progress"
      data-live
      hx-get={paths.cycle(year)}
      hx-trigger={isMoving ? 'every 2s' : 'every 20s'}
      hx-select="#progress"
      hx-swap="outerHTML"
      aria-live="polite"
    >
      <p>
        <strong>{sentence({ file, opened, expected })}</strong>
        {isMoving && (
          <a class="govuk-link fp-no-print" href={paths.cycle(year)}>
            Look again
          </a>
        )}
      </p>
      {opened > 0 && (
        <>
          <progress max={expected} value={opened < expected ? opened : received}>
            {opened < expected ? opened : received} of {expected}
          </progress>
          <p>
            {counted(received, 'report')} received of {expected}. {counted(sent, 'letter')} sent
            {waiting > 0 && `, ${counted(waiting, 'letter')} waiting to be sent`}.{' '}
            <a class="govuk-link" href={`${paths.board()}?year=${year}`}>
              The board
            </a>
          </p>
        </>
      )}
    </div>
  );
}

function sentence({ file, opened, expected }: { file: CycleFile; opened: number; expected: number }): string {
  const { cycle } = file;
  if (!cycle) return 'The cycle is being opened.';
  if (cycle.outcome) return `The cycle is closed: ${cycle.outcome}.`;
  const plan = cycle.approvals[0];
  if (!plan) return 'The letters of the year are being written.';
  if (opened === 0 && plan.state === 'open')
    return 'The Coordinators have been asked to approve the letters of the year.';
  if (opened === 0 && plan.state !== 'approved')
    return 'The letters of the year were not approved. There is a task to settle.';
  if (opened < expected) return `${opened} of ${expected} report cases opened.`;
  return plan.state === 'open' ? 'Running. A new version of the plan is being decided.' : 'Running.';
}

function Moves({ file, people, on }: CyclePageProps) {
  if (file.moves.length === 0) return null;
  return (
    <>
      <h3 class="govuk-heading-s">Moved</h3>
      <ul class="fp-decisions">
        {file.moves.map(({ id, deadlineOn, meetingOn, reason, personId, at }) => (
          <li key={id}>
            {on.words.date(at)}, <bdi>{people.get(personId)?.name}</bdi>: <span dir="auto">{reason}</span>
            {deadlineOn && `. Deadline ${plainDate(deadlineOn, 'en')}`}
            {meetingOn && `. Meeting ${plainDate(meetingOn, 'en')}`}
          </li>
        ))}
      </ul>
    </>
  );
}
