import { createLetters } from '../../adapters/letters.ts';
import type { LetterValues } from '../../domain/letter-text.ts';
import { LANGUAGES, type Language } from '../../domain/treaty.ts';
import { elementsIn, linksIn, readHtml, words } from './reader.ts';

const letters = createLetters({ folder: 'templates' });
const templates = letters.list().map(({ template }) => template);
const each = templates.flatMap((template) => LANGUAGES.map((language): [string, Language] => [template, language]));
const toStates = templates.filter((template) => template.startsWith('report-intake/'));

/** Asked for with {{#if}}: a letter reads well with and without them. */
const OPTIONAL: Record<string, string[]> = {
  'annual-cycle/approval-request': ['changes', 'earlierDecisions'],
  'annual-cycle/approval-outcome': ['decidedBy', 'decisions'],
  'annual-cycle/approval-reminder': ['decisions'],
  'annual-cycle/decision-receipt': ['comment'],
};

function write(template: string, language: Language, differently: LetterValues = {}) {
  return letters.render({ template, language, values: { ...letters.sample(template, language), ...differently } });
}

describe('The letters of the secretariat', () => {
  it('are the seven to States, the four about approvals, the one that lets people in and the one for who keeps the proof', () => {
    expect(templates).toEqual([
      'annual-cycle/approval-outcome',
      'annual-cycle/approval-reminder',
      'annual-cycle/approval-request',
      'annual-cycle/decision-receipt',
      'console/chain-head',
      'console/sign-in',
      'report-intake/initial-invitation',
      'report-intake/initial-overdue',
      'report-intake/initial-reminder',
      'report-intake/invitation',
      'report-intake/overdue',
      'report-intake/receipt',
      'report-intake/reminder',
    ]);
  });

  it('each have a name in every language, and a meaning for every field', () => {
    for (const { template, name } of letters.list()) {
      expect([template, Object.keys(name).toSorted(), Object.values(name)]).toEqual([
        template,
        ['en', 'es', 'fr'],
        expect.not.arrayContaining([template]),
      ]);
      for (const { field, meaning } of letters.fields(template))
        expect([field, meaning]).toEqual([field, expect.stringMatching(/\w{3}/)]);
    }
  });

  it('are notes verbales to missions and plain mails to our own people', () => {
    for (const { template, form } of letters.list())
      expect([template, form]).toEqual([template, toStates.includes(template) ? 'note verbale' : 'internal']);
  });

  it('each have a version per language that names template and layout', () => {
    const versions = letters.list().flatMap((letter) => Object.values(letter.versions));
    expect(new Set(versions).size).toBe(templates.length * 3);
    for (const version of versions) expect(version).toMatch(/^[0-9a-f]{64}$/);
  });

  it('cost less than a millisecond of processor each once warm', () => {
    for (const [template, language] of each) write(template, language);
    const before = process.cpuUsage();
    for (let count = 0; count < 1_500; count++) write(...each[count % each.length]!);
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1_000).toBeLessThan(1_500);
  });
});

describe.each(each)('%s in %s', (template, language) => {
  const sample = letters.sample(template, language);
  const letter = write(template, language);

  it('renders from its sample, every value in both parts', () => {
    const html = words(readHtml(letter.html));
    for (const value of Object.entries(sample)
      .filter(([field]) => field !== 'subjectLine' && field !== 'conventionName')
      .flatMap(([, value]) => value)) {
      expect(words(letter.text)).toContain(words(String(value)));
      expect(html).toContain(words(String(value)));
    }
    expect(letter.subject).not.toMatch(/\{\{|undefined|null|\n/);
    expect(letter.text + letter.html).not.toMatch(/\{\{|\}\}|\[\[|undefined|\bnull\b|[\uE000\uE001\u2028]/);
  });

  it('says the same in plain text as in HTML', () => {
    const plain = words(letter.text).replaceAll('https://', '');
    for (const paragraph of readHtml(letter.html).split('\n\n'))
      expect(plain).toContain(words(paragraph).replaceAll('https://', ''));
    for (const href of linksIn(letter.html)) expect(letter.text).toContain(href.replace('mailto:', ''));
  });

  it('wraps its text and keeps its links whole', () => {
    for (const line of letter.text.split('\n'))
      if (!/https:|[0-9a-f]{64}/.test(line)) expect(line.length).toBeLessThanOrEqual(76);
    expect(letter.text).not.toMatch(/\n{3}|[ \t]\n/);
  });

  it('is a small mail without images, scripts or anything fetched', () => {
    expect(letter.html.length).toBeLessThan(100_000);
    expect(elementsIn(letter.html)).not.toEqual(expect.arrayContaining(['img']));
    expect(letter.html).not.toMatch(/<(?:img|script|link|iframe|form|svg)|src=|url\(|@import/i);
    expect(letter.html).toContain(`<html lang="${language}" dir="ltr"`);
  });

  it('closes every element it opens, with and without its optional values', () => {
    const without = write(
      template,
      language,
      Object.fromEntries((OPTIONAL[template] ?? []).map((field) => [field, null])),
    );
    for (const { html } of [letter, without]) {
      const open: string[] = [];
      for (const name of elementsIn(html)) {
        if (['meta', 'br'].includes(name)) continue;
        if (!name.startsWith('/')) open.push(name);
        else expect(open.pop()).toBe(name.slice(1));
      }
      expect(open).toEqual([]);
      expect(html).not.toMatch(/<(li|p|h2)[^>]*>\s*<\/\1>/);
    }
    expect(without.text).not.toMatch(/\n{3}|^- *$/m);
  });

  it.each(Object.keys(sample))('is refused without its %s', (field) => {
    for (const absent of [undefined, null, '', '   ', Number.NaN, {} as never]) {
      if (OPTIONAL[template]?.includes(field) && (absent === undefined || absent === null || absent === '')) continue;
      const attempt = () => write(template, language, { [field]: absent });
      expect(attempt).toThrow(expect.objectContaining({ name: 'BrokenLetter', template, language, field }));
    }
  });

  it('asks for no value its sample lacks', () => {
    expect(Object.keys(sample).length).toBeGreaterThan(3);
    expect(() => letters.render({ template, language, values: {} })).toThrow(/has no value/);
  });
});

describe('An approval request', () => {
  it('says that opening decides nothing, and leaves out what there is not', () => {
    const first = write('annual-cycle/approval-request', 'en', {
      version: 1,
      changes: null,
      earlierDecisions: undefined,
    });
    expect(words(first.text)).toContain('Opening the link decides nothing');
    expect(first.text).not.toMatch(/changed since|so far/);
    expect(linksIn(first.html).filter((href) => href.includes('/a/'))).toHaveLength(2);
  });

  it('bears the subject it is given', () => {
    expect(write('annual-cycle/approval-request', 'en').subject).toBe(
      '[CCM plan/2028 v2] Decide by 12 November: plan and letters of the year 2028',
    );
  });

  it('keeps the lines of what was said before apart', () => {
    const { text, html } = write('annual-cycle/approval-request', 'en', {
      earlierDecisions: 'Ana Vella: approve\nMoussa Diarra: abstain',
    });
    expect(text).toContain('Ana Vella: approve\nMoussa Diarra: abstain\n');
    expect(html).toContain('Ana Vella: approve<br>Moussa Diarra: abstain</p>');
  });
});
