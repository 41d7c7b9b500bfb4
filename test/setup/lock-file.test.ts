import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

type Entry = { engines?: { node?: string }; optionalDependencies?: Record<string, string> };

const semver: { satisfies(version: string, range: string): boolean } = createRequire(import.meta.url)('semver');
const OLDEST_NODE = '20.19.0';
const file = join(import.meta.dirname, '../../package-lock.json');
const packages: Record<string, Entry> = JSON.parse(readFileSync(file, 'utf8')).packages;

describe('package-lock.json', () => {
  test('holds every optional package that it names, for all platforms', () => {
    const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies)
        .filter((name) => !isFoundFrom({ path, name }))
        .map((name) => `${path}: ${name}`),
    );
    expect(missing).toEqual([]);
  });

  test('holds nothing that the oldest Node we support cannot run', () => {
    const tooNew = Object.entries(packages).filter(
      ([, { engines }]) => engines?.node && !semver.satisfies(OLDEST_NODE, engines.node),
    );
    expect(tooNew.map(([path]) => path)).toEqual([]);
  });
});

/** As Node looks: in the package's own node_modules, then in those of the folders above it. */
function isFoundFrom({ path, name }: { path: string; name: string }): boolean {
  if (packages[`${path ? `${path}/` : ''}node_modules/${name}`]) return true;
  return path !== '' && isFoundFrom({ path: path.slice(0, Math.max(0, path.lastIndexOf('/node_modules/'))), name });
}
