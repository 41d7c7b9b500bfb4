import type { Register } from '../../../adapters/overview/register.ts';
import type { StateParty } from '../../../domain/treaty.ts';
import { paths } from '../../paths.ts';
import { counted } from '../../presenters/words.ts';
import { type Console, ConsolePage, Exports } from './frame.tsx';
import { Mark, MarkLegend } from './marks.tsx';

export type RegisterRow = { state: StateParty; contacts: Register['contacts'] };

type RegisterPageProps = {
  on: Console;
  rows: RegisterRow[];
  people: Register['people'];
  stateNames: ReadonlyMap<string, string>;
  q: string;
  address: (format?: string) => string;
};

const LANGUAGES: Record<string, string> = { en: 'English', fr: 'French', es: 'Spanish' };
const ROLES: Record<string, string> = {
  coordinator: 'Coordinator',
  officer: 'ISU officer',
  admin: 'ISU admin',
  auditor: 'Auditor',
};

/** Whom at each State Party we write to, and our own people. */
export function RegisterPage({ on, rows, people, stateNames, q, address }: RegisterPageProps) {
  const contacts = rows.flatMap((row) => row.contacts);
  return (
    <ConsolePage on={on} title="Register" active="register">
      <h1 class="govuk-heading-l">{counted(rows.length, 'State Party', 'States Parties')}</h1>
      <p class="govuk-body">
        Letters go to the mission, or where there is none to the capital. The list is changed with{' '}
        <code>focalpoint import contacts</code>.
      </p>
      <form
        class="fp-filters fp-no-print"
        method="get"
        action={paths.register()}
        role="search"
        aria-label="States Parties"
      >
        <label for="q">State or address</label>
        <input
          id="q"
          name="q"
          type="search"
          class="govuk-input"
          value={q}
          placeholder="any language, or ISO code"
          dir="auto"
        />
        <button type="submit" class="govuk-button govuk-button--secondary">
          Show
        </button>
        <Exports href={address} />
      </form>
      <div class="fp-scroll" tabIndex={0} role="region" aria-label="Contacts">
        <table class="fp-board fp-list">
          <caption class="fp-vh">Contacts by State Party</caption>
          <thead>
            <tr>
              <th scope="col">State Party</th>
              <th scope="col">Contact</th>
              <th scope="col">Address</th>
              <th scope="col">Language</th>
              <th scope="col">Since</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <StateRows key={row.state.iso3} {...row} on={on} />
            ))}
          </tbody>
        </table>
      </div>
      <MarkLegend certainties={[...contacts.map(({ certainty }) => certainty), 'inferred']} />
      <h2 class="govuk-heading-m fp-people">People</h2>
      <ul class="fp-tasks fp-tasks--done">
        {people.map(({ id, name, email, role, actsFor, certainty }) => (
          <li key={id}>
            <span>
              <bdi>{name}</bdi>, {ROLES[role] ?? role}
              {actsFor && ` for ${stateNames.get(actsFor) ?? actsFor}`}, {email} <Mark certainty={certainty} />
            </span>
          </li>
        ))}
      </ul>
      <p class="govuk-body">
        <a class="govuk-link" href={paths.about()}>
          What the marks mean
        </a>
      </p>
    </ConsolePage>
  );
}

function StateRows({ state, contacts, on }: RegisterRow & { on: Console }) {
  const name = (
    <th scope="row">
      <bdi>{state.names.en}</bdi>
    </th>
  );
  if (contacts.length === 0)
    return (
      <tr>
        {name}
        <td colSpan={4}>no address yet: gets no letter</td>
      </tr>
    );
  return (
    <>
      {contacts.map((contact) => (
        <tr key={contact.id}>
          {name}
          <td>
            <bdi>{contact.name}</bdi>
            {contact.kind === 'capital' && ' (capital)'}
          </td>
          <td>
            {contact.email} <Mark certainty={contact.certainty} />
          </td>
          <td>
            {LANGUAGES[contact.language] ?? contact.language}{' '}
            {contact.language === state.language && <Mark certainty={state.languageCertainty} />}
          </td>
          <td>{on.words.date(contact.since)}</td>
        </tr>
      ))}
    </>
  );
}
