import { can } from '../../../domain/permissions.ts';
import { paths } from '../../paths.ts';
import { ButtonLink } from '../parts.tsx';
import { type Console, ConsolePage } from './frame.tsx';

/** Before the first cycle, and between the opening and the Coordinators' approval. */
export function EmptyBoardPage({ on, year, state }: { on: Console; year: number; state: 'none' | 'planning' }) {
  return (
    <ConsolePage on={on} title="Board" active="board">
      <h1 class="govuk-heading-l">
        {state === 'none' ? 'No cycle is open yet' : `The cycle of ${year} is being agreed`}
      </h1>
      {state === 'none' ? (
        <>
          <p class="govuk-body">
            Here you will see where every State Party stands with its report: one row for each State, one column for
            each step, from the invitation to the receipt. It fills when a cycle is opened and the Coordinators have
            approved its letters.
          </p>
          <p class="govuk-body">Nothing leaves before they have approved exactly what is sent, to whom, and when.</p>
          {can(on.viewer, 'cycle.open') ? (
            <ButtonLink href={paths.cycles(year)}>Open the cycle of {year}</ButtonLink>
          ) : (
            <p class="govuk-body">An admin of the ISU opens it.</p>
          )}
        </>
      ) : (
        <>
          <p class="govuk-body">
            The Coordinators have been asked to approve the year's letters. Once they have, a case opens for each report
            that is due, and each State Party gets its row here.
          </p>
          <ButtonLink href={paths.cycle(year)} look="secondary">
            See what they are asked, and who has decided
          </ButtonLink>
        </>
      )}
    </ConsolePage>
  );
}
