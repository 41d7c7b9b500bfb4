import type { ComponentChildren } from 'preact';
import { longMoment } from '../../domain/calendar.ts';
import type { Language } from '../../domain/treaty.ts';
import { useSite } from '../site.tsx';
import { WORDS } from '../words.ts';
import type { FieldError } from './fields.tsx';

export * from './choices.tsx';
export * from './fields.tsx';
export * from './forms.tsx';
export * from './pagination.tsx';
export * from './table.tsx';

export function ErrorSummary({ errors, language }: { errors: readonly FieldError[]; language: Language }) {
  if (errors.length === 0) return null;
  return (
    <div class="govuk-error-summary" role="alert">
      <h2 class="govuk-error-summary__title">{WORDS[language].site.problem}</h2>
      <ul class="govuk-list govuk-error-summary__list">
        {errors.map(({ field, text }) => (
          <li key={field}>
            <a href={`#${field}`}>{text}</a>
          </li>
        ))}
      </ul>
    </div>
  );
}

export type SummaryRow = { key: string; value: ComponentChildren };

/** Names and values, the rows without a value left out. */
export function SummaryList({ rows }: { rows: readonly (SummaryRow | null | false)[] }) {
  return (
    <dl class="govuk-summary-list">
      {rows.map(
        (row) =>
          row && (
            <div class="govuk-summary-list__row" key={row.key}>
              <dt class="govuk-summary-list__key">{row.key}</dt>
              <dd class="govuk-summary-list__value">{row.value}</dd>
            </div>
          ),
      )}
    </dl>
  );
}

export type Tone = 'blue' | 'green' | 'grey' | 'yellow' | 'orange' | 'purple' | 'teal' | 'red';

export function Tag({ tone = 'blue', children }: { tone?: Tone; children: ComponentChildren }) {
  return <strong class={`govuk-tag govuk-tag--${tone}`}>{children}</strong>;
}

/** The green panel of something done. */
export function Panel({ title, children }: { title: string; children?: ComponentChildren }) {
  return (
    <div class="govuk-panel govuk-panel--confirmation">
      <h1 class="govuk-panel__title">{title}</h1>
      {children && <div class="govuk-panel__body">{children}</div>}
    </div>
  );
}

export function Inset({ children }: { children: ComponentChildren }) {
  return <div class="govuk-inset-text">{children}</div>;
}

export function Details({
  summary,
  children,
  open = false,
}: {
  summary: ComponentChildren;
  children: ComponentChildren;
  open?: boolean;
}) {
  return (
    <details class="govuk-details" open={open}>
      <summary class="govuk-details__summary">
        <span class="govuk-details__summary-text">{summary}</span>
      </summary>
      <div class="govuk-details__text">{children}</div>
    </details>
  );
}

/** A moment with its zone: "Monday 2 March 2027 at 09:00 (Geneva)". */
export function Moment({ at, language }: { at: Date; language: Language }) {
  const { timeZone } = useSite();
  return <time dateTime={at.toISOString()}>{longMoment(at.getTime(), language, timeZone)}</time>;
}
