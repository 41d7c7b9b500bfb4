import { plainDate } from '../../../domain/calendar.ts';
import { can } from '../../../domain/permissions.ts';
import type { Certainty } from '../../../domain/treaty.ts';
import { paths } from '../../paths.ts';
import type { PlanPreview } from '../../presenters/cycle.ts';
import { counted } from '../../presenters/words.ts';
import { Button, Form, Hidden, Inset } from '../parts.tsx';
import { CycleDateList } from './cycle-dates.tsx';
import { type Console, ConsolePage } from './frame.tsx';
import { PlanLetters } from './plans.tsx';

type CyclesPageProps = {
  on: Console;
  /** The years that can be opened, and the one shown; null when all that can be are open. */
  years: number[];
  preview: PlanPreview | null;
  policy: Certainty;
  coordinators: string[];
  silent: string[];
};

/** The cycles that are open, and what opening the next one means before it is done. */
export function CyclesPage(props: CyclesPageProps) {
  const { on, preview } = props;
  return (
    <ConsolePage on={on} title="Cycles" active="cycles">
      {on.counts.years.length > 0 && (
        <>
          <h1 class="govuk-heading-l">Cycles</h1>
          <ul class="fp-tasks">
            {on.counts.years.map((year) => (
              <li key={year}>
                <a class="govuk-link" href={paths.cycle(year)}>
                  Cycle of {year}
                </a>
                <span>Reports for {year - 1}</span>
              </li>
            ))}
          </ul>
        </>
      )}
      {preview && <Opening {...props} preview={preview} />}
    </ConsolePage>
  );
}

function Opening({ on, years, preview, policy, coordinators, silent }: CyclesPageProps & { preview: PlanPreview }) {
  const { dates, letters, states, byDay } = preview;
  const Heading = on.counts.years.length > 0 ? 'h2' : 'h1';
  const asked = counted(coordinators.length, 'Coordinator');
  return (
    <>
      <Heading class="govuk-heading-l">The cycle of {dates.year}: not open yet</Heading>
      {years.length > 1 && (
        <nav class="fp-years" aria-label="Year">
          {years.map((year) => (
            <a
              key={year}
              class="govuk-link"
              href={paths.cycles(year)}
              aria-current={year === dates.year ? 'page' : undefined}
            >
              {year}
            </a>
          ))}
        </nav>
      )}
      <div class="govuk-grid-row">
        <div class="govuk-grid-column-two-thirds">
          <CycleDateList dates={dates} policy={policy} />
        </div>
      </div>
      <h3 class="govuk-heading-m">
        {counted(letters, 'letter')} to {counted(states, 'State Party', 'States Parties')}
      </h3>
      <p class="govuk-body">
        As they would be planned today. Each leaves only while no report has come, and a receipt goes out for each
        report that does.
      </p>
      <PlanLetters letters={byDay} />
      {silent.length > 0 && (
        <Inset>
          The register has no address for {counted(silent.length, 'State Party', 'States Parties')}: {silent.join(', ')}
          . They get no letter until it has.
        </Inset>
      )}
      {can(on.viewer, 'cycle.open') ? (
        <div class="fp-open-cycle">
          <p class="govuk-body">
            Opening it writes these letters and asks{' '}
            {coordinators.join(' and ') || 'nobody: there is no Coordinator yet'}. Nothing leaves before they have
            approved.
          </p>
          {coordinators.length > 0 && (
            <Form action={paths.cycles()} proof={on.viewer.proof}>
              <Hidden values={{ year: dates.year }} />
              <Button>
                Open the cycle of {dates.year}: ask the {asked} to approve {counted(letters, 'letter')} to{' '}
                {counted(states, 'State Party', 'States Parties')}
              </Button>
            </Form>
          )}
        </div>
      ) : (
        <p class="govuk-body">An admin of the ISU opens it, from {plainDate(dates.opensOn, 'en')}.</p>
      )}
    </>
  );
}
