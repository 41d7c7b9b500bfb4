import type { ComponentChildren } from 'preact';

/** A field that was not filled as it must be; `field` is the name (and id) of the input. */
export type FieldError = { field: string; text: string };

export type Labelled = { name: string; label: string; hint?: string; errors?: readonly FieldError[] };

type FieldProps = Labelled & { legend?: boolean; children: ComponentChildren };

/** Label (or legend, for several inputs), hint and error of a field, joined to it for screen readers. */
export function Field({ name, label, hint, errors = [], legend = false, children }: FieldProps) {
  const error = errors.find(({ field }) => field === name);
  const inner = (
    <>
      {hint && (
        <div id={`${name}-hint`} class="govuk-hint">
          {hint}
        </div>
      )}
      {error && (
        <p id={`${name}-error`} class="govuk-error-message">
          {error.text}
        </p>
      )}
      {children}
    </>
  );
  const title = legend ? (
    <fieldset class="govuk-fieldset" aria-describedby={describedBy({ name, hint, errors })}>
      <legend class="govuk-fieldset__legend govuk-fieldset__legend--m">{label}</legend>
      {inner}
    </fieldset>
  ) : (
    <>
      <label class="govuk-label govuk-label--s" for={name}>
        {label}
      </label>
      {inner}
    </>
  );
  return <div class={`govuk-form-group${error ? ' govuk-form-group--error' : ''}`}>{title}</div>;
}

/** The ids of hint and error, for the input itself. */
export function describedBy({ name, hint, errors = [] }: Omit<Labelled, 'label'>): string | undefined {
  const ids = [hint && `${name}-hint`, errors.some(({ field }) => field === name) && `${name}-error`].filter(Boolean);
  return ids.length > 0 ? ids.join(' ') : undefined;
}

export type InputProps = Labelled & {
  value?: string;
  type?: 'text' | 'email' | 'search' | 'date' | 'file';
  autoComplete?: string;
  accept?: string;
};

export function Input({ value, type = 'text', autoComplete, accept, ...field }: InputProps) {
  const kind = type === 'file' ? 'govuk-file-upload' : 'govuk-input';
  const isWrong = field.errors?.some((error) => error.field === field.name);
  return (
    <Field {...field}>
      <input
        class={`${kind}${isWrong ? ` ${kind}--error` : ''}`}
        id={field.name}
        name={field.name}
        // preact's types allow one literal at a time.
        type={type as 'text'}
        value={value}
        accept={accept}
        autoComplete={autoComplete}
        spellcheck={type === 'email' ? false : undefined}
        aria-describedby={describedBy(field)}
        aria-invalid={isWrong ? 'true' : undefined}
      />
    </Field>
  );
}

export function TextArea({ value = '', rows = 5, ...field }: Labelled & { value?: string; rows?: number }) {
  const isWrong = field.errors?.some((error) => error.field === field.name);
  return (
    <Field {...field}>
      <textarea
        class={`govuk-textarea${isWrong ? ' govuk-textarea--error' : ''}`}
        id={field.name}
        name={field.name}
        rows={rows}
        dir="auto"
        aria-describedby={describedBy(field)}
        aria-invalid={isWrong ? 'true' : undefined}
      >
        {value}
      </textarea>
    </Field>
  );
}
