import { createActivities } from '../../activities/index.ts';
import { recordTextChange } from '../../adapters/letter-texts.ts';
import { LANGUAGES, type Language } from '../../domain/treaty.ts';
import { perform } from '../support/activity.ts';
import { endApproval, letters, MAIL_FROM, seedDecisionLink } from '../support/seed.ts';
import { openSite, type Site } from '../support/site.ts';

const TEMPLATE = 'report-intake/reminder';
const CASE = 'ccm/2027/letter-text/1';

let site: Site;
let approvalId: string;

/** Both Coordinators are asked about these words, as the workflow would ask them. */
async function ask(change: (source: string) => string, version: number): Promise<void> {
  const admin = await site.person('admin');
  const sources = LANGUAGES.map((language) => [
    language,
    change(letters.text({ template: TEMPLATE, language })!.source),
  ]);
  const { texts, faults } = letters.propose({
    template: TEMPLATE,
    sources: Object.fromEntries(sources) as Record<Language, string>,
  });
  expect(faults).toEqual([]);
  const { records, treaty, now } = site;
  const about = { treaty: treaty.id, year: 2027, template: TEMPLATE, note: 'Warmer.', seen: version - 1 };
  await recordTextChange({ records, now, ...about, texts, personId: admin.id });
  const outside = { post: {} as never, engine: {} as never, baseUrl: site.baseUrl, mailFrom: MAIL_FROM };
  const { openCase, askForText } = createActivities({ records, treaty, letters, ...outside });
  const opening = { caseType: 'letter-text', year: 2027, openedBy: admin.id };
  await perform(openCase, { caseId: CASE, opening, schedule: null, now: now.getTime() });
  ({ approvalId } = await perform(askForText, { caseId: CASE, version, now: now.getTime() }));
}

const page = async (who: number, language = 'en') => {
  const { id: personId } = await site.person('coordinator', who);
  const token = await seedDecisionLink(site, { approvalId, personId });
  const visitor = site.visitor();
  await visitor.get(`/a/${token}`);
  return { visitor, shown: await visitor.get(`/a/${token.split('.')[0]}/review?lang=${language}`) };
};

beforeAll(async () => {
  site = await openSite();
  await ask((source) => source.replace(/\n\n\{\{dateLine\}\}/, '\n\nWith *thanks* <b>.\n\n{{dateLine}}'), 1);
});
afterAll(() => site.close());

describe('an approval of a text', () => {
  it('is asked of nobody who proposed it, and holds nothing back because it sends nothing', async () => {
    const approval = await site.records.approval.findUniqueOrThrow({
      where: { id: approvalId },
      include: { slots: true },
    });
    const admin = await site.person('admin');
    expect(approval).toMatchObject({ subject: 'letterText', askedById: admin.id, holdMinutes: 0, state: 'open' });
    expect(approval.slots.map(({ personId }) => personId)).not.toContain(admin.id);
    expect(approval.slots).toHaveLength(2);
  });

  it('is the one already there when it is asked again after a crash', async () => {
    const before = await site.facts();
    const outside = { post: {} as never, engine: {} as never, baseUrl: site.baseUrl, mailFrom: MAIL_FROM };
    const { records, treaty } = site;
    const { askForText } = createActivities({ records, treaty, letters, ...outside });
    const again = await perform(askForText, { caseId: CASE, version: 1, now: site.now.getTime() });
    expect(again.approvalId).toBe(approvalId);
    expect(await site.facts()).toEqual(before);
  });
});

describe('the page that asks about the text of a letter', () => {
  it.each([
    [
      'en',
      'Do you approve the new text of the letter “Reminder before the deadline”?',
      'Without a decision the letter stays',
    ],
    [
      'fr',
      'Approuvez-vous le nouveau texte de la lettre «\u00A0Rappel avant l’échéance\u00A0»',
      'Sans décision, la lettre reste',
    ],
    ['es', '¿Aprueba el nuevo texto de la carta «Recordatorio antes del plazo»?', 'Sin decisión, la carta queda'],
  ])('says in %s what is asked, why, and what silence means', async (language, question, silence) => {
    const { shown } = await page(0, language);
    expect(shown.root.querySelector('h1')!.textContent).toContain(question);
    expect(shown.text).toContain('Warmer.');
    expect(shown.text).toContain(silence);
    expect(shown.text).not.toMatch(/undefined|112|minutes/);
  });

  it('marks the difference in each language, and shows the letter it makes with its link filled in', async () => {
    const { shown } = await page(0);
    const added = shown.root.querySelectorAll('ins').map((each) => each.textContent.trim());
    expect(added).toEqual(['With *thanks* <b>.', 'With *thanks* <b>.', 'With *thanks* <b>.']);
    expect(shown.root.querySelectorAll('del')).toEqual([]);
    expect(shown.text).toContain('With thanks <b>.');
    expect(shown.text).toContain("of the Lao People's Democratic Republic");
  });

  it('says in one sentence what an approval does, and records it', async () => {
    const { visitor, shown } = await page(0);
    const check = await visitor.submit(shown, { has: 'choice', fields: { choice: 'approve' } });
    expect(check.text).toContain('You approve. The letter “Reminder before the deadline” is written in these words');
    expect(check.text).toContain('Nothing changes without the approval of');
    const decided = await visitor.submit(check, { has: 'choice' });
    expect(decided.text).toContain('is written in these words from then on');
    expect(await site.records.decision.count()).toBe(1);
  });

  it('says how it ended, and of an older version what the newer one changes', async () => {
    const { visitor, shown } = await page(0);
    await endApproval(site, approvalId, 'refused');
    const ended = await visitor.get(shown.url);
    expect(ended.text).toContain('The letter stays as it was.');
    await ask((source) => `${source.trimEnd()} Merci.\n`, 2);
    const replaced = await visitor.get(shown.url);
    expect([replaced.status, replaced.root.querySelectorAll('ins').length]).toEqual([409, 3]);
  });
});
