import type { AskedWording } from '../../../adapters/asked-wording.ts';
import type { ListedLetter } from '../../../adapters/letters.ts';
import { LANGUAGES } from '../../../domain/treaty.ts';
import { paths } from '../../paths.ts';
import { counted } from '../../presenters/words.ts';
import { Wordings } from '../approval/wordings.tsx';
import { Button, Form, Hidden, SummaryList } from '../parts.tsx';
import { Breadcrumbs, type Console, ConsolePage } from './frame.tsx';
import type { TypedText } from './letter-editor.tsx';

type CheckLetter = {
  on: Console;
  letter: ListedLetter;
  typed: TypedText;
  seen: number;
  wordings: readonly AskedWording[];
  coordinators: number;
};

/** Before the Coordinators are asked: what changes against the text in force, and what follows. */
export function CheckLetterPage({ on, letter, typed, seen, wordings, coordinators }: CheckLetter) {
  const { template, name } = letter;
  const sources = Object.fromEntries(LANGUAGES.map((language) => [language, typed[language]]));
  const hidden = { ...sources, note: typed.note, seen };
  const back = { href: paths.letterText(template), text: name.en };
  return (
    <ConsolePage on={on} title="Check before the Coordinators are asked" active="letters">
      <Breadcrumbs steps={[{ href: paths.letterTexts(), text: 'Letters' }, back]} />
      <div class="fp-reading">
        <h1 class="govuk-heading-l">Check before the Coordinators are asked</h1>
        <SummaryList
          rows={[
            { key: 'Letter', value: name.en },
            { key: 'Reason', value: <span dir="auto">{typed.note}</span> },
          ]}
        />
        <p class="govuk-body">
          The text goes to the {counted(coordinators, 'Coordinator')} by email. It is in force once they have approved
          it; letters of a plan that was approved before keep the words it was approved in.
        </p>
        <Wordings wordings={wordings} language="en" />
        <Form action={paths.letterText(template)} proof={on.viewer.proof}>
          <Hidden values={hidden} />
          <div class="govuk-button-group">
            <Button name="next" value="ask">
              Ask the Coordinators
            </Button>
            <Button name="next" value="edit" look="secondary">
              Go on writing
            </Button>
          </div>
        </Form>
      </div>
    </ConsolePage>
  );
}
