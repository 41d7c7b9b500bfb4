import type { UpcomingLetter } from '../../../adapters/overview/upcoming.ts';
import { longDate } from '../../../domain/calendar.ts';
import { referenceOf } from '../../../domain/case.ts';
import type { StateParty } from '../../../domain/treaty.ts';
import { paths } from '../../paths.ts';
import { type CalendarDay, DAYS_AHEAD } from '../../presenters/upcoming.ts';
import { counted, languageName, letterWords } from '../../presenters/words.ts';
import { Tag } from '../parts.tsx';
import { Strip } from './calendar-strip.tsx';
import { Filters } from './filters.tsx';
import { type Console, ConsolePage, Exports } from './frame.tsx';
import { LetterText } from './letter-text.tsx';

export type CalendarPageProps = {
  on: Console;
  days: CalendarDay[];
  states: ReadonlyMap<string, StateParty>;
  q: string;
  address: (format?: string) => string;
};

/** What leaves in the next thirty days unless a report comes first: to whom, when, in which words. */
export function CalendarPage(props: CalendarPageProps) {
  const { on, days, q, address } = props;
  const total = days.reduce((sum, { letters }) => sum + letters.length, 0);
  return (
    <ConsolePage on={on} title="Calendar" active="calendar">
      <h1 class="govuk-heading-l">
        {counted(total, 'letter')} {total === 1 ? 'leaves' : 'leave'} in the next {DAYS_AHEAD} days
      </h1>
      <p class="govuk-body">
        Each leaves only if no report has come by then. Nothing leaves on a weekend or a UN holiday.
      </p>
      <Strip days={days} />
      <Filters action={paths.calendar()} q={q}>
        <Exports href={address} />
      </Filters>
      {total === 0 && <Nothing q={q} />}
      {days.map((day) => day.letters.length > 0 && <Day key={day.on} day={day} {...props} />)}
    </ConsolePage>
  );
}

function Nothing({ q }: { q: string }) {
  if (q) return <p class="govuk-body fp-empty">No letter to a State Party of that name leaves in these days.</p>;
  return (
    <p class="govuk-body fp-empty">
      When a cycle is open and its letters are approved, each stands here a month before it leaves, with its text.
    </p>
  );
}

function Day({ day, states, on }: CalendarPageProps & { day: CalendarDay }) {
  const open = day.letters.filter(({ isApproved }) => !isApproved).length;
  return (
    <section class="fp-day" id={`d${day.on}`}>
      <h2 class="govuk-heading-m">
        {longDate(day.on, 'en')}: {counted(day.letters.length, 'letter')}
        {open > 0 && (
          <Tag tone="yellow">
            {open === day.letters.length ? 'still to be approved' : `${open} still to be approved`}
          </Tag>
        )}
      </h2>
      {day.letters.map((letter) => (
        <Letter key={letter.hash} letter={letter} state={states.get(letter.stateParty)} on={on} />
      ))}
    </section>
  );
}

function Letter({ letter, state, on }: { letter: UpcomingLetter; state: StateParty | undefined; on: Console }) {
  const isLate = letter.plannedAt < on.now;
  return (
    <details class="fp-fold">
      <summary>
        <bdi>{state?.names.en ?? letter.stateParty}</bdi>: {letterWords(letter)}
        {!letter.isApproved && (
          <>
            {' '}
            <Tag tone="yellow">Still to be approved</Tag>
          </>
        )}
        <span class="fp-quiet">
          {isLate ? 'as soon as it may' : on.words.moment(letter.plannedAt).replace(/^.* at /, '')}, in{' '}
          {languageName(letter.language)}, to {letter.recipient}
        </span>
      </summary>
      <LetterText letter={letter} />
      <p>
        <a class="govuk-link" href={paths.case(referenceOf(letter.caseId))}>
          The case
        </a>
      </p>
    </details>
  );
}
