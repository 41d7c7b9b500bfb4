import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { browser, find, keptPath, TEMPORAL, TEST_SERVER, temporalCli } from '../../embedded/binaries.mjs';
import { temporaryFolder } from '../../embedded/folder.ts';

const ROOT = join(import.meta.dirname, '../..');
const folder = temporaryFolder('setup-test');
const before = { ...process.env };
afterEach(() => {
  process.env = { ...before };
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('Set-up', () => {
  test('does and says nothing when nothing is missing', () => {
    expect(setUp()).toEqual({ status: 0, says: '' });
  });

  test('says which file to put where when Temporal cannot be had', () => {
    const nothing = {
      XDG_CACHE_HOME: folder,
      PATH: join(folder, 'empty'),
      TEMPORAL_CLI_PATH: '',
      NODE_OPTIONS: offline(),
    };
    const { status, says } = setUp(nothing);
    expect(status).toBe(1);
    expect(says).toContain(`put it at ${folder}/focalpoint/temporal-${TEMPORAL.version}`);
    expect(says).toContain('there is no python3 with pip');
  });
});

describe("Temporal's program", () => {
  test('is the one that its variable names', () => {
    process.env['TEMPORAL_CLI_PATH'] = program({ path: join(folder, 'chosen') });
    expect(temporalCli()).toBe(join(folder, 'chosen'));
  });

  test('is not looked for elsewhere when its variable names nothing that runs', () => {
    process.env['TEMPORAL_CLI_PATH'] = '/nowhere';
    expect(() => temporalCli()).toThrow('TEMPORAL_CLI_PATH names /nowhere, which is not a program');
  });

  test('is the one on the PATH when that has the version we know, else the one kept by set-up', () => {
    process.env = { XDG_CACHE_HOME: folder, PATH: `${join(folder, 'bin')}:/usr/bin:/bin` };
    const kept = program({ path: keptPath(TEMPORAL) });
    program({ path: join(folder, 'bin/temporal'), says: 'temporal version 0.1.0 (Server 1.0.0)' });
    expect(find(TEMPORAL)).toBe(kept);
    program({ path: join(folder, 'bin/temporal'), says: `temporal version ${TEMPORAL.version} (Server 1.32.0)` });
    expect(find(TEMPORAL)).toBe(join(folder, 'bin/temporal'));
  });

  test('is missing with a sentence that names the command', () => {
    process.env = { XDG_CACHE_HOME: join(folder, 'none'), PATH: '' };
    expect(find(TEST_SERVER)).toBeNull();
    expect(() => temporalCli()).toThrow('Run: node setup.mjs');
  });
});

describe('A browser', () => {
  test('that is missing is named with the command that installs it', () => {
    process.env = { PATH: '' };
    if (process.platform === 'linux') expect(() => browser()).toThrow('apt-get install chromium');
  });
});

function setUp(env: NodeJS.ProcessEnv = {}) {
  const command = [join(ROOT, 'setup.mjs')];
  const { status, stderr } = spawnSync(process.execPath, command, { env: { ...before, ...env }, encoding: 'utf8' });
  return { status, says: stderr };
}

/** Makes Node's own fetch fail at once, so that a test asks nothing of the network. */
function offline(): string {
  const script = join(folder, 'offline.mjs');
  writeFileSync(script, "globalThis.fetch = async () => { throw new Error('offline'); };");
  return `--import ${script}`;
}

function program({ path, says = '' }: { path: string; says?: string }): string {
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, `#!/bin/sh\necho "${says}"\n`);
  chmodSync(path, 0o755);
  return path;
}
