import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLetters } from '../../adapters/letters.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'letters-'));
  cpSync('templates/_layout', join(folder, '_layout'), { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true }));

const HEAD = '---\nsubject: About {{name}}\nform: letter\n---\n';

function write(bodies: { en?: string | null; fr?: string | null; es?: string | null; sample?: string }) {
  mkdirSync(join(folder, 'advice', 'note'), { recursive: true });
  for (const language of ['en', 'fr', 'es'] as const) {
    const source = bodies[language] === undefined ? `${HEAD}Dear {{name}}` : bodies[language];
    if (source !== null) writeFileSync(join(folder, 'advice', 'note', `${language}.hbs`), source);
  }
  writeFileSync(
    join(folder, 'advice', 'note', 'sample.json'),
    bodies.sample ?? '{"all":{"name":"Ana","officeName":"ISU"}}',
  );
  return () => createLetters({ folder });
}

describe('A folder of letters', () => {
  it('is read with whatever case types and letters it holds', () => {
    const letters = write({})();
    expect(letters.list()).toEqual([
      expect.objectContaining({ template: 'advice/note', form: 'letter', languages: ['en', 'fr', 'es'] }),
    ]);
    const { subject, text } = letters.render({
      template: 'advice/note',
      language: 'fr',
      values: letters.sample('advice/note', 'fr'),
    });
    expect([subject, text]).toEqual(['About Ana', 'ISU\n\nDear Ana\n']);
  });

  it('gives a letter another version when its words or the layout change', () => {
    const before = write({})().list()[0]!.versions;
    const after = write({ fr: `${HEAD}Bonjour {{name}}` })().list()[0]!.versions;
    expect(after.en).toBe(before.en);
    expect(after.fr).not.toBe(before.fr);
    writeFileSync(join(folder, '_layout', 'letter.text.hbs'), '{{officeName}}\n\n[[letter]]\n--\n');
    expect(createLetters({ folder }).list()[0]!.versions.en).not.toBe(before.en);
  });

  it('reads the same on a machine that writes CRLF', () => {
    const before = write({})().list();
    expect(write({ en: `${HEAD}Dear {{name}}`.replaceAll('\n', '\r\n') })().list()).toEqual(before);
  });

  it.each([
    ['a missing language', { es: null }, /advice\/note \(es\): es\.hbs is missing/],
    [
      'a placeholder one language lacks',
      { fr: '---\nsubject: x {{name}}\nform: letter\n---\n{{name}} {{date}}' },
      /\(fr\): text date is not in both en and fr/,
    ],
    [
      'another form in one language',
      { fr: `${HEAD}{{name}}`.replace('letter', 'internal') },
      /\(fr\): letter is not in both/,
    ],
    ['a link that is only text elsewhere', { es: `${HEAD}[{{name}}]({{name}})` }, /\(es\): link name is not in both/],
    ['no head', { en: 'Dear {{name}}' }, /\(en\): it starts with ---/],
    ['no subject', { en: '---\nform: letter\n---\n{{name}}' }, /its head has subject and form/],
    ['an unknown form', { en: '---\nsubject: a\nform: memo\n---\n{{name}}' }, /note verbale, letter, internal/],
    ['raw output', { en: `${HEAD}{{{name}}}` }, /would print unescaped/],
    ['raw output by &', { en: `${HEAD}{{&name}}` }, /would print unescaped/],
    ['lookup', { en: `${HEAD}{{lookup name 'x'}}` }, /“lookup” is not the name of a field/],
    ['log', { en: `${HEAD}{{log name}}` }, /“log” is not the name of a field/],
    ['a helper', { en: `${HEAD}{{upper name}}` }, /calls a helper/],
    ['a partial', { en: `${HEAD}{{> other}}` }, /PartialStatement is not allowed/],
    ['with', { en: `${HEAD}{{#with name}}{{this}}{{/with}}` }, /is not one of/],
    ['unless', { en: `${HEAD}{{#unless name}}x{{/unless}}` }, /is not one of/],
    ['a path', { en: `${HEAD}{{name.length}}` }, /is not the name of a field/],
    ['a parent path', { en: `${HEAD}{{../name}}` }, /is not the name of a field/],
    ['constructor', { en: `${HEAD}{{constructor}}` }, /is not the name of a field/],
    ['__proto__', { en: `${HEAD}{{__proto__}}` }, /is not the name of a field/],
    ['this outside a list', { en: `${HEAD}{{this}}` }, /stands outside/],
    ['a field inside a list', { en: `${HEAD}{{#each lines}}{{name}}{{/each}}` }, /only shows \{\{this\}\}/],
    ['an escaped placeholder', { en: `${HEAD}\\{{name}}` }, /may not be escaped/],
    ['an unclosed block', { en: `${HEAD}{{#if name}}x` }, /Parse error/],
    ['a link put together', { en: `${HEAD}[x](https://a.example/{{name}})` }, /must be one placeholder/],
    ['a link by plain http', { en: `${HEAD}[x](http://a.example)` }, /must start with https/],
    ['a sample that is not JSON', { sample: '{' }, /sample\.json is not JSON/],
  ])('with %s is refused, named', (_, bodies, said) => {
    expect(write(bodies)).toThrow(
      expect.objectContaining({ name: 'BrokenLetter', message: expect.stringMatching(said) }),
    );
  });

  it('shows neither HTML nor images of a template', () => {
    const source = `${HEAD}<b>{{name}}</b> ![x](https://a.example/p.png) [x](javascript:alert(1))`;
    const letters = write({ en: source })();
    const { html } = letters.render({
      template: 'advice/note',
      language: 'en',
      values: { name: 'Ana', officeName: 'ISU' },
    });
    expect(html).not.toMatch(/<b>|<img|href="javascript/);
  });

  it('has no letter of an unknown name or language', () => {
    const letters = write({})();
    const values = { name: 'Ana', officeName: 'ISU' };
    expect(() => letters.render({ template: 'advice/other', language: 'en', values })).toThrow(
      /there is no such letter/,
    );
    expect(() => letters.sample('advice/other', 'en')).toThrow(/there is no such letter/);
    expect(() => letters.render({ template: 'advice/note', language: 'ar' as never, values })).toThrow(
      /not written in this language/,
    );
  });
});

describe('A condition', () => {
  const dear = '{{#if name}}Dear {{name}}{{else}}Dear {{title}}{{/if}}';
  const body = `${HEAD}${dear}\n\n- {{#each lines}}{{this}}{{/each}}\n- last`;
  const made = () => {
    const letters = write({
      en: body.replace('About {{name}}', 'x'),
      fr: body.replace('About {{name}}', 'x'),
      es: body.replace('About {{name}}', 'x'),
    })();
    return (values: object) =>
      letters.render({
        template: 'advice/note',
        language: 'en',
        values: { officeName: 'ISU', lines: ['one', 'two *2*'], ...values },
      });
  };

  it('asks only for the values of the branch that is shown', () => {
    const render = made();
    expect(render({ name: 'Ana' }).text).toContain('Dear Ana\n');
    expect(render({ title: 'Ambassador' }).text).toContain('Dear Ambassador\n');
    expect(() => render({})).toThrow(/title has no value/);
  });

  it('writes one list item for each line of a list', () => {
    const { text, html } = made()({ name: 'Ana' });
    expect(text).toContain('- one\n- two *2*\n- last\n');
    expect(html.match(/<li/g)).toHaveLength(3);
  });

  it.each([[[]], ['one'], [null], [['']], [[null]], [[{}]]])('refuses %p as a list', (lines) => {
    expect(() => made()({ name: 'Ana', lines })).toThrow(/\(en\): lines /);
  });
});
