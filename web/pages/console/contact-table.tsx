import type { Register } from '../../../adapters/overview/register.ts';
import type { StateParty } from '../../../domain/treaty.ts';
import { languageName } from '../../presenters/words.ts';
import type { Console } from './frame.tsx';
import { Mark } from './marks.tsx';

export type RegisterRow = { state: StateParty; contacts: Register['contacts'] };

/** Each address by State Party, with how surely it and its language are known. */
export function ContactTable({ rows, on }: { rows: RegisterRow[]; on: Console }) {
  return (
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
            {languageName(contact.language)}{' '}
            {contact.language === state.language && <Mark certainty={state.languageCertainty} />}
          </td>
          <td>{on.words.date(contact.since)}</td>
        </tr>
      ))}
    </>
  );
}
