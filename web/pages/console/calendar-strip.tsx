import { type CalendarDay, dayWords } from '../../presenters/upcoming.ts';

/** A bar for each day, with its number; days of rest are shown as such. */
export function Strip({ days }: { days: CalendarDay[] }) {
  const most = Math.max(1, ...days.map(({ letters }) => letters.length));
  return (
    <ol class="fp-strip" aria-label="Letters by day">
      {days.map(({ on, letters, rest }) => (
        <li key={on} class={rest ? 'fp-strip__rest' : letters.length === 0 ? 'fp-strip__none' : undefined}>
          <span class="fp-strip__count">{letters.length || ''}</span>
          <svg viewBox="0 0 10 60" preserveAspectRatio="none" aria-hidden="true">
            <rect x="1" width="8" y={60 - (letters.length / most) * 60} height={(letters.length / most) * 60} />
          </svg>
          <span class="fp-strip__day">
            {letters.length > 0 ? <a href={`#d${on}`}>{dayWords(on)}</a> : dayWords(on)}
            {rest && <span class="fp-vh">, {rest}</span>}
          </span>
        </li>
      ))}
    </ol>
  );
}
