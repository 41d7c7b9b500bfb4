import type { CycleFile } from '../../../adapters/overview/cycle.ts';
import { paths } from '../../paths.ts';
import { counted } from '../../presenters/words.ts';
import type { CyclePageProps } from './cycle.tsx';

/** How far it is; looks again by itself while something is under way. */
export function Progress({ year, file, progress, expected }: CyclePageProps) {
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
