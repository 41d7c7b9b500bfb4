import type { Treaty } from '../../../domain/treaty.ts';
import { paths } from '../../paths.ts';
import { BoardLegend } from './board-table.tsx';
import { Breadcrumbs, type Console, ConsolePage } from './frame.tsx';
import { MarkLegend, Symbols } from './marks.tsx';

const WORDS: [string, string][] = [
  [
    'Case',
    'One piece of work with a reference, a page and a named outcome: the report of one State Party for one year.',
  ],
  ['Cycle', 'A reporting year, from the invitations on 1 December to the last late reports on 30 September.'],
  [
    'Coordinator',
    'One of the two States that look after General Status and Operation and are Gender Focal Points. They approve.',
  ],
  [
    'Plan',
    'All letters of a cycle: their texts, recipients and dates. Nothing leaves before the Coordinators approve it.',
  ],
  ['Cut-off', 'The day the data is frozen for the analysis, ten weeks before the meeting.'],
  ['Overdue', 'The deadline has passed and no report is here. It says nothing else about a State Party.'],
  ['Not received', 'No report had come by the cut-off. Late reports are still welcome.'],
  ['Task', 'Something Focalpoint does not decide by itself.'],
  ['Tray', 'Mail that found no case by itself.'],
];

/** The words and marks of these pages, and which version shows them. */
export function AboutPage({ on, treaty, version }: { on: Console; treaty: Treaty; version: string }) {
  return (
    <ConsolePage on={on} title="About">
      <Symbols />
      <Breadcrumbs steps={[{ href: paths.board(), text: 'Board' }]} />
      <div class="fp-reading">
        <h1 class="govuk-heading-l">What the words and marks mean</h1>
        <h2 class="govuk-heading-m">Marks</h2>
        <p class="govuk-body">
          A value that is not known for certain carries one of these. Values without a mark have a source.
        </p>
        <MarkLegend certainties={['recalled', 'inferred', 'assumed', 'invented']} />
        <h2 class="govuk-heading-m">The board</h2>
        <BoardLegend />
        <h2 class="govuk-heading-m fp-people">Words</h2>
        <dl class="fp-facts">
          {WORDS.map(([term, meaning]) => (
            <div key={term}>
              <dt>{term}</dt>
              <dd>{meaning}</dd>
            </div>
          ))}
        </dl>
        <p class="fp-quiet">
          Focalpoint {version}, {treaty.office.convention.en}: {treaty.states.length} States Parties. Times are those of{' '}
          {treaty.policy.treatyTimeZone === 'Europe/Zurich' ? 'Geneva' : treaty.policy.treatyTimeZone}.
        </p>
      </div>
    </ConsolePage>
  );
}
