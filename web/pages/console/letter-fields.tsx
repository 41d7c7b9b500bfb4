import type { Letters, ListedLetter } from '../../../adapters/letters.ts';
import { LANGUAGES, type StateParty } from '../../../domain/treaty.ts';
import { paths } from '../../paths.ts';
import { languageName } from '../../presenters/words.ts';

export type Fillable = { fields: ReturnType<Letters['fields']> };

/** The States to preview a letter with; none for letters to our own people. */
export type Previewed = { states: readonly Pick<StateParty, 'iso3' | 'names'>[] };

/** The preview is a form sent into a frame that may do nothing. */
export function Preview({ letter: { template, name }, states }: Previewed & { letter: ListedLetter }) {
  return (
    <section aria-label="Preview">
      {states.length > 0 && (
        <div class="govuk-form-group">
          <label class="govuk-label" for="state">
            Preview as it would read for
          </label>
          <select class="govuk-select" id="state" name="state">
            <option value="">made-up values</option>
            {states.map(({ iso3, names }) => (
              <option key={iso3} value={iso3}>
                {names.en}
              </option>
            ))}
          </select>
        </div>
      )}
      <div class="govuk-button-group">
        {LANGUAGES.map((language) => (
          <button
            key={language}
            type="submit"
            class="govuk-button govuk-button--secondary"
            name="language"
            value={language}
            formAction={paths.letterTextPreview(template)}
            formTarget="preview"
          >
            Preview in {languageName(language)}
          </button>
        ))}
      </div>
      <iframe class="fp-preview" name="preview" title={`Preview of ${name.en}`} sandbox="" />
    </section>
  );
}

export function Fields({ fields }: Fillable) {
  return (
    <table class="govuk-table fp-fields">
      <caption class="govuk-table__caption govuk-table__caption--m">What can be filled in</caption>
      <thead class="govuk-table__head">
        <tr class="govuk-table__row">
          {['You write', 'What it holds', 'For example'].map((title) => (
            <th key={title} scope="col" class="govuk-table__header">
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody class="govuk-table__body">
        {fields.map(({ field, meaning, sample, mayBeAbsent }) => (
          <tr class="govuk-table__row" key={field}>
            <td class="govuk-table__cell">
              <code>{`{{${field}}}`}</code>
            </td>
            <td class="govuk-table__cell">
              {meaning}
              {mayBeAbsent && (
                <>
                  . Ask for it first: <code>{`{{#if ${field}}} … {{/if}}`}</code>
                </>
              )}
            </td>
            <td class="govuk-table__cell fp-quiet">{sample}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
