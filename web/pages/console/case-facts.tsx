import { paths } from '../../paths.ts';
import { WAITING_WORDS } from '../../presenters/case.ts';
import { counted } from '../../presenters/words.ts';
import { SummaryList } from '../parts.tsx';
import type { CasePageProps } from './case.tsx';
import { Sign, Standing } from './marks.tsx';

/** What a person has to settle before the case can go on. */
export function OpenTasks({ file }: CasePageProps) {
  const open = file.tasks.filter(({ doneAt }) => doneAt === null);
  if (open.length === 0) return null;
  return (
    <section class="fp-open" aria-label="To settle">
      {open.map(({ id, title, why }) => (
        <p key={id}>
          <Sign name="person" />{' '}
          <a class="govuk-link" href={paths.task(id)}>
            {title}
          </a>
          <br />
          {why}
        </p>
      ))}
    </section>
  );
}

/** What the case waits for and since when, and the dates it follows. */
export function Facts({ on, file, standing }: CasePageProps) {
  const { words } = on;
  const { next, schedule } = standing;
  const waits = file.waitingFor !== 'nobody';
  return (
    <SummaryList
      rows={[
        {
          key: 'Waits for',
          value: waits
            ? `${WAITING_WORDS[file.waitingFor as keyof typeof WAITING_WORDS]}, since ${words.day(file.waitingSince)}`
            : 'Nobody',
        },
        next && { key: 'Next automatic step', value: `${next.words}: ${words.moment(next.at)}` },
        file.dueAt && { key: 'Due', value: words.day(file.dueAt) },
        schedule && { key: 'Cut-off for the analysis', value: words.day(schedule.cutOffAt) },
        schedule && { key: 'Late reports until', value: words.day(schedule.closesAt) },
        file.outcome !== null && { key: 'Outcome', value: file.outcome },
        { key: 'Opened', value: words.moment(file.openedAt) },
        file.closedAt && { key: 'Closed', value: words.moment(file.closedAt) },
      ]}
    />
  );
}

/** How far each step is, with its day. */
export function Steps({ standing, on }: CasePageProps) {
  return (
    <ul class="fp-steps" aria-label={counted(standing.steps.length, 'step')}>
      {standing.steps.map((step) => (
        <li key={step.title}>
          <span>{step.title}</span> <Standing standing={step.standing} />
          {step.at && <span class="fp-quiet"> {on.words.date(step.at)}</span>}
        </li>
      ))}
    </ul>
  );
}
