import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { loadTreaty } from '../../adapters/treaty.ts';
import { REGISTRY } from '../../workflows/registry.ts';
import { pages, ROOT, sorted, tableUnder, textOf } from './source.ts';

const README = textOf('README.md');
const FOLDER = join(ROOT, 'prisma/migrations');
const MIGRATION = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.sql'))
  .map((file) => textOf(`prisma/migrations/${file}`))
  .join('\n');

/** The table as the registry has it. When the test fails, these are the lines to put into the README. */
function caseTypeTable(): string[] {
  const titles = ['case type', 'paragraph of the terms of reference', 'opened', 'steps', 'outcomes'];
  const rows = REGISTRY.map(({ title, clause, opened, steps, outcomes }) => {
    const columns = steps.map((step) => step.title).join(', ') || '–';
    return [title, clause, opened, columns, outcomes.join(', ')];
  });
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`;
  return [line(titles), `|${'---|'.repeat(titles.length)}`, ...rows.map(line)];
}

describe('the README', () => {
  it('lists the case types exactly as the registry does', () => {
    const [, table = ''] = /<!-- case types: [^>]+ -->\n([\s\S]*?)\n<!-- end -->/.exec(README) ?? [];
    expect(table.split('\n')).toEqual(caseTypeTable());
  });

  it('names every variable of the environment, and none that nobody reads', () => {
    const rows = tableUnder({ heading: 'Your own mail, database and engine', text: README });
    const named = rows.flatMap(([variables]) => variables!.match(/[A-Z][A-Z_]+/g) ?? []);
    expect(sorted(named)).toEqual(sorted([...configured(), ...programs()]));
  });

  it('counts what is inferred or from memory as the data does', () => {
    const { states } = loadTreaty({ folder: join(ROOT, 'treaties/ccm') });
    const writtenIn = (language: string) => states.filter((state) => state.language === language).length;
    const inferred = states.filter(({ languageCertainty }) => languageCertainty === 'inferred').length;
    expect(README).toContain(`language each of the ${inferred} States is written to`);
    expect(README).toContain(`(${writtenIn('en')} English, ${writtenIn('fr')} French, ${writtenIn('es')} Spanish)`);
    const recalled = states.filter(({ dateCertainty }) => dateCertainty === 'recalled').length;
    expect(README).toContain(`day of deposit of ${recalled} States`);
    expect(README).toContain(`has ${states.length} States Parties`);
  });

  it('signs a newcomer in as somebody who is there', () => {
    const { people } = loadTreaty({ folder: join(ROOT, 'treaties/ccm') });
    const [, email] = /sign-in link as\s+`([^`]+)`/.exec(README) ?? [];
    expect(people.filter(({ role }) => role === 'admin').map((person) => person.email)).toContain(email);
  });
});

describe('the pages of documentation', () => {
  it.each(pages())('%s: names only commands that package.json has', (page) => {
    const { scripts } = JSON.parse(textOf('package.json')) as { scripts: Record<string, string> };
    const commands = [...textOf(page).matchAll(/npm (?:run ([a-z-]+)|(test|start))\b/g)];
    const unknown = commands.map(([, run, own]) => run ?? own!).filter((name) => !(name in scripts));
    expect(unknown).toEqual([]);
  });

  it.each(pages())('%s: names only guards that the database has', (page) => {
    const guards = textOf(page).match(/`(?:\w+_is_\w+|\w+_bytes_\w+)`/g) ?? [];
    expect(guards.filter((guard) => !MIGRATION.includes(`TRIGGER ${guard.slice(1, -1)} `))).toEqual([]);
  });

  it('name every guard of the database once at least', () => {
    const guards = [...MIGRATION.matchAll(/CREATE TRIGGER (\w+) /g)].map(([, guard]) => guard!);
    const forgotten = guards.filter((guard) => guard !== 'outbox_is_announced');
    expect(forgotten.filter((guard) => !textOf('docs/architecture.md').includes(`\`${guard}\``))).toEqual([]);
    expect(guards.length).toBeGreaterThan(10);
  });
});

describe('the change log', () => {
  it('begins with the version of package.json', () => {
    const { version } = JSON.parse(textOf('package.json')) as { version: string };
    const [, first] = /^## (.+)$/m.exec(textOf('CHANGELOG.md')) ?? [];
    expect(first).toContain(version);
  });
});

/** The keys of the schema in config/index.ts. It is not exported, so its source is read. */
function configured(): string[] {
  const [, schema = ''] = /z\.object\(\{\n([\s\S]*?)\n\}\);/.exec(textOf('config/index.ts')) ?? [];
  return [...schema.matchAll(/^ {2}([A-Z_]+):/gm)].map(([, name]) => name!);
}

/** Programs that are looked for before anything of ours can be read. */
function programs(): string[] {
  return [...new Set(textOf('embedded/binaries.mjs').match(/\b[A-Z_]+_PATH\b/g))];
}
