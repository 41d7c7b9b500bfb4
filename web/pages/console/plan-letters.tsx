import { plainDate } from '../../../domain/calendar.ts';
import type { PlanSummary } from '../../../domain/plan.ts';
import { letterWords } from '../../presenters/words.ts';

/** How many letters of which kind leave on which day. */
export function PlanLetters({ letters }: { letters: PlanSummary['letters'] }) {
  if (letters.length === 0) return null;
  return (
    <table class="fp-plan">
      <caption class="fp-vh">Letters by day</caption>
      <thead>
        <tr>
          <th scope="col">Leaves on</th>
          <th scope="col">Letter</th>
          <th scope="col" class="fp-number">
            Letters
          </th>
        </tr>
      </thead>
      <tbody>
        {letters.map(({ on, kind, purpose, count }) => (
          <tr key={`${on} ${kind} ${purpose}`}>
            <td>{on ? plainDate(on, 'en') : 'when a report arrives'}</td>
            <td>
              {kindOfLetter(purpose)}
              {kind === 'initial' && ' (initial report)'}
            </td>
            <td class="fp-number">{on ? count : 'one each'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** "Reminder before the deadline": a day of the plan may hold several of them, so without its number. */
function kindOfLetter(purpose: string): string {
  return letterWords({ purpose, occurrence: 1 }).replace(' 1 ', ' ');
}
