import type { CaseFile } from '../../../adapters/overview/case-file.ts';
import { referenceOf } from '../../../domain/case.ts';
import { can } from '../../../domain/permissions.ts';
import { questionIn } from '../../../domain/question.ts';
import type { StateParty } from '../../../domain/treaty.ts';
import { paths } from '../../paths.ts';
import type { CaseStanding } from '../../presenters/case.ts';
import { type CellStanding, STATUSES, type Status } from '../../presenters/standing.ts';
import { presentTimeline } from '../../presenters/timeline.ts';
import { capitalised } from '../../presenters/words.ts';
import { Facts, OpenTasks, Steps } from './case-facts.tsx';
import { Letters, Mails, Submissions } from './case-papers.tsx';
import { Breadcrumbs, type Console, ConsolePage } from './frame.tsx';
import { Symbols } from './marks.tsx';
import { Plans } from './plans.tsx';
import { type PostedForm, RecordReport } from './record-report.tsx';
import { Contacts, StateFacts } from './state.tsx';
import { Timeline } from './timeline.tsx';

export type CasePageProps = {
  on: Console;
  file: CaseFile;
  standing: CaseStanding;
  /** Null for cases that are not about one State. */
  state: StateParty | null;
  /** The form as it was sent, when it could not be taken. */
  posted?: PostedForm;
};

const LOOKS: Record<Status, CellStanding> = {
  overdue: 'overdue',
  waiting: 'waiting',
  progress: 'inProgress',
  done: 'done',
};

/** One case: what it waits for and since when, what happens next, and everything that has happened. */
export function CasePage(props: CasePageProps) {
  const { on, file, standing, state } = props;
  const title = state?.names.en ?? titleOf(file);
  return (
    <ConsolePage on={on} title={title} active={state ? 'board' : isText(file) ? 'letters' : 'cycles'}>
      <Symbols />
      <Breadcrumbs steps={state ? [{ href: paths.board(), text: 'Board' }] : [wayUp(file)]} />
      <span class="govuk-caption-l">{referenceOf(file.id)}</span>
      <h1 class="govuk-heading-l fp-case-name">
        <bdi>{title}</bdi>
      </h1>
      <p class="govuk-body">
        {subjectOf(file)} {state && <StatusTag file={file} standing={standing} />}
      </p>
      <div class="govuk-grid-row">
        <div class="govuk-grid-column-two-thirds">
          <OpenTasks {...props} />
          <Facts {...props} />
          <h2 class="govuk-heading-m">What has happened</h2>
          <Timeline
            acts={presentTimeline({ ...file, stateName: state?.names.en ?? null, words: on.words })}
            words={on.words}
          />
        </div>
        <div class="govuk-grid-column-one-third fp-side">
          {state && <Steps {...props} />}
          {state && can(on.viewer, 'report.file') && !file.closedAt && <RecordReport {...props} />}
          {state ? <Submissions {...props} /> : <Plans on={on} approvals={file.approvals} people={file.people} />}
          <Letters {...props} />
          <Mails {...props} />
          {state && <Contacts contacts={file.contacts} on={on} />}
          {state && <StateFacts state={state} />}
        </div>
      </div>
    </ConsolePage>
  );
}

function isText({ caseType }: CaseFile): boolean {
  return caseType === 'letter-text';
}

/** Of a case that is about no State Party. */
function titleOf(file: CaseFile): string {
  if (!isText(file)) return `Cycle of ${file.year}`;
  const [newest] = file.approvals.map(questionIn);
  return newest?.subject === 'letterText' ? newest.summary.name.en : 'Text of a letter';
}

function wayUp(file: CaseFile) {
  if (isText(file)) return { href: paths.letterTexts(), text: 'Letters' };
  return { href: paths.cycle(file.year), text: `Cycle of ${file.year}` };
}

function subjectOf({ kind, year, caseType }: CaseFile): string {
  if (caseType === 'letter-text') return 'What the letter says.';
  if (kind === 'initial') return 'Initial report (Article 7(1)).';
  return caseType === 'annual-cycle' ? `Reports for ${year - 1}.` : `Annual report for ${year - 1}.`;
}

function StatusTag({ file, standing }: Pick<CasePageProps, 'file' | 'standing'>) {
  const isMissed = file.outcome !== null && file.submissions.length === 0;
  return (
    <strong class={`fp-standing fp-${isMissed ? 'missed' : LOOKS[standing.status]}`}>
      {statusWords(file, standing)}
    </strong>
  );
}

function statusWords({ outcome, submissions }: CaseFile, { status }: CaseStanding): string {
  if (outcome) return capitalised(outcome);
  return status === 'done' && submissions.length > 0 ? 'Report received' : STATUSES[status];
}
