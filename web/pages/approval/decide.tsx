import type { DecisionLink } from '../../../adapters/decision-link.ts';
import { CHOICES, type Choice } from '../../../domain/approval.ts';
import { joinNames } from '../../../domain/letter-text.ts';
import { datedLetters, lettersCounted, numberIn } from '../../../domain/plan-words.ts';
import type { Language } from '../../../domain/treaty.ts';
import { paths } from '../../paths.ts';
import { departure, questionOf, seenOf } from '../../presenters/approval.ts';
import { type Site, useSite } from '../../site.tsx';
import { WORDS } from '../../words.ts';
import { Layout } from '../layout.tsx';
import { Button, Form, Hidden, Radios, TextArea } from '../parts.tsx';
import type { Review, Seen } from './review-props.ts';

/** The four answers, none of them chosen. */
export function DecisionForm({ link, language, proof, errors, typed }: Review) {
  const words = WORDS[language].review;
  const { hints } = link.approval.subject === 'plan' ? words : WORDS[language].wording;
  return (
    <Form action={paths.review(link)} proof={proof}>
      <div id="decide">
        <Hidden values={seenOf(link)} />
        <Radios
          name="choice"
          label={link.own ? words.decideAnew : words.decide}
          errors={errors}
          chosen={typed.choice}
          options={CHOICES.map((value) => ({ value, text: words.choices[value], hint: hints[value] }))}
        />
        <TextArea name="comment" label={words.comment} hint={words.commentHint} errors={errors} value={typed.comment} />
        <Button>{words.proceed}</Button>
      </div>
    </Form>
  );
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
  /** It can be had again, in another language as well. */
  isKept: boolean;
};

/** One sentence with the number and the day, and the button. */
export function CheckPage({ link, language, proof, sendAt, choice, comment, seen, undecided, isKept }: Check) {
  const words = WORDS[language].check;
  const site = useSite();
  const others = joinNames(undecided, language);
  const isPlan = link.approval.subject === 'plan';
  const languages = isKept ? (each: Language) => `${paths.check(link)}?lang=${each}` : undefined;
  return (
    <Layout title={words.title} language={language} languages={languages}>
      <div class="fp-reading">
        <span class="govuk-caption-m">{questionOf(link, language)}</span>
        <h1 class="govuk-heading-l">{words.title}</h1>
        <p class="fp-lead">{sentence({ link, language, sendAt, choice, site })}</p>
        {choice === 'approve' && others && (
          <p class="govuk-body">{isPlan ? words.others(others) : WORDS[language].wording.others(others)}</p>
        )}
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
  const { approval } = link;
  if (approval.subject === 'letterText') {
    const { will } = WORDS[language].wording;
    return choice === 'approve' ? will.approve(approval.summary.name[language]) : will[choice];
  }
  const words = WORDS[language].check.will;
  if (choice !== 'approve') return words[choice];
  const { summary } = approval;
  const first = summary.letters.find(({ on }) => on !== null);
  if (!first?.on) return words.approveNone;
  const when = departure({ on: first.on, sendAt, timeZone: site.timeZone, language });
  const all = datedLetters(summary);
  return words.approve({
    first: lettersCounted(first.count, language),
    isOne: first.count === 1,
    when,
    all: all > first.count ? numberIn(all, language) : null,
    states: summary.states,
  });
}
