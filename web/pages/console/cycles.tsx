import { plainDate } from '../../../domain/calendar.ts';
import { can } from '../../../domain/permissions.ts';
import { datedLetters } from '../../../domain/plan-words.ts';
import type { Certainty } from '../../../domain/treaty.ts';
import { paths } from '../../paths.ts';
import { invitationDay, type PlanPreview } from '../../presenters/cycle.ts';
import { counted } from '../../presenters/words.ts';
import { Button, Form, Hidden, Inset } from '../parts.tsx';
import { CycleDateList } from './cycle-dates.tsx';
import { type Console, ConsolePage } from './frame.tsx';
import { PlanLetters } from './plan-letters.tsx';

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

function Opening(props: CyclesPageProps & { preview: PlanPreview }) {
  const { on, years, preview, policy, silent } = props;
  const { dates, states, byDay } = preview;
  const Heading = on.counts.years.length > 0 ? 'h2' : 'h1';
  return (
    <>
      <Heading class="govuk-heading-l">The cycle of {dates.year}: not open yet</Heading>
      {years.length > 1 && <Years years={years} shown={dates.year} />}
      <div class="fp-reading">
        <CycleDateList dates={dates} invitationOn={invitationDay({ plans: [byDay], dates })} policy={policy} />
      </div>
      <h2 class="govuk-heading-m">
        {lettersWords(byDay)} to {statesWords(states)}, and a receipt for each report
      </h2>
      <p class="govuk-body">As they would be planned today. Each leaves only while no report has come.</p>
      <PlanLetters letters={byDay} />
      {silent.length > 0 && (
        <Inset>
          The register has no address for {statesWords(silent.length)}: {silent.join(', ')}. They get no letter until it
          has.
        </Inset>
      )}
      <OpenIt {...props} />
    </>
  );
}

function Years({ years, shown }: { years: number[]; shown: number }) {
  return (
    <nav class="fp-years" aria-label="Year">
      {years.map((year) => (
        <a key={year} class="govuk-link" href={paths.cycles(year)} aria-current={year === shown ? 'page' : undefined}>
          {year}
        </a>
      ))}
    </nav>
  );
}

/** The button says what it does: whom it asks, about how many letters, to how many States Parties. */
function OpenIt({ on, preview, coordinators }: CyclesPageProps & { preview: PlanPreview }) {
  const { dates, byDay, states } = preview;
  if (!can(on.viewer, 'cycle.open'))
    return <p class="govuk-body">An admin of the ISU opens it, from {plainDate(dates.opensOn, 'en')}.</p>;
  if (coordinators.length === 0)
    return <Inset>There is no Coordinator who could approve the letters yet, so the cycle cannot be opened.</Inset>;
  return (
    <Form action={paths.cycles()} proof={on.viewer.proof} class="fp-open-cycle">
      <p class="govuk-body">
        Opening it writes these letters and asks {coordinators.join(' and ')}. Nothing leaves before they have approved.
      </p>
      <Hidden values={{ year: dates.year }} />
      <Button>
        Open the cycle of {dates.year}: ask the {counted(coordinators.length, 'Coordinator')} to approve{' '}
        {lettersWords(byDay)} to {statesWords(states)}
      </Button>
    </Form>
  );
}

/** Receipts have no date of their own and come on top. */
function lettersWords(letters: PlanPreview['byDay']): string {
  return counted(datedLetters({ letters }), 'letter');
}

function statesWords(count: number): string {
  return counted(count, 'State Party', 'States Parties');
}
