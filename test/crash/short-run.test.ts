import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const ROOT = resolve(import.meta.dirname, '../..');

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'storm-'));
  // The user that PostgreSQL runs as passes through.
  chmodSync(folder, 0o711);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function start(...given: string[]) {
  const args = ['--import', 'tsx', 'bench/crash/main.ts', ...given];
  const env = { ...process.env, TMPDIR: folder };
  const bench = spawn(process.execPath, args, { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  let progress = '';
  bench.stdout.on('data', (text) => (output += text));
  bench.stderr.on('data', (text) => (progress += text));
  const ended = new Promise<{ code: number | null; output: string; progress: string }>((resolve_) =>
    bench.once('close', (code) => resolve_({ code, output, progress })),
  );
  return { bench, ended };
}

/** Command lines and environments of living processes that name our folder. */
function leftBehind(): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .map((pid) => `${pid} ${read(`/proc/${pid}/cmdline`)} ${read(`/proc/${pid}/environ`)}`)
    .filter((process_) => process_.includes(folder));
}

/** Of ours; tsx has one of its own there. */
function foldersLeft(): string[] {
  return readdirSync(folder).filter((name) => name.startsWith('focalpoint-'));
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8').replaceAll('\0', ' ');
  } catch {
    return '';
  }
}

async function untilNothingIsLeft(): Promise<string[]> {
  for (let tries = 0; tries < 400 && leftBehind().length > 0; tries++) await pause(100);
  return leftBehind();
}

const describeOnLinux = process.platform === 'linux' ? describe : describe.skip;

describeOnLinux('A storm over the real product', () => {
  // This seed kills the database past a dot, then a worker after an answer, then the engine past a dot.
  it('finds every letter once, none lost, none unapproved, and leaves nothing behind', async () => {
    const { code, output, progress } = await start('--first', '226', '--letters', '4', '--kills', '3', '--json').ended;
    const clean = { duplicates: 0, lost: 0, unapproved: 0, undecided: 0, unexplained: 0 };
    const verdict = JSON.parse(output.trim().split('\n').at(-1)!);
    expect({ ...verdict, progress }).toMatchObject({ kills: 3, ...clean });
    expect(verdict.letters).toBeGreaterThanOrEqual(4);
    expect(code).toBe(0);
    expect(await untilNothingIsLeft()).toEqual([]);
    expect(foldersLeft()).toEqual([]);
  }, 300_000);

  it('that is told to stop midway leaves nothing behind either', async () => {
    const { bench, ended } = start('--letters', '4', '--kills', '3');
    while (!leftBehind().some((each) => each.includes('start-dev'))) await pause(100);
    bench.kill('SIGTERM');
    expect((await ended).code).toBe(130);
    expect(await untilNothingIsLeft()).toEqual([]);
    expect(foldersLeft()).toEqual([]);
  }, 120_000);
});
