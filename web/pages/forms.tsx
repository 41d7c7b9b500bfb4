import type { ComponentChildren } from 'preact';

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
