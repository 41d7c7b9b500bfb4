import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { filesUnder, pages, ROOT, sorted, textOf } from './source.ts';

/** Folders and endings of what may stand in a page as `web/route.ts`. */
const PATH =
  /`((?:activities|adapters|bench|cli|config|docs|domain|embedded|prisma|simulator|templates|test|treaties|web|worker|workflows)\/[\w./-]*\w\.(?:tsx?|mjs|json|sql|prisma|md|hbs)|(?:setup\.mjs|\.[a-z-]+\.(?:mjs|json)))`/g;

describe.each(pages())('%s', (page) => {
  const text = textOf(page);

  it('links only to what is there', () => {
    const prose = text.replace(/```[\s\S]*?```|`[^`\n]*`/g, '');
    const links = [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target!);
    const own = links.filter((target) => !/^[a-z]+:/.test(target));
    expect(own.filter((target) => !isThere({ page, target }))).toEqual([]);
  });

  it('names only files that are there', () => {
    const named = [...text.matchAll(PATH)].map(([, path]) => path!);
    expect(named.filter((path) => !isExample(path) && !existsSync(join(ROOT, path)))).toEqual([]);
  });
});

describe('the decision records', () => {
  const records = sorted(filesUnder('docs/decisions'));

  it('are numbered one after the other', () => {
    const numbers = records.map((path) => Number(/\/(\d{4})-/.exec(path)?.[1]));
    expect(numbers).toEqual(records.map((_, at) => at + 1));
    expect(records.length).toBeGreaterThan(0);
  });

  it.each(records)('%s has a date, a context, a decision and consequences, and stands in the list', (path) => {
    const text = textOf(path);
    const title = /^# \d+\. (.+)\n\n\d{4}-\d{2}-\d{2} · (?:accepted|replaced by \[.+\]\(.+\))$/m.exec(text)?.[1];
    expect(title).toBeDefined();
    expect(text.match(/^## .+$/gm)).toEqual(['## Context', '## Decision', '## Consequences']);
    expect(textOf('docs/README.md')).toContain(`[${title}](${path.replace('docs/', '')})`);
  });
});

function isThere({ page, target }: { page: string; target: string }): boolean {
  const [path = '', anchor] = target.split('#');
  const file = path === '' ? page : join(dirname(page), path);
  if (!existsSync(join(ROOT, file))) return false;
  return anchor === undefined || anchorsOf(file).includes(anchor);
}

function anchorsOf(page: string): string[] {
  return [...textOf(page).matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
    heading!
      .toLowerCase()
      .replace(/[^\p{L}\p{N} -]/gu, '')
      .replaceAll(' ', '-'),
  );
}

/** The case type that the how-to invents. */
function isExample(path: string): boolean {
  return path.includes('/dialogue');
}
