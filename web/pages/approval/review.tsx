import { longMoment } from '../../../domain/calendar.ts';
import { referenceOf } from '../../../domain/case.ts';
import { paths } from '../../paths.ts';
import { questionOf } from '../../presenters/approval.ts';
import { useSite } from '../../site.tsx';
import { WORDS } from '../../words.ts';
import { Layout } from '../layout.tsx';
import { ErrorSummary } from '../parts.tsx';
import { Changes } from './changes.tsx';
import { DecisionForm } from './decide.tsx';
import { Decisions } from './decisions.tsx';
import { Facts } from './facts.tsx';
import { LetterTexts } from './letter-texts.tsx';
import { LettersByDay } from './letters-by-day.tsx';
import type { Review } from './review-props.ts';
import { Wordings } from './wordings.tsx';

/** Everything there is to know before deciding, and the decision below it. */
export function ReviewPage(review: Review) {
  const { link, language, errors } = review;
  const words = WORDS[language].review;
  const question = questionOf(link, language);
  return (
    <Layout
      title={`${errors.length > 0 ? WORDS[language].site.error : ''}${question}`}
      language={language}
      languages={(each) => `${paths.review(link)}?lang=${each}`}
    >
      <div class="fp-reading">
        <ErrorSummary errors={errors} language={language} />
        <span class="govuk-caption-l">{referenceOf(link.approval.caseId)}</span>
        <h1 class="govuk-heading-l">{question}</h1>
        <OwnDecision {...review} />
        <p class="govuk-body">
          <a class="govuk-link" href="#decide">
            {words.toDecision}
          </a>
        </p>
        <Facts {...review} />
        <LettersByDay {...review} />
        <Changes {...review} />
        {link.approval.subject === 'plan' ? <LetterTexts {...review} /> : <Wordings {...review} />}
        <Decisions {...review} />
        <DecisionForm {...review} />
      </div>
    </Layout>
  );
}

function OwnDecision({ link, language }: Review) {
  const { timeZone } = useSite();
  if (!link.own) return null;
  const words = WORDS[language].review;
  const when = longMoment(link.own.at.getTime(), language, timeZone);
  return (
    <div class="govuk-inset-text">
      <p class="govuk-body">
        <strong>{words.youDid[link.own.choice](when)}</strong>
      </p>
      <p class="govuk-body">{words.mayChange}</p>
    </div>
  );
}
