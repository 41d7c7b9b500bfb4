import { parse } from 'node-html-parser';
import { createActivities } from '../../activities/index.ts';
import { recordDecision } from '../../adapters/decisions.ts';
import { createLetters } from '../../adapters/letters.ts';
import { perform } from '../support/activity.ts';
import { type ConsoleStage, NOW, openConsole } from '../support/console.ts';

const REMINDER = '/letter-texts/report-intake/reminder';

let stage: ConsoleStage;
beforeAll(async () => {
  stage = await openConsole({ seeded: false });
});
afterAll(() => stage.close());

/** What stands in the three fields of a page, and how many wordings it has seen. */
function typedIn(html: string): Record<'en' | 'fr' | 'es' | 'seen', string> {
  const root = parse(html, { blockTextElements: { textarea: true } });
  const source = (id: string) => root.querySelector(`#${id}`)!.textContent.replace(/^\n/, '');
  const seen = root.querySelector('[name=seen]')!.getAttribute('value')!;
  return { en: source('en'), fr: source('fr'), es: source('es'), seen };
}
const words = (html: string) => parse(html).textContent.replace(/\s+/g, ' ');
const supplied = async () => typedIn((await stage.get(REMINDER)).body);
const reworded = async (
  change: (source: string) => string = (source) => source.replace('---\n\n', '---\n').trimEnd() + ' Thank you.\n',
) => {
  const { seen, ...sources } = await supplied();
  const changed = Object.entries(sources).map(([language, source]) => [language, change(source)]);
  return { ...(Object.fromEntries(changed) as Record<'en' | 'fr' | 'es', string>), seen, note: 'More polite.' };
};

describe('the list of letters', () => {
  it('shows every letter by its name, and that it reads as supplied', async () => {
    const { body } = await stage.get('/letter-texts', 'auditor');
    expect(words(body)).toMatch(/Reminder before the deadline ?Note verbale ?As supplied/);
    expect(words(body)).toContain('Request to decide');
  });
});

describe('the page of a letter', () => {
  it('has its three languages side by side and the fields it may use, each with its meaning', async () => {
    const { statusCode, body } = await stage.get(REMINDER);
    expect(statusCode).toBe(200);
    const { en, fr, es } = typedIn(body);
    for (const source of [en, fr, es]) expect(source).toMatch(/^---\nsubject: .*\{\{reference\}\}/);
    expect(words(body)).toContain('{{deadline}}The day the report is due');
  });

  it.each(['officer', 'auditor', 'coordinator'] as const)('is not for the role %s', async (role) => {
    expect((await stage.get(REMINDER, role)).statusCode).toBe(403);
    expect((await stage.post(REMINDER, await reworded(), role)).statusCode).toBe(403);
    expect((await stage.post(`${REMINDER}/preview`, await reworded(), role)).statusCode).toBe(403);
    expect(await stage.records.letterTextChange.count()).toBe(0);
  });

  it('is not there for a letter that is not', async () => {
    expect((await stage.get('/letter-texts/report-intake/nothing')).statusCode).toBe(404);
    expect((await stage.get('/letter-texts/_layout/fields.json')).statusCode).toBe(404);
  });

  it.each<[string, (source: string) => string, RegExp]>([
    [
      'a field that does not exist',
      (text) => text.replace('{{deadline}}', '{{dedline}}'),
      /English, line \d+ \(“.+”\): {{dedline}} is not a field of this letter/,
    ],
    ['raw output', (text) => `${text}\n{{{deadline}}}\n`, /French, line \d+ .*would print unescaped/],
    ['lookup', (text) => `${text}\n{{lookup deadline 'x'}}\n`, /“lookup” is not the name of a field/],
    ['log', (text) => `${text}\n{{log deadline}}\n`, /“log” is not the name of a field/],
    ['a block that is not closed', (text) => `${text}\n{{#if deadline}}x\n`, /Spanish.*do not match/],
    ['no subject', (text) => text.replace(/^subject: .*\n/m, ''), /its head has subject and form/],
    ['another form', (text) => text.replace('note verbale', 'internal'), /the form of this letter is “note verbale”/],
    [
      'no link for the report',
      (text) => text.replace(/\[[^\]]+\]\(\{\{uploadLink\}\}\)/, ''),
      /{{uploadLink}} is missing/,
    ],
    ['no reference', (text) => text.replaceAll('{{reference}}', 'x'), /{{reference}} is missing/],
    ['an address put together', (text) => `${text}\n[x](https://a.example/{{deadline}})\n`, /must be one placeholder/],
    ['a list that is none', (text) => `${text}\n- {{#each deadline}}{{this}}{{/each}}\n`, /{{deadline}} is not a list/],
    ['a letter too long for mail programs', (text) => text + 'x'.repeat(20_000), /English is too long/],
    ['nothing changed', (text) => text, /The text is as it was/],
  ])('keeps what was typed, and says what is wrong: %s', async (_what, change, said) => {
    const typed = await reworded(change);
    const { statusCode, body } = await stage.post(REMINDER, typed);
    expect(statusCode).toBe(422);
    expect(words(body)).toMatch(said);
    const { en, fr, es, note } = { ...typedIn(body), note: parse(body).querySelector('#note')!.textContent };
    expect({ en, fr, es, note }).toEqual({ en: typed.en, fr: typed.fr, es: typed.es, note: typed.note });
    expect(await stage.records.letterTextChange.count()).toBe(0);
  });

  it('names what one language says and another does not', async () => {
    const typed = await reworded();
    const { body } = await stage.post(REMINDER, { ...typed, fr: typed.fr.replaceAll('{{daysLeft}}', 'peu de') });
    expect(words(body)).toContain('French: {{daysLeft}} stands in English and not here');
  });

  it('asks for a condition around what may have no value', async () => {
    const page = '/letter-texts/annual-cycle/approval-request';
    const { seen, en, fr, es } = typedIn((await stage.get(page)).body);
    const bare = (source: string) => source.replace('{{#if changes}}', '').replace(/\{\{\/if\}\}/, '');
    const { body } = await stage.post(page, { seen, en: bare(en), fr: bare(fr), es: bare(es), note: 'x' });
    expect(words(body)).toContain('{{changes}} may have no value: put {{#if changes}} … {{/if}} around it');
  });

  it('wants the reason', async () => {
    const { body, statusCode } = await stage.post(REMINDER, { ...(await reworded()), note: ' ' });
    expect([statusCode, words(body).includes('Say why')]).toEqual([422, true]);
  });
});

describe('the preview of a letter', () => {
  it('shows the text as typed, filled for one State Party, in a frame that may do nothing', async () => {
    const typed = { ...(await reworded()), state: 'FRA', language: 'fr' };
    const { headers, body } = await stage.post(`${REMINDER}/preview`, typed);
    expect(headers['content-security-policy']).toBe(
      "default-src 'none';style-src 'unsafe-inline';form-action 'none';frame-ancestors 'self';base-uri 'none';sandbox",
    );
    expect(headers['x-frame-options']).toBe('SAMEORIGIN');
    const frame = parse(body).querySelector('iframe')!;
    expect(frame.getAttribute('sandbox')).toBe('');
    for (const shown of [frame.getAttribute('srcdoc')!, words(body)]) {
      expect(shown).toMatch(/République française/);
      expect(shown).toContain('Thank you.');
    }
  });

  it('shows made-up values without a State Party', async () => {
    const { body } = await stage.post(`${REMINDER}/preview`, { ...(await reworded()), language: 'en' });
    expect(words(body)).toContain('Thank you.');
    expect(words(body)).toContain("Lao People's Democratic Republic");
  });

  it('says why there is none', async () => {
    const typed = await reworded((source) => `${source}{{{deadline}}}`);
    const { body } = await stage.post(`${REMINDER}/preview`, { ...typed, language: 'es' });
    expect(words(body)).toMatch(/cannot be shown yet.*Spanish, line \d+ .*unescaped/);
  });
});

describe('a proposed text', () => {
  it('is shown against the text in force before anybody is asked', async () => {
    const { statusCode, body } = await stage.post(REMINDER, await reworded());
    expect(statusCode).toBe(200);
    expect(
      parse(body)
        .querySelectorAll('ins')
        .map((each) => each.textContent.trim()),
    ).toEqual(['Thank you.', 'Thank you.', 'Thank you.']);
    expect(words(body)).toContain('The text goes to the 2 Coordinators by email.');
    expect(await stage.records.letterTextChange.count()).toBe(0);
  });

  it('goes on being written with every word kept', async () => {
    const typed = await reworded();
    const { body } = await stage.post(REMINDER, { ...typed, next: 'edit' });
    expect(typedIn(body).en).toBe(typed.en);
  });

  it('opens a case, once, and stands on the page of the letter', async () => {
    const typed = { ...(await reworded()), next: 'ask' };
    const answers = await Promise.all([1, 2, 3].map(() => stage.post(REMINDER, typed)));
    expect(answers.map(({ statusCode }) => statusCode).toSorted((a, b) => a - b)).toEqual([303, 409, 409]);
    const [change, ...others] = await stage.records.letterTextChange.findMany();
    expect(change).toMatchObject({ caseId: 'ccm/2027/letter-text/1', number: 1, note: 'More polite.', at: NOW });
    expect(others).toEqual([]);
    const facts = await stage.records.outbox.findMany({ where: { workflowId: change!.caseId } });
    expect(facts.map(({ kind, name }) => `${kind} ${name}`)).toEqual(['start letterText']);
    expect(words((await stage.get('/letter-texts')).body)).toContain('New text proposed');
    expect((await supplied()).en).toContain('Thank you.');
  });

  it('that somebody else has replaced meanwhile is told so, and keeps every word', async () => {
    const mine = { ...(await reworded((source) => `${source}Mine.\n`)), seen: '0', next: 'ask' };
    const { statusCode, body } = await stage.post(REMINDER, mine);
    expect(statusCode).toBe(409);
    expect(words(body)).toContain('changed by somebody else meanwhile');
    expect(typedIn(body)).toMatchObject({ en: mine.en, seen: '1' });
  });

  it('in other words is told to the case that is open', async () => {
    const { statusCode } = await stage.post(REMINDER, {
      ...(await reworded((source) => `${source}Mine.\n`)),
      next: 'ask',
    });
    expect(statusCode).toBe(303);
    const facts = await stage.records.outbox.findMany({ where: { name: 'textChanged' } });
    expect(facts.map(({ workflowId }) => workflowId)).toEqual(['ccm/2027/letter-text/1']);
  });
});

describe('an approved text', () => {
  const caseId = 'ccm/2027/letter-text/1';
  beforeAll(async () => {
    const { records, treaty, people } = stage;
    const letters = createLetters({ folder: 'templates' });
    const outside = { post: {} as never, engine: {} as never, baseUrl: 'http://localhost', mailFrom: 'a@isu.example' };
    const activities = createActivities({ records, treaty, letters, ...outside });
    const now = NOW.getTime();
    const opening = { caseType: 'letter-text', year: 2027, openedBy: people.admin };
    await perform(activities.openCase, { caseId, opening, schedule: null, now });
    const { approvalId, approvers } = await perform(activities.askForText, { caseId, version: 1, now });
    const { contentHash } = await records.approval.findUniqueOrThrow({ where: { id: approvalId } });
    const seen = { contentHash, version: 1, revision: 0 };
    const given = { approvalId, choice: 'approve', comment: '', door: 'link', linkSelector: null, seen } as const;
    for (const personId of approvers) await recordDecision({ records, now: NOW, answer: { ...given, personId } });
    await perform(activities.closeApproval, { approvalId, state: 'approved', now });
    await perform(activities.closeCase, { caseId, outcome: 'in force', now });
  });

  it('is in force by that alone: on the list, and as what the next change starts from', async () => {
    expect(words((await stage.get('/letter-texts')).body)).toContain('Version 1, since 20 May 2027');
    const { body } = await stage.get(REMINDER);
    expect(typedIn(body).en).toMatch(/Mine\.\n$/);
    expect(words(body)).toContain('In force: Version 1, since 20 May 2027');
    expect(parse(body).querySelector('a[href="/cases/letter-text/2027/1"]')).not.toBeNull();
  });

  it('has a case that says who proposed and approved what', async () => {
    const { statusCode, body } = await stage.get('/cases/letter-text/2027/1');
    expect(statusCode).toBe(200);
    const said = words(body);
    expect(said).toContain('What the letter says.');
    expect(said).toContain('English: changed');
    expect(said).toMatch(/Helen Ormond proposed a new text of the letter report-intake\/reminder/);
    expect(said).toContain('closed version 1 of the text: it is approved');
  });
});
