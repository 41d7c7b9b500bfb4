import type { ComponentChildren } from 'preact';
import type { DecisionLink } from '../../../adapters/decision-link.ts';
import { longMoment } from '../../../domain/calendar.ts';
import { referenceOf } from '../../../domain/case.ts';
import type { Language } from '../../../domain/treaty.ts';
import { paths } from '../../paths.ts';
import { useSite } from '../../site.tsx';
import { WORDS } from '../../words.ts';
import { Layout } from '../layout.tsx';
import { Button, Form, Inset, SummaryList } from '../parts.tsx';
import { Changes, Decisions } from './changes.tsx';
import { questionOf, type Review } from './review.tsx';

type Frame = { link: DecisionLink; language: Language; title: string; children: ComponentChildren };

function Ended({ link, language, title, children }: Frame) {
  return (
    <Layout title={title} language={language} languages={(each) => `${paths.review(link)}?lang=${each}`}>
      <div class="fp-reading">
        <span class="govuk-caption-l">
          {referenceOf(link.approval.caseId)}, {WORDS[language].review.version.toLowerCase()} {link.approval.version}
        </span>
        <h1 class="govuk-heading-l">{title}</h1>
        {children}
      </div>
    </Layout>
  );
}

type Closed = Pick<Review, 'link' | 'language' | 'decisions' | 'undecided'> & { happens: string; notRecorded: boolean };

/** How the approval ended, by whom; never a bare "expired". */
export function ClosedPage({ link, language, decisions, undecided, happens, notRecorded }: Closed) {
  const words = WORDS[language].ended;
  const { closedAt, state } = link.approval;
  const title = state === 'open' ? words.closed.withdrawn : words.closed[state];
  return (
    <Ended link={link} language={language} title={title}>
      {notRecorded && <Inset>{words.notRecorded}</Inset>}
      <p class="govuk-body">{questionOf(link, language)}</p>
      {closedAt && <SummaryList rows={[{ key: words.endedOn, value: <When at={closedAt} language={language} /> }]} />}
      <p class="govuk-body">{happens}</p>
      <p class="govuk-body">{words.nothingMore}</p>
      <Decisions language={language} decisions={decisions} undecided={undecided} />
      {link.own && (
        <p class="govuk-body">
          <a class="govuk-link" href={paths.disown(link)}>
            {WORDS[language].decided.notYou}
          </a>
        </p>
      )}
    </Ended>
  );
}

type Replaced = Pick<
  Review,
  'link' | 'language' | 'differences' | 'stateName' | 'proof' | 'decisions' | 'undecided'
> & {
  contact: string;
  newerLink: DecisionLink;
};

/** The version was replaced: when, what is different, and the way to the newer one. */
export function ReplacedPage(replaced: Replaced) {
  const { link, language, decisions, undecided, newerLink } = replaced;
  const words = WORDS[language].ended;
  const { timeZone } = useSite();
  const newer = link.newer!;
  const when = longMoment(newer.openedAt.getTime(), language, timeZone);
  const outcome = newer.state === 'open' ? words.newerOpen : words.closed[newer.state];
  return (
    <Ended link={link} language={language} title={words.replaced(link.approval.version)}>
      <p class="govuk-body">
        {words.replacedOn(newer.version, when)} {outcome}.
      </p>
      {newer.state === 'open' && <AskForLink {...replaced} />}
      <Changes {...(replaced as unknown as Review)} link={newerLink} />
      {decisions.length > 0 && <Decisions language={language} decisions={decisions} undecided={undecided} />}
    </Ended>
  );
}

type OutOfUse = { link: DecisionLink; language: Language; proof: string; contact: string };

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

function AskForLink({ link, language, proof, contact }: OutOfUse) {
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

function Contact({ text, address }: { text: string; address: string }) {
  return (
    <p class="govuk-body">
      {text}{' '}
      <a class="govuk-link" href={`mailto:${address}`}>
        {address}
      </a>
      .
    </p>
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
    <Ended link={link} language={language} title={title}>
      <p class="govuk-body">{text}</p>
      <Contact text={WORDS[language].ended.contact} address={contact} />
    </Ended>
  );
}

/** For somebody who is told of a decision they did not make. */
export function DisownPage({ link, language, proof, contact, leavesAt }: OutOfUse & { leavesAt: Date | null }) {
  const words = WORDS[language].disown;
  const { timeZone } = useSite();
  const { own } = link;
  const when = (at: Date) => longMoment(at.getTime(), language, timeZone);
  return (
    <Ended link={link} language={language} title={words.title}>
      {!own && <p class="govuk-body">{words.nothing}</p>}
      {own && (
        <p class="govuk-body">
          {words.why} <bdi>{link.person.name}</bdi> {WORDS[language].review.did[own.choice](when(own.at))}.
        </p>
      )}
      {own && link.standing === 'open' && (
        <Form action={paths.disown(link)} proof={proof}>
          <p class="govuk-body">{words.open}</p>
          <Button look="warning">{words.button}</Button>
        </Form>
      )}
      {own && link.standing !== 'open' && (
        <p class="govuk-body">
          {words.closed} {leavesAt && words.hold(when(leavesAt))}
        </p>
      )}
      <Contact text={WORDS[language].ended.contact} address={contact} />
    </Ended>
  );
}

function When({ at, language }: { at: Date; language: Language }) {
  const { timeZone } = useSite();
  return <>{longMoment(at.getTime(), language, timeZone)}</>;
}
