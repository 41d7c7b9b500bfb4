import type { DecisionLink } from '../../../adapters/decision-link.ts';
import { longMoment } from '../../../domain/calendar.ts';
import { referenceOf } from '../../../domain/case.ts';
import { joinNames } from '../../../domain/letter-text.ts';
import type { Language } from '../../../domain/treaty.ts';
import { paths } from '../../paths.ts';
import { useSite } from '../../site.tsx';
import { WORDS } from '../../words.ts';
import { Layout } from '../layout.tsx';
import { ButtonLink, Panel, SummaryList } from '../parts.tsx';

type Decided = {
  link: DecisionLink;
  language: Language;
  undecided: string[];
  happens: string;
  /** Not once all that is needed has been decided, even if the approval has not been closed yet. */
  mayChange: boolean;
};

/** What was recorded, when, under which reference, and what happens next. */
export function DecidedPage({ link, language, undecided, happens, mayChange }: Decided) {
  const words = WORDS[language].decided;
  const { timeZone } = useSite();
  const own = link.own!;
  const when = longMoment(own.at.getTime(), language, timeZone);
  return (
    <Layout title={words.title} language={language}>
      <div class="fp-reading">
        <Panel title={words.title}>{WORDS[language].review.youDid[own.choice](when)}</Panel>
        <SummaryList
          rows={[
            { key: words.reference, value: referenceOf(link.approval.caseId) },
            { key: WORDS[language].review.version, value: link.approval.version },
            own.comment !== '' && { key: WORDS[language].review.comment, value: <Comment text={own.comment} /> },
          ]}
        />
        <h2 class="govuk-heading-m">{words.next}</h2>
        <p class="govuk-body">{happens}</p>
        {undecided.length > 0 && <p class="govuk-body">{words.waits(joinNames(undecided, language))}</p>}
        <p class="govuk-body">
          {words.receipt} {words.done}
        </p>
        {mayChange && link.standing === 'open' && <ChangeOfMind link={link} language={language} />}
        <p class="govuk-body">
          <a class="govuk-link" href={paths.disown(link)}>
            {words.notYou}
          </a>
        </p>
      </div>
    </Layout>
  );
}

function Comment({ text }: { text: string }) {
  return (
    <span class="fp-pre" dir="auto">
      {text}
    </span>
  );
}

function ChangeOfMind({ link, language }: { link: DecisionLink; language: Language }) {
  const words = WORDS[language].decided;
  const { timeZone } = useSite();
  return (
    <>
      <p class="govuk-body">{words.undo(longMoment(link.approval.lapsesAt.getTime(), language, timeZone))}</p>
      <ButtonLink href={paths.review(link)} look="secondary">
        {words.change}
      </ButtonLink>
    </>
  );
}
