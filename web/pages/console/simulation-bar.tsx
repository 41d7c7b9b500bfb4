import { can } from '../../../domain/permissions.ts';
import { paths } from '../../paths.ts';
import { counted } from '../../presenters/words.ts';
import { Form } from '../parts.tsx';
import type { Console } from './frame.tsx';

type Simulation = NonNullable<Console['simulation']>;
type Mode = Simulation['mode'];

const MODES: Record<Mode, string> = {
  playing: 'Days are passing',
  waiting: 'The clock stands still',
  over: 'The year is over',
};

const STEPS: { step: string; text: string; during: Mode[] }[] = [
  { step: 'pause', text: 'Pause', during: ['playing'] },
  { step: 'day', text: '+1 day', during: ['playing', 'waiting', 'over'] },
  { step: 'week', text: '+1 week', during: ['playing', 'waiting', 'over'] },
  { step: 'decision', text: 'To the next decision', during: ['playing', 'waiting'] },
  { step: 'end', text: 'Go on to the end', during: ['waiting'] },
];

/** What is brought while the clock stands still takes effect at once: the page follows that too, only less often. */
const REFRESH: Record<Mode, string> = { playing: 'every 2s', waiting: 'every 5s', over: 'every 5s' };

/** The simulated date, how far the year is, and the buttons that let time pass. Only in a demonstration. */
export function SimulationBar({ on, simulation }: { on: Console; simulation: Simulation }) {
  const { mode, progress } = simulation;
  return (
    <section
      class="fp-clock fp-no-print"
      aria-label="Simulated time"
      data-live
      id="clock"
      hx-get={on.address}
      hx-trigger={REFRESH[mode]}
      hx-select="#clock"
      hx-swap="outerHTML"
    >
      <div class="fp-width-wide fp-clock__row">
        <p class="fp-clock__date">
          Demonstration: it is <strong>{on.words.moment(on.now)}</strong>{' '}
          <span class="fp-clock__mode">{MODES[mode]}</span>
        </p>
        {can(on.viewer, 'clock.move') && <Buttons on={on} mode={mode} />}
        {on.mailboxUrl && (
          <a class="fp-clock__mailbox" href={on.mailboxUrl}>
            Mailbox
          </a>
        )}
      </div>
      {progress && <Standing progress={progress} />}
    </section>
  );
}

function Buttons({ on, mode }: { on: Console; mode: Mode }) {
  return (
    <Form
      action={`${paths.clock()}?back=${encodeURIComponent(on.address)}`}
      proof={on.viewer.proof}
      class="fp-clock__buttons"
    >
      {STEPS.filter(({ during }) => during.includes(mode)).map(({ step, text }) => (
        <button key={step} type="submit" class="fp-clock__button" name="step" value={step}>
          {text}
        </button>
      ))}
      {mode === 'playing' && (
        <noscript>
          <a class="fp-clock__mailbox" href={on.address}>
            Look again
          </a>
        </noscript>
      )}
    </Form>
  );
}

function Standing({ progress }: { progress: NonNullable<Simulation['progress']> }) {
  const { dayNumber, of, lettersSent, reportsIn, reportsDue, picture } = progress;
  const day = Math.min(dayNumber, of);
  return (
    <div class="fp-width-wide fp-clock__row">
      <p class="fp-clock__date">
        <progress class="fp-clock__year" value={day} max={of} aria-label="The year so far" /> Day {day} of {of} ·{' '}
        {counted(lettersSent, 'letter')} sent
        {reportsDue > 0 && ` · ${reportsIn} of ${counted(reportsDue, 'report')} in`} · {picture}
      </p>
    </div>
  );
}
