import type { Complaints } from './form.ts';
import { page } from './layout.tsx';
import type { Draft } from './send.ts';

export function writePage(given: { draft: Draft; complaints?: Complaints; refusal?: string }): string {
  const { draft, complaints = {}, refusal } = given;
  return page({
    title: 'Write a letter',
    children: (
      <>
        <Mistakes complaints={complaints} refusal={refusal} />
        <h1>Write a letter</h1>
        <p>It is delivered on this computer, like every other letter. Write as a State Party, or as anybody.</p>
        <form class="form" action="/write" method="post" encType="multipart/form-data" autocomplete="off" noValidate>
          <Line name="from" label="From" draft={draft} complaints={complaints} />
          <Line name="to" label="To" draft={draft} complaints={complaints} />
          <Line name="subject" label="Subject" draft={draft} complaints={complaints} />
          <TextAndFiles draft={draft} complaints={complaints} />
          <button class="button" type="submit">
            Send the letter
          </button>
        </form>
      </>
    ),
  });
}

/** Above everything else: what is wrong, each with a link to its field. */
export function Mistakes({ complaints = {}, refusal }: { complaints?: Complaints; refusal?: string }) {
  const entries = Object.entries(complaints);
  if (entries.length === 0 && !refusal) return null;
  return (
    <div class="mistakes" role="alert" aria-labelledby="mistakes">
      <h2 id="mistakes">The letter was not sent</h2>
      {refusal && <p>The mail system refused it: {refusal}</p>}
      <ul>
        {entries.map(([name, sentence]) => (
          <li key={name}>
            <a href={`#${name}`}>{sentence}</a>
          </li>
        ))}
      </ul>
    </div>
  );
}

type Fields = { draft: Draft; complaints?: Complaints };

function Line({ name, label, draft, complaints }: Fields & { name: keyof Draft; label: string }) {
  const inputMode = name === 'subject' ? 'text' : 'email';
  return (
    <Field name={name} label={label} complaint={complaints?.[name]}>
      <input
        id={name}
        name={name}
        type="text"
        inputMode={inputMode}
        value={draft[name]}
        {...marks({ name, complaints })}
      />
    </Field>
  );
}

export function TextAndFiles({ draft, complaints }: Fields) {
  return (
    <>
      <Field name="text" label="Text" complaint={complaints?.text}>
        <textarea id="text" name="text" rows={8} {...marks({ name: 'text', complaints })}>
          {draft.text}
        </textarea>
      </Field>
      <Field name="files" label="Files (optional)" hint="Up to 10 files of 25 MB each." complaint={complaints?.files}>
        <input id="files" name="files" type="file" multiple {...marks({ name: 'files', complaints, hint: true })} />
      </Field>
    </>
  );
}

type FieldFrame = {
  name: string;
  label: string;
  hint?: string;
  complaint?: string;
  children: preact.ComponentChildren;
};

function Field({ name, label, hint, complaint, children }: FieldFrame) {
  return (
    <div class={complaint ? 'field field--wrong' : 'field'}>
      <label for={name}>{label}</label>
      {hint && (
        <p class="quiet" id={`${name}-hint`}>
          {hint}
        </p>
      )}
      {complaint && (
        <p class="field__complaint" id={`${name}-complaint`}>
          {complaint}
        </p>
      )}
      {children}
    </div>
  );
}

type Marked = { name: keyof Complaints; complaints?: Complaints; hint?: boolean };

function marks({ name, complaints, hint }: Marked) {
  const isWrong = complaints?.[name] !== undefined;
  const describedBy = [hint && `${name}-hint`, isWrong && `${name}-complaint`].filter(Boolean).join(' ');
  return { 'aria-invalid': isWrong || undefined, 'aria-describedby': describedBy || undefined };
}
