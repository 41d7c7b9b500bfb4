import { longMoment } from '../../../domain/calendar.ts';
import { paths } from '../../paths.ts';
import { useSite } from '../../site.tsx';
import { WORDS } from '../../words.ts';
import { Button, ErrorSummary, type FieldError, Form, Radios } from '../parts.tsx';
import { Contact, Ended } from './frame.tsx';
import type { OutOfUse } from './out-of-use.tsx';

type Disown = OutOfUse & { leavesAt: Date | null; errors: readonly FieldError[] };

/** For somebody who is told of a decision they did not make. Nothing is chosen, so a robot that submits it does nothing. */
export function DisownPage({ link, language, proof, contact, leavesAt, errors }: Disown) {
  const words = WORDS[language].disown;
  const { timeZone } = useSite();
  const { own } = link;
  const when = (at: Date) => longMoment(at.getTime(), language, timeZone);
  return (
    <Ended link={link} language={language} title={words.title} path={paths.disown(link)}>
      <ErrorSummary errors={errors} language={language} />
      {!own && <p class="govuk-body">{words.nothing}</p>}
      {own && (
        <p class="govuk-body">
          {words.why} <bdi>{link.person.name}</bdi> {WORDS[language].review.did[own.choice](when(own.at))}.
        </p>
      )}
      {own && link.standing === 'open' && (
        <Form action={paths.disown(link)} proof={proof}>
          <p class="govuk-body">{words.open}</p>
          <Radios
            name="who"
            label={words.who}
            errors={errors}
            options={[
              { value: 'me', text: words.me },
              { value: 'notMe', text: words.notMe },
            ]}
          />
          <Button>{words.button}</Button>
        </Form>
      )}
      {own && link.standing !== 'open' && (
        <p class="govuk-body">
          {words.closed} {leavesAt && words.hold(when(leavesAt))}
        </p>
      )}
      <Contact text={words.inDoubt} address={contact} />
    </Ended>
  );
}
