import type { DecisionLink } from '../../../adapters/decision-link.ts';
import { type Choice, CHOICES } from '../../../domain/approval.ts';
import { longMoment } from '../../../domain/calendar.ts';
import { referenceOf } from '../../../domain/case.ts';
import { joinNames } from '../../../domain/letter-text.ts';
import { datedLetters } from '../../../domain/plan-words.ts';
import type { Language } from '../../../domain/treaty.ts';
import { paths } from '../../paths.ts';
import { type Site, useSite } from '../../site.tsx';
import { WORDS } from '../../words.ts';
import { Layout } from '../layout.tsx';
import { Button, ButtonLink, Form, Hidden, Panel, Radios, SummaryList, TextArea } from '../parts.tsx';
import { departure, questionOf, type Review } from './review.tsx';

/** What a person chose and wrote, and what they had before them when they did. */
export type Typed = { choice: string; comment: string };
export type Seen = { contentHash: string; version: number; revision: number };

/** The four answers, none of them chosen. */
export function DecisionForm({ link, language, proof, errors, typed }: Review) {
  const words = WORDS[language].review;
  return (
    <Form action={paths.review(link)} proof={proof}>
      <div id="decide">
        <Hidden values={seenIn(link)} />
        <Radios
          name="choice"
          label={link.own ? words.decideAnew : words.decide}
          errors={errors}
          chosen={typed.choice}
          options={CHOICES.map((value) => ({ value, text: words.choices[value], hint: words.hints[value] }))}
        />
        <TextArea name="comment" label={words.comment} hint={words.commentHint} errors={errors} value={typed.comment} />
        <Button>{words.proceed}</Button>
      </div>
    </Form>
  );
}

function seenIn({ approval, own }: DecisionLink): Seen {
  return { contentHash: approval.contentHash, version: approval.version, revision: own?.revision ?? 0 };
}

type Check = {
  link: DecisionLink;
  language: Language;
  proof: string;
  sendAt: string;
  choice: Choice;
  comment: string;
  seen: Seen;
  undecided: string[];
};

/** One sentence with the number and the day, and the button. */
export function CheckPage({ link, language, proof, sendAt, choice, comment, seen, undecided }: Check) {
  const words = WORDS[language].check;
  const site = useSite();
  const others = joinNames(undecided, language);
  return (
    <Layout title={words.title} language={language}>
      <div class="fp-reading">
        <span class="govuk-caption-l">{questionOf(link, language)}</span>
        <h1 class="govuk-heading-l">{words.title}</h1>
        <p class="fp-lead">{sentence({ link, language, sendAt, choice, site })}</p>
        {choice === 'approve' && others && <p class="govuk-body">{words.others(others)}</p>}
        {comment && (
          <>
            <h2 class="govuk-heading-s">{WORDS[language].review.comment}</h2>
            <blockquote class="fp-typed" dir="auto">
              {comment}
            </blockquote>
          </>
        )}
        <Form action={paths.decision(link)} proof={proof}>
          <Hidden values={{ ...seen, choice, comment }} />
          <div class="govuk-button-group">
            <Button>{words.confirm}</Button>
            <a class="govuk-link" href={`${paths.review(link)}#decide`}>
              {words.back}
            </a>
          </div>
        </Form>
      </div>
    </Layout>
  );
}

type Sentence = { link: DecisionLink; language: Language; sendAt: string; choice: Choice; site: Site };

function sentence({ link, language, sendAt, choice, site }: Sentence): string {
  const words = WORDS[language].check.will;
  if (choice !== 'approve') return words[choice];
  const { subject, summary } = link.approval;
  const first = subject === 'plan' ? summary.letters.find(({ on }) => on !== null) : undefined;
  if (!first?.on) return words.approveNone;
  const number = (count: number) => count.toLocaleString({ en: 'en-GB', fr: 'fr-FR', es: 'es-ES' }[language]);
  const when = departure({ on: first.on, sendAt, timeZone: site.timeZone, language });
  return words.approve({
    first: number(first.count),
    when,
    all: number(datedLetters(summary)),
    states: summary.states,
  });
}

type Decided = { link: DecisionLink; language: Language; undecided: string[]; happens: string };

/** What was recorded, when, under which reference, and what happens next. */
export function DecidedPage({ link, language, undecided, happens }: Decided) {
  const words = WORDS[language].decided;
  const { timeZone } = useSite();
  const own = link.own!;
  const when = (at: Date) => longMoment(at.getTime(), language, timeZone);
  const { approval } = link;
  return (
    <Layout title={words.title} language={language}>
      <div class="fp-reading">
        <Panel title={words.title}>{WORDS[language].review.youDid[own.choice](when(own.at))}</Panel>
        <SummaryList
          rows={[
            {
              key: words.reference,
              value: `${referenceOf(approval.caseId)}, ${WORDS[language].review.version.toLowerCase()} ${approval.version}`,
            },
            own.comment !== '' && {
              key: WORDS[language].review.comment,
              value: (
                <span class="fp-pre" dir="auto">
                  {own.comment}
                </span>
              ),
            },
          ]}
        />
        <h2 class="govuk-heading-m">{words.next}</h2>
        <p class="govuk-body">{happens}</p>
        {undecided.length > 0 && <p class="govuk-body">{words.waits(joinNames(undecided, language))}</p>}
        <p class="govuk-body">
          {words.receipt} {words.done}
        </p>
        {link.standing === 'open' && (
          <>
            <p class="govuk-body">{words.undo(when(approval.lapsesAt))}</p>
            <ButtonLink href={paths.review(link)} look="secondary">
              {words.change}
            </ButtonLink>
          </>
        )}
        <p class="govuk-body">
          <a class="govuk-link" href={paths.disown(link)}>
            {words.notYou}
          </a>
        </p>
      </div>
    </Layout>
  );
}
