import { describedBy, Field, type Labelled } from './fields.tsx';

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
