import type { DecisionLink } from '../../../adapters/decision-link.ts';
import { CHOICES, type Choice } from '../../../domain/approval.ts';
import { joinNames } from '../../../domain/letter-text.ts';
import { datedLetters } from '../../../domain/plan-words.ts';
import type { Language } from '../../../domain/treaty.ts';
import { paths } from '../../paths.ts';
import { departure, questionOf } from '../../presenters/approval.ts';
import { type Site, useSite } from '../../site.tsx';
import { WORDS } from '../../words.ts';
import { Layout } from '../layout.tsx';
import { Button, Form, Hidden, Radios, TextArea } from '../parts.tsx';
import type { Review, Seen } from './review-props.ts';

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
        <span class="govuk-caption-m">{questionOf(link, language)}</span>
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
