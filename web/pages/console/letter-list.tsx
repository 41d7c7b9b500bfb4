import type { ApprovedText, OpenChange } from '../../../adapters/letter-texts.ts';
import type { ListedLetter } from '../../../adapters/letters.ts';
import { can } from '../../../domain/permissions.ts';
import { paths } from '../../paths.ts';
import { capitalised } from '../../presenters/words.ts';
import { Table, Tag } from '../parts.tsx';
import { type Console, ConsolePage } from './frame.tsx';

export type LetterRow = { letter: ListedLetter; approved: readonly ApprovedText[]; open: OpenChange | null };

/** Every letter there is, and which of its texts is in force. */
export function LetterListPage({ on, rows }: { on: Console; rows: readonly LetterRow[] }) {
  const mayEdit = can(on.viewer, 'letterText.edit');
  return (
    <ConsolePage on={on} title="Letters" active="letters">
      <h1 class="govuk-heading-l">What the letters say</h1>
      <p class="govuk-body">
        Each letter is written in English, French and Spanish. A changed text goes to the Coordinators and is in force
        once they have approved it; letters of a plan they approved before keep the words it was approved in.
      </p>
      <Table
        isNarrow
        titles={['Letter', 'Form', 'In force', '']}
        rows={rows.map(({ letter: { template, name, form }, approved, open }) => ({
          key: template,
          cells: [
            mayEdit ? (
              <a class="govuk-link" href={paths.letterText(template)}>
                {name.en}
              </a>
            ) : (
              name.en
            ),
            capitalised(form),
            inForce(approved, on),
            open ? <Tag tone="blue">New text proposed</Tag> : null,
          ],
        }))}
      />
    </ConsolePage>
  );
}

/** "Version 2, since 3 May 2028"; the files' own text is version 0. */
export function inForce([newest, ...older]: readonly ApprovedText[], on: Console): string {
  return newest ? `Version ${older.length + 1}, since ${on.words.date(newest.closedAt)}` : 'As supplied';
}
