import { can } from '../../../domain/permissions.ts';
import { paths } from '../../paths.ts';
import { Form } from '../parts.tsx';
import type { Console } from './frame.tsx';

const STATES = {
  playing: 'Days are passing',
  waiting: 'The clock stands still',
  over: 'The year is over',
} as const;

const STEPS = [
  { step: 'day', text: '+1 day' },
  { step: 'week', text: '+1 week' },
  { step: 'decision', text: 'To the next decision' },
] as const;

/** The simulated date, and the buttons that let time pass. Only in a demonstration. */
export function SimulationBar({ on, simulation }: { on: Console; simulation: NonNullable<Console['simulation']> }) {
  const { mode, until } = simulation;
  return (
    <section
      class="fp-clock fp-no-print"
      aria-label="Simulated time"
      data-live
      id="clock"
      hx-get={on.address}
      hx-trigger={mode === 'playing' ? 'every 2s' : undefined}
      hx-select="#clock"
      hx-swap="outerHTML"
    >
      <div class="fp-width-wide fp-clock__row">
        <p class="fp-clock__date">
          Demonstration: it is <strong>{on.words.moment(on.now)}</strong>{' '}
          <span class="fp-clock__mode">
            {STATES[mode]}
            {mode === 'playing' && until && ` until ${on.words.date(until)}`}
          </span>
        </p>
        {mode !== 'over' && can(on.viewer, 'clock.move') && (
          <Form
            action={`${paths.clock()}?back=${encodeURIComponent(on.address)}`}
            proof={on.viewer.proof}
            class="fp-clock__buttons"
          >
            {mode === 'playing' && <ClockButton step="pause" text="Pause" />}
            {STEPS.map(({ step, text }) => (
              <ClockButton key={step} step={step} text={text} />
            ))}
          </Form>
        )}
        {on.mailboxUrl && (
          <a class="fp-clock__mailbox" href={on.mailboxUrl}>
            Mailbox
          </a>
        )}
      </div>
    </section>
  );
}

function ClockButton({ step, text }: { step: string; text: string }) {
  return (
    <button type="submit" class="fp-clock__button" name="step" value={step}>
      {text}
    </button>
  );
}
