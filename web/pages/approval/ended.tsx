import type { DecisionLink } from '../../../adapters/decision-link.ts';
import { longMoment } from '../../../domain/calendar.ts';
import { paths } from '../../paths.ts';
import { questionOf } from '../../presenters/approval.ts';
import { useSite } from '../../site.tsx';
import { WORDS } from '../../words.ts';
import { Inset, Moment, SummaryList } from '../parts.tsx';
import { Changes } from './changes.tsx';
import { Decisions } from './decisions.tsx';
import { Ended } from './frame.tsx';
import { AskForLink } from './out-of-use.tsx';
import type { Review } from './review-props.ts';
import { Wordings } from './wordings.tsx';

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
      {closedAt && <SummaryList rows={[{ key: words.endedOn, value: <Moment at={closedAt} language={language} /> }]} />}
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
  'link' | 'language' | 'differences' | 'wordings' | 'stateName' | 'proof' | 'decisions' | 'undecided'
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
      <Changes {...(replaced as unknown as Review)} before={[]} link={newerLink} />
      {replaced.wordings.length > 0 && <Wordings {...replaced} />}
      {decisions.length > 0 && <Decisions language={language} decisions={decisions} undecided={undecided} />}
    </Ended>
  );
}
