import { newLink, writeToken } from '../adapters/links.ts';
import type { Prisma } from '../adapters/records.ts';
import type { ApprovalState, Choice } from '../domain/approval.ts';
import { dateAt, longDate, longMoment } from '../domain/calendar.ts';
import { referenceOf } from '../domain/case.ts';
import { joinNames, type LetterValues } from '../domain/letter-text.ts';
import type { PlanSummary } from '../domain/plan.ts';
import {
  afterOutcome,
  approvalSubject,
  CHOICE_WORDS,
  changeLine,
  OUTCOME_WORDS,
  planLines,
  whatHappens,
} from '../domain/plan-words.ts';
import type { Language, Treaty } from '../domain/treaty.ts';
import type { Deps } from './index.ts';
import { keepLetter } from './letters.ts';
import { sha256 } from './plan.ts';

const FOR_WORDS = {
  slots: { include: { person: true } },
  decisions: { include: { person: true }, orderBy: { at: 'asc' } },
} as const;

/** An approval with everyone and everything its letters speak of. */
export type AskedApproval = Prisma.ApprovalGetPayload<{ include: typeof FOR_WORDS }>;
type Person = AskedApproval['slots'][number]['person'];

/** The link lives a week longer than the approval may stay open, to show the outcome to who comes late. */
const WEEK = 7 * 86_400_000;

type Wanted = {
  caseId: string;
  personId: string;
  purpose: string;
  occurrence: number;
  approvalId: string;
  now: number;
};

export function personLetterActivities(deps: Deps) {
  const { records, treaty } = deps;
  return {
    /** Makes a letter to one of our own people about an approval, once. Returns the id of its row. */
    async draftPersonLetter({ caseId, personId, purpose, occurrence, approvalId, now }: Wanted): Promise<string> {
      const person = await records.person.findUniqueOrThrow({ where: { id: personId } });
      const key = { caseId, step: `approval ${approvalId}`, recipient: person.email, purpose, occurrence };
      const there = await records.letter.findUnique({
        where: { caseId_step_recipient_purpose_occurrence: key },
        select: { id: true },
      });
      if (there) return there.id;
      const approval = await records.approval.findUniqueOrThrow({ where: { id: approvalId }, include: FOR_WORDS });
      const language = person.language as Language;
      const link = newLink();
      const decisionLink = `${deps.baseUrl}/a/${writeToken(link)}`;
      const asks = purpose === 'approval-request' || purpose === 'approval-reminder';
      const values = (url: string) => ({
        ...approvalValues({ treaty, approval, person, purpose, revision: occurrence, now }),
        replyTo: deps.mailFrom,
        decisionLink: url,
      });
      const template = `annual-cycle/${purpose}`;
      const rendered = deps.letters.render({ template, language, values: values(decisionLink) });
      const shown = deps.letters.render({ template, language, values: values(PERSONAL_LINK) });
      return await keepLetter({
        deps,
        row: {
          ...key,
          recipientName: person.name,
          class: 'internal',
          approvalId,
          contentHash: sha256(shown.text),
          approvedText: shown.text,
          personId,
        },
        rendered,
        now,
        links: asks ? [decisionLinkRow({ approval, personId, link, now })] : [],
        attachments: purpose === 'approval-request' ? [await planText({ deps, approval })] : [],
      });
    },
  };
}

const PERSONAL_LINK = 'https://personal-link.invalid/';

export function decisionLinkRow({
  approval,
  personId,
  link,
  now,
}: {
  approval: { id: string; lapsesAt: Date };
  personId: string;
  link: { selector: string; secretHash: string };
  now: number;
}): Prisma.LinkCreateManyInput {
  const { selector, secretHash } = link;
  const expiresAt = new Date(approval.lapsesAt.getTime() + WEEK);
  return {
    selector,
    secretHash,
    purpose: 'decide',
    personId,
    approvalId: approval.id,
    createdAt: new Date(now),
    expiresAt,
  };
}

/** The words of every letter about an approval, in the language of the person. */
export function approvalValues({
  treaty,
  approval,
  person,
  purpose,
  revision,
  now,
}: {
  treaty: Treaty;
  approval: AskedApproval;
  person: Person;
  purpose: string;
  /** Of a receipt: which of the person's decisions it is about. */
  revision: number;
  now: number;
}): LetterValues {
  const language = person.language as Language;
  const { treatyTimeZone: timeZone, report } = treaty.policy;
  const summary = approval.summary as unknown as PlanSummary;
  const dueOn = dateAt(approval.dueAt.getTime(), timeZone);
  const happens = whatHappens({ summary, language, sendAt: report.sendAt, timeZone });
  const outcome = approval.state === 'open' ? undefined : OUTCOME_WORDS[language][approval.state as Ended];
  const mine = approval.decisions.find((each) => each.personId === person.id && each.revision === revision);
  const kind = purpose.replace(/^approval-|^decision-/, '') as 'request' | 'reminder' | 'outcome' | 'receipt';
  const short = treaty.office.conventionShort;
  return {
    officeName: treaty.office.name[language],
    personName: person.name,
    reference: referenceOf(approval.caseId),
    version: approval.version,
    subjectLine: approvalSubject({ kind, summary, version: approval.version, dueOn, short, language, outcome }),
    whatHappens: approval.state === 'open' ? happens : afterOutcome(approval.state as ApprovalState, happens, language),
    decideBy: longDate(dueOn, language),
    askedBy: treaty.office.name[language],
    summaryLines: planLines(summary, language),
    changes: changeLine(summary, language),
    earlierDecisions: earlierDecisions(approval, language) || null,
    outcome,
    decidedBy: joinNames([...new Set(approval.decisions.map((each) => each.person.name))], language) || null,
    decidedAt: longMoment((mine?.at ?? approval.closedAt ?? new Date(now)).getTime(), language, timeZone),
    comments: earlierDecisions(approval, language) || null,
    choice: mine ? CHOICE_WORDS[language][mine.choice as Choice] : null,
    comment: mine?.comment || null,
  };
}

type Ended = Exclude<ApprovalState, 'open'>;

function earlierDecisions({ decisions }: AskedApproval, language: Language): string {
  return decisions
    .map(
      ({ person, choice, comment }) =>
        `${person.name}: ${CHOICE_WORDS[language][choice as Choice]}${comment ? ` (${comment})` : ''}`,
    )
    .join('\n');
}

/** One letter of each kind and language in full, so that the plan can be judged from the mail alone. */
async function planText({ deps, approval }: { deps: Deps; approval: AskedApproval }) {
  const items = await deps.records.approvalItem.findMany({
    where: { approvalId: approval.id },
    distinct: ['template', 'language'],
    orderBy: [{ template: 'asc' }, { language: 'asc' }],
  });
  const rule = '='.repeat(76);
  const texts = items.map(
    ({ subject, text, stateParty }) => `${rule}\n${stateParty}\n${subject}\n${rule}\n\n${text}\n`,
  );
  const fileName = `letters-${referenceOf(approval.caseId).replace('/', '-')}-v${approval.version}.txt`;
  return { fileName, bytes: Buffer.from(texts.join('\n')), mediaType: 'text/plain; charset=utf-8' };
}
