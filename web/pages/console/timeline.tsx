import { paths } from '../../paths.ts';
import type { Act } from '../../presenters/timeline.ts';
import type { DateWords } from '../../presenters/words.ts';

/** Every act of a case, newest first. */
export function Timeline({ acts, words }: { acts: Act[]; words: DateWords }) {
  return (
    <ol class="fp-timeline" reversed>
      {acts.map(({ seq, at, who, what, said, letterId, door }) => (
        <li key={seq}>
          <time dateTime={at.toISOString()}>{words.moment(at)}</time>
          <p>
            <bdi>{who}</bdi> {what}
            {door && <span class="fp-quiet">, {door}</span>}
            {letterId && (
              <>
                {' '}
                <a class="govuk-link" href={paths.letter(letterId)}>
                  Read it
                </a>
              </>
            )}
          </p>
          {said && (
            <blockquote class="fp-typed" dir="auto">
              {said}
            </blockquote>
          )}
        </li>
      ))}
    </ol>
  );
}
