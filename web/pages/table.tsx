import type { ComponentChildren } from 'preact';

/** A small table of one kind of row; its last column holds numbers. */
export function Table({
  caption,
  titles,
  rows,
  isNarrow = false,
}: {
  caption?: string;
  titles: readonly string[];
  rows: readonly { key: string; cells: readonly ComponentChildren[] }[];
  /** Has more columns than a phone has room for. */
  isNarrow?: boolean;
}) {
  const numeric = (kind: string, at: number) =>
    `govuk-table__${kind}${at === titles.length - 1 ? ` govuk-table__${kind}--numeric` : ''}`;
  return (
    <table class={`govuk-table${isNarrow ? ' fp-narrow' : ''}`}>
      {caption && <caption class="govuk-table__caption govuk-table__caption--m">{caption}</caption>}
      <thead class="govuk-table__head">
        <tr class="govuk-table__row">
          {titles.map((title, at) => (
            <th scope="col" class={numeric('header', at)} key={title}>
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody class="govuk-table__body">
        {rows.map(({ key, cells }) => (
          <tr class="govuk-table__row" key={key}>
            {cells.map((cell, at) => (
              <td class={numeric('cell', at)} key={titles[at]}>
                {cell}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
