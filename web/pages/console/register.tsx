import type { Register } from '../../../adapters/overview/register.ts';
import { paths } from '../../paths.ts';
import { counted } from '../../presenters/words.ts';
import { ContactTable, type RegisterRow } from './contact-table.tsx';
import { Filters } from './filters.tsx';
import { type Console, ConsolePage, Exports } from './frame.tsx';
import { Mark, MarkLegend } from './marks.tsx';

type RegisterPageProps = {
  on: Console;
  rows: RegisterRow[];
  people: Register['people'];
  stateNames: ReadonlyMap<string, string>;
  q: string;
  address: (format?: string) => string;
};

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
      <Filters action={paths.register()} q={q} what="State or address">
        <Exports href={address} />
      </Filters>
      <ContactTable rows={rows} on={on} />
      <MarkLegend certainties={[...contacts.map(({ certainty }) => certainty), 'inferred']} />
      <People people={people} stateNames={stateNames} />
      <p class="govuk-body">
        <a class="govuk-link" href={paths.about()}>
          What the marks mean
        </a>
      </p>
    </ConsolePage>
  );
}

function People({ people, stateNames }: Pick<RegisterPageProps, 'people' | 'stateNames'>) {
  return (
    <>
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
    </>
  );
}
