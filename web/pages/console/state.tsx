import type { ComponentChildren } from 'preact';
import type { CaseFile } from '../../../adapters/overview/case-file.ts';
import { plainDate } from '../../../domain/calendar.ts';
import type { StateParty } from '../../../domain/treaty.ts';
import { languageName } from '../../presenters/words.ts';
import type { Console } from './frame.tsx';
import { Mark, MarkLegend } from './marks.tsx';

/** Whom at the State Party we write to, and whom we wrote to before. */
export function Contacts({ contacts, on }: { contacts: CaseFile['contacts']; on: Console }) {
  return (
    <section>
      <h2 class="govuk-heading-s">Contacts</h2>
      {contacts.length === 0 && <p class="fp-quiet">The register holds no address for this State Party.</p>}
      {contacts.map(({ id, name, kind, email, certainty, since, endedAt }) => (
        <p key={id} class={endedAt ? 'fp-contact fp-quiet' : 'fp-contact'}>
          <bdi>{name}</bdi> <span class="fp-quiet">({kind})</span> <Mark certainty={certainty} />
          <br />
          {email}
          {endedAt && (
            <>
              <br />
              from {on.words.date(since)} to {on.words.date(endedAt)}
            </>
          )}
        </p>
      ))}
    </section>
  );
}

/** What is known of the State Party, and how surely. */
export function StateFacts({ state }: { state: StateParty }) {
  const formal = state.formalCertainty[state.language];
  return (
    <section>
      <h2 class="govuk-heading-s">State Party</h2>
      <dl class="fp-facts">
        <Fact term="Written to as" certainty={formal}>
          <span lang={state.language}>{state.formal[state.language]}</span>
        </Fact>
        <Fact term="Language of letters" certainty={state.languageCertainty}>
          {languageName(state.language)}
        </Fact>
        <Fact term="In force since" certainty={state.dateCertainty}>
          {plainDate(state.inForceOn, 'en')}
        </Fact>
        <Fact term="Initial report due" certainty={state.dateCertainty}>
          {plainDate(state.initialReportDueOn, 'en')}
        </Fact>
        <Fact term="Region">{state.region}</Fact>
        <Fact term="Clearance (Article 4)">{known(state.hasClearanceDuty)}</Fact>
        <Fact term="Victims (Article 5)">{known(state.hasVictims)}</Fact>
      </dl>
      <MarkLegend certainties={[formal, state.languageCertainty, state.dateCertainty, 'invented']} />
      <details class="fp-fold">
        <summary>Its name in the six languages of the United Nations</summary>
        <dl class="fp-facts">
          {Object.entries(state.names).map(([language, name]) => (
            <Fact key={language} term={languageName(language)}>
              <span lang={language} dir={language === 'ar' ? 'rtl' : 'ltr'}>
                {name}
              </span>
            </Fact>
          ))}
        </dl>
      </details>
    </section>
  );
}

function known(value: boolean | null): string {
  if (value === null) return 'not known';
  return value ? 'has obligations' : 'none declared';
}

function Fact({ term, certainty, children }: { term: string; certainty?: string; children: ComponentChildren }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>
        {children} {certainty && <Mark certainty={certainty} />}
      </dd>
    </div>
  );
}
