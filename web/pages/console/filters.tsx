import type { ComponentChildren } from 'preact';
import { Hidden } from '../parts.tsx';

/** The line above a list that says which of it is shown. All of it goes into the address. */
export function Filters({
  action,
  q,
  what = 'State',
  keeps = {},
  more,
  children,
}: {
  action: string;
  /** What is searched for, in whatever language. */
  q: string;
  what?: string;
  /** What the address says besides, and goes on saying. */
  keeps?: Record<string, string | number>;
  /** Fields besides the search. */
  more?: ComponentChildren;
  children?: ComponentChildren;
}) {
  return (
    <form class="fp-filters fp-no-print" method="get" action={action} role="search" aria-label="States Parties">
      <Hidden values={keeps} />
      <label for="q">{what}</label>
      <input
        id="q"
        name="q"
        type="search"
        class="govuk-input"
        value={q}
        placeholder="any language, or ISO code"
        dir="auto"
      />
      {more}
      <button type="submit" class="govuk-button govuk-button--secondary">
        Show
      </button>
      {children}
    </form>
  );
}
