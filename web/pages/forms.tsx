import type { ComponentChildren } from 'preact';

/** A field that was not filled as it must be; `field` is the name (and id) of the input. */
export type FieldError = { field: string; text: string };

/** A form that carries the proof of its page. With files the proof goes ahead of them, in the address. */
export function Form({
  action,
  proof,
  hasFiles = false,
  children,
  ...rest
}: {
  action: string;
  proof: string;
  hasFiles?: boolean;
  class?: string;
  children: ComponentChildren;
}) {
  if (hasFiles) {
    const address = `${action}${action.includes('?') ? '&' : '?'}proof=${proof}`;
    return (
      <form method="post" action={address} encType="multipart/form-data" noValidate class={rest.class}>
        {children}
      </form>
    );
  }
  return (
    <form method="post" action={action} noValidate class={rest.class}>
      <input type="hidden" name="proof" value={proof} />
      {children}
    </form>
  );
}

export function Hidden({ values }: { values: Record<string, string | number> }) {
  return (
    <>
      {Object.entries(values).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={String(value)} />
      ))}
    </>
  );
}

type Look = 'primary' | 'secondary' | 'warning';

export function Button({
  children,
  look = 'primary',
  name,
  value,
}: {
  children: ComponentChildren;
  look?: Look;
  name?: string;
  value?: string;
}) {
  const kind = look === 'primary' ? '' : ` govuk-button--${look}`;
  return (
    <button type="submit" class={`govuk-button${kind}`} name={name} value={value}>
      {children}
    </button>
  );
}

/** Looks like a button and leads to another page. */
export function ButtonLink({
  href,
  children,
  look = 'primary',
}: {
  href: string;
  children: ComponentChildren;
  look?: Look;
}) {
  const kind = look === 'primary' ? '' : ` govuk-button--${look}`;
  return (
    <a href={href} class={`govuk-button${kind}`} draggable={false}>
      {children}
    </a>
  );
}

export type Labelled = { name: string; label: string; hint?: string; errors?: readonly FieldError[] };

/** Label, hint and error of a field, joined to it for screen readers. */
export function Field({
  name,
  label,
  hint,
  errors = [],
  legend = false,
  children,
}: Labelled & {
  legend?: boolean;
  children: ComponentChildren;
}) {
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
  return (
    <div class={`govuk-form-group${error ? ' govuk-form-group--error' : ''}`}>
      {legend ? (
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
      )}
    </div>
  );
}

function describedBy({ name, hint, errors = [] }: Omit<Labelled, 'label'>): string | undefined {
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

/** Radio buttons. None is chosen unless `chosen` says so. */
export function Radios({
  options,
  chosen,
  ...field
}: Labelled & {
  options: readonly { value: string; text: string; hint?: string }[];
  chosen?: string;
}) {
  return (
    <Field {...field} legend>
      <div class="govuk-radios">
        {options.map(({ value, text, hint }, index) => {
          const id = index === 0 ? field.name : `${field.name}-${value}`;
          return (
            <div class="govuk-radios__item" key={value}>
              <input
                class="govuk-radios__input"
                id={id}
                name={field.name}
                type="radio"
                value={value}
                checked={value === chosen}
                aria-describedby={hint ? `${id}-hint` : undefined}
              />
              <label class="govuk-label govuk-radios__label" for={id}>
                {text}
              </label>
              {hint && (
                <div class="govuk-hint govuk-radios__hint" id={`${id}-hint`}>
                  {hint}
                </div>
              )}
            </div>
          );
        })}
      </div>
    </Field>
  );
}

export function Select({
  options,
  value,
  ...field
}: Labelled & {
  options: readonly { value: string; text: string }[];
  value?: string;
}) {
  return (
    <Field {...field}>
      <select class="govuk-select" id={field.name} name={field.name} aria-describedby={describedBy(field)}>
        {options.map((option) => (
          <option key={option.value} value={option.value} selected={option.value === value}>
            {option.text}
          </option>
        ))}
      </select>
    </Field>
  );
}
