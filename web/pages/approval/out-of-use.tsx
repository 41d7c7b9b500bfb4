import type { DecisionLink } from '../../../adapters/decision-link.ts';
import { longMoment } from '../../../domain/calendar.ts';
import type { Language } from '../../../domain/treaty.ts';
import { paths } from '../../paths.ts';
import { useSite } from '../../site.tsx';
import { WORDS } from '../../words.ts';
import { Button, Form } from '../parts.tsx';
import { Contact, Ended } from './frame.tsx';

export type OutOfUse = { link: DecisionLink; language: Language; proof: string; contact: string };

/** The link alone is at its end; what it is about is still open. */
export function OutOfUsePage(given: OutOfUse) {
  const { link, language } = given;
  const words = WORDS[language].ended;
  const { timeZone } = useSite();
  const when = (at: Date) => longMoment(at.getTime(), language, timeZone);
  const { revokedAt, expiresAt } = link.link;
  return (
    <Ended link={link} language={language} title={link.standing === 'expired' ? words.expired : words.revoked}>
      <p class="govuk-body">{revokedAt ? words.revokedOn(when(revokedAt)) : words.expiredOn(when(expiresAt))}</p>
      <AskForLink {...given} />
    </Ended>
  );
}

/** The button that mails a link to what is asked now. */
export function AskForLink({ link, language, proof, contact }: OutOfUse) {
  const words = WORDS[language].ended;
  return (
    <>
      <Form action={paths.newLink(link)} proof={proof}>
        <p class="govuk-body">{words.askHint(hidden(link.person.email))}</p>
        <Button>{words.ask}</Button>
      </Form>
      <Contact text={words.contact} address={contact} />
    </>
  );
}

/** Enough to recognise one's own address, not enough to learn it. */
export function hidden(email: string): string {
  const [mailbox = '', domain = ''] = email.split('@');
  return `${mailbox.slice(0, 1)}•••@${domain}`;
}

/** A page that says one thing about a link: it was mailed, or could not be. */
export function SaidPage({
  link,
  language,
  title,
  text,
  contact,
}: {
  link: DecisionLink;
  language: Language;
  title: string;
  text: string;
  contact: string;
}) {
  return (
    <Ended link={link} language={language} title={title} path={null}>
      <p class="govuk-body">{text}</p>
      <Contact text={WORDS[language].ended.contact} address={contact} />
    </Ended>
  );
}
