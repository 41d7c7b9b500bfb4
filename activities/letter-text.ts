import { keepTexts, lettersInForce } from '../adapters/letters-in-force.ts';
import type { TextSummary, TextVersions } from '../domain/letter-change.ts';
import { textTitle } from '../domain/letter-change-words.ts';
import { LANGUAGES } from '../domain/treaty.ts';
import type { OpenedApproval } from '../workflows/steps/seek-approval.ts';
import type { Deps } from './index.ts';
import { openApproval, openedApproval } from './open-approval.ts';

export function letterTextActivities(deps: Deps) {
  const { records, treaty } = deps;
  return {
    /**
     * Opens the approval of the words proposed last, in all three languages. The same version asked again (a retry) is
     * the approval already there. Without an approver nothing is opened.
     */
    async askForText({
      caseId,
      version,
      now,
    }: {
      caseId: string;
      version: number;
      now: number;
    }): Promise<OpenedApproval> {
      const there = await records.approval.findFirst({
        where: { caseId, subject: 'letterText', version },
        include: { slots: true },
      });
      if (there) return openedApproval({ treaty, approval: there });
      const change = await records.letterTextChange.findFirstOrThrow({
        where: { caseId },
        orderBy: { number: 'desc' },
      });
      const at = new Date(now);
      await records.task.updateMany({
        where: { caseId, kind: 'textNotApproved', doneAt: null },
        data: { doneAt: at },
      });
      const approvers = await records.person.findMany({
        where: { role: 'coordinator', leftAt: null, id: { not: change.personId } },
        orderBy: { email: 'asc' },
      });
      const waitingFor = approvers.length === 0 ? 'officer' : 'coordinators';
      await records.case.update({ where: { id: caseId }, data: { waitingFor, waitingSince: at } });
      if (approvers.length === 0)
        return { approvalId: '', rule: 'all', approvers: [], remindAt: [], dueAt: 0, lapsesAt: 0 };

      const summary = await summarise({ deps, change, at });
      const { template, note, personId } = change;
      const what = { caseId, subject: 'letterText', version, title: textTitle(summary, 'en'), rule: 'all' } as const;
      const told = { act: 'proposed', actor: personId, door: 'console', detail: { template, note } } as const;
      const asked = { ...what, answersChangeId: null, askedById: personId, summary, items: [], now, told };
      return await openApproval({ records, treaty, asked, approvers });
    },
  };
}

type Change = { id: string; template: string; note: string } & TextVersions;

/** What it is compared with is kept as well: the file it may come from changes with the product. */
async function summarise({ deps, change, at }: { deps: Deps; change: Change; at: Date }): Promise<TextSummary> {
  const { template, note, en, fr, es } = change;
  const letters = await lettersInForce(deps);
  const texts = LANGUAGES.map((language) => letters.text({ template, language })!);
  await keepTexts({ records: deps.records, texts, now: at });
  const name = letters.list().find((letter) => letter.template === template)?.name;
  return {
    template,
    name: name ?? { en: template, fr: template, es: template },
    changeId: change.id,
    note,
    versions: { en, fr, es },
    before: Object.fromEntries(texts.map(({ language, version }) => [language, version])) as TextVersions,
  };
}
