import { longDate, plainDate } from '../../../domain/calendar.ts';
import type { CycleDates } from '../../../domain/cycle.ts';
import { paths } from '../../paths.ts';
import type { PlanPreview } from '../../presenters/cycle.ts';
import { counted } from '../../presenters/words.ts';
import {
  Button,
  ButtonLink,
  ErrorSummary,
  type FieldError,
  Form,
  Hidden,
  Input,
  SummaryList,
  TextArea,
} from '../parts.tsx';
import type { CyclePageProps } from './cycle.tsx';
import { Breadcrumbs, type Console, ConsolePage } from './frame.tsx';
import { PlanLetters } from './plan-letters.tsx';

export type MovingForm = { deadlineOn: string; meetingOn: string; reason: string; errors: FieldError[] };

/** The form to move the deadline or the meeting. What follows from it is shown before it counts. */
export function MoveDates({ on, year, dates, moving }: CyclePageProps) {
  const errors = moving?.errors ?? [];
  return (
    <details class="fp-action" open={errors.length > 0} id="move">
      <summary>Move the dates</summary>
      <ErrorSummary errors={errors} language="en" />
      <Form action={paths.cycleDates(year)} proof={on.viewer.proof}>
        <Input
          name="deadlineOn"
          type="date"
          label="Annual reports due"
          value={moving?.deadlineOn ?? dates.deadlineOn}
          errors={errors}
        />
        <Input
          name="meetingOn"
          type="date"
          label={`${dates.meetingName.en} begins`}
          value={moving?.meetingOn ?? dates.meetingOn}
          errors={errors}
        />
        <TextArea
          name="reason"
          label="Reason"
          hint="The Coordinators read it before they decide."
          rows={2}
          value={moving?.reason}
          errors={errors}
        />
        <Button look="secondary">See what would move</Button>
      </Form>
    </details>
  );
}

/** Before moved dates count: how many letters appear, move and vanish, and when the first now leave. */
export function CheckMovePage({
  on,
  before,
  after: { dates: after, change, byDay },
  reason,
  coordinators,
}: {
  on: Console;
  before: CycleDates;
  after: PlanPreview;
  reason: string;
  coordinators: number;
}) {
  const { year } = after;
  const total = change.added + change.moved + change.reworded + change.removed;
  return (
    <ConsolePage on={on} title="Check before the dates are moved" active="cycles">
      <Breadcrumbs steps={[{ href: paths.cycle(year), text: `Cycle of ${year}` }]} />
      <div class="fp-reading">
        <h1 class="govuk-heading-l">Check before the dates are moved</h1>
        <SummaryList
          rows={[
            dateRow({ key: 'Annual reports due', from: before.deadlineOn, to: after.deadlineOn }),
            dateRow({ key: after.meetingName.en, from: before.meetingOn, to: after.meetingOn }),
            dateRow({ key: 'Data frozen for the analysis', from: before.cutOffOn, to: after.cutOffOn }),
            { key: 'Reason', value: <span dir="auto">{reason}</span> },
            { key: 'Letters that move', value: change.moved },
            { key: 'Letters that keep their day and name the new deadline', value: change.reworded },
            { key: 'Letters that appear', value: change.added },
            { key: 'Letters left out', value: change.removed },
          ]}
        />
        <h2 class="govuk-heading-m">When the letters leave then</h2>
        <PlanLetters letters={byDay} />
        <p class="govuk-body">
          A new version of the plan goes to the {counted(coordinators, 'Coordinator')}. Until they have approved it, the{' '}
          {counted(total, 'letter')} concerned {total === 1 ? 'waits' : 'wait'}. What has been sent stays as it is.
        </p>
        <Form action={paths.cycleDates(year)} proof={on.viewer.proof}>
          <Hidden values={{ deadlineOn: after.deadlineOn, meetingOn: after.meetingOn, reason, checked: 'yes' }} />
          <Button>
            Move the dates: ask the {counted(coordinators, 'Coordinator')} about {counted(total, 'letter')}
          </Button>
        </Form>
        <ButtonLink href={paths.cycle(year)} look="secondary">
          Back, nothing is moved
        </ButtonLink>
      </div>
    </ConsolePage>
  );
}

function dateRow({ key, from, to }: { key: string; from: string; to: string }) {
  return from !== to && { key, value: `${longDate(to, 'en')} (was ${plainDate(from, 'en')})` };
}
