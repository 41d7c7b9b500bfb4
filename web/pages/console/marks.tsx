import type { Certainty, StateParty } from '../../../domain/treaty.ts';
import { type CellStanding, STANDING_WORDS } from '../../presenters/standing.ts';
import { MARKS } from '../../presenters/words.ts';

/** The symbols of the board, drawn once on a page and used by name: they keep their form without colour and in print. */
export function Symbols() {
  return (
    <svg class="fp-symbols" aria-hidden="true" focusable="false">
      <symbol id="done" viewBox="0 0 16 16">
        <circle cx="8" cy="8" r="7.5" fill="currentColor" />
        <path d="M4.4 8.3l2.5 2.5 4.8-5.3" fill="none" stroke="#fff" stroke-width="2" />
      </symbol>
      <symbol id="inProgress" viewBox="0 0 16 16">
        <circle cx="8" cy="8" r="6.7" fill="none" stroke="currentColor" stroke-width="1.6" />
        <path d="M8 1.3a6.7 6.7 0 0 1 0 13.4z" fill="currentColor" />
      </symbol>
      <symbol id="waiting" viewBox="0 0 16 16">
        <circle cx="8" cy="8" r="6.7" fill="none" stroke="currentColor" stroke-width="1.6" />
        <path d="M8 4v4.2l2.8 1.9" fill="none" stroke="currentColor" stroke-width="1.6" />
      </symbol>
      <symbol id="overdue" viewBox="0 0 16 16">
        <path
          d="M3.5 1.5h9M3.5 14.5h9M4.5 2c0 4 7 8 7 12.5M11.5 2c0 4-7 8-7 12.5"
          fill="none"
          stroke="currentColor"
          stroke-width="1.6"
        />
      </symbol>
      <symbol id="notStarted" viewBox="0 0 16 16">
        <circle cx="8" cy="8" r="2" fill="currentColor" />
      </symbol>
      <symbol id="missed" viewBox="0 0 16 16">
        <circle cx="8" cy="8" r="6.7" fill="none" stroke="currentColor" stroke-width="1.6" />
        <path d="M4.6 8h6.8" stroke="currentColor" stroke-width="1.6" />
      </symbol>
      <symbol id="notNeeded" viewBox="0 0 16 16">
        <path d="M4.5 8h7" stroke="currentColor" stroke-width="1.6" />
      </symbol>
      <symbol id="person" viewBox="0 0 16 16">
        <circle cx="8" cy="4.6" r="3.2" fill="currentColor" />
        <path d="M1.8 15c0-4 2.6-6 6.2-6s6.2 2 6.2 6z" fill="currentColor" />
      </symbol>
    </svg>
  );
}

export function Sign({ name }: { name: CellStanding | 'person' }) {
  return (
    <svg class="fp-symbol" aria-hidden="true">
      <use href={`#${name}`} />
    </svg>
  );
}

/** Symbol and words together, outside the board. */
export function Standing({ standing }: { standing: CellStanding }) {
  return (
    <span class={`fp-standing fp-${standing}`}>
      <Sign name={standing} /> {STANDING_WORDS[standing]}
    </span>
  );
}

/** The word for how sure we are, beside a value that is not certain. */
export function Mark({ certainty }: { certainty: string }) {
  const mark = MARKS[certainty as Certainty];
  return mark ? <span class="fp-mark">{mark.mark}</span> : null;
}

/** What the marks on this page mean. */
export function MarkLegend({ certainties }: { certainties: string[] }) {
  const marks = Object.entries(MARKS).flatMap(([certainty, mark]) =>
    mark && certainties.includes(certainty) ? [mark] : [],
  );
  if (marks.length === 0) return null;
  return (
    <dl class="fp-legend">
      {marks.map(({ mark, meaning }) => (
        <div key={mark}>
          <dt>
            <span class="fp-mark">{mark}</span>
          </dt>
          <dd>{meaning}</dd>
        </div>
      ))}
    </dl>
  );
}

export function StateName({ state }: { state: StateParty }) {
  return <bdi>{state.names.en}</bdi>;
}
