import { decisionsBefore, decisionsSoFar, reasonOfMove } from '../adapters/approval-page.ts';
import { sha256 } from '../adapters/fingerprint.ts';
import { lettersInForce } from '../adapters/letters-in-force.ts';
import { newLink, writeToken } from '../adapters/links.ts';
import type { Prisma } from '../adapters/records.ts';
import type { Language } from '../domain/treaty.ts';
import { approvalValues, FOR_WORDS } from './approval-values.ts';
import { askedInFull } from './asked-in-full.ts';
import type { Deps } from './index.ts';
import { keepLetter } from './letter-row.ts';

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
      const [letters, { decisions }, before, movedBecause] = await Promise.all([
        lettersInForce(deps),
        decisionsSoFar({ records, approvalId }),
        decisionsBefore({ records, approval }),
        reasonOfMove({ records, approvalId }),
      ]);
      const said = { decisions, before, movedBecause };
      const asks = purpose === 'approval-request' || purpose === 'approval-reminder';
      const values = (url: string) => ({
        ...approvalValues({ treaty, approval, person, purpose, revision: occurrence, said, now }),
        replyTo: deps.mailFrom,
        decisionLink: url,
      });
      const template = `annual-cycle/${purpose}`;
      const rendered = letters.render({ template, language, values: values(decisionLink) });
      const shown = letters.render({ template, language, values: values(PERSONAL_LINK) });
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
        attachments: purpose === 'approval-request' ? [await askedInFull({ ...deps, approval })] : [],
      });
    },
  };
}

const PERSONAL_LINK = 'https://personal-link.invalid/';

function decisionLinkRow({
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
