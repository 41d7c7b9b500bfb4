import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { defaultFolder, openFolder } from '../embedded/folder.ts';
import { livingHolders } from '../embedded/lock.mjs';
import { readPorts } from '../embedded/ports.ts';
import { examineFacts } from './doctor/facts.ts';
import { examineDatabase, examineEngine, examineInbox, examineMail } from './doctor/parts.ts';
import { examineBrowser, examineDisk, examineNode, examinePorts, examineTemporal } from './doctor/place.ts';
import { examineVirusCheck } from './doctor/virus-check.ts';
import { PORTS } from './needed.ts';
import { checkEnvironment, PORTS_FILE } from './supervise.ts';

/** Where the product lies and whether it runs there: a running product is asked, never touched. */
export type Place = {
  env: NodeJS.ProcessEnv;
  /** Null when it cannot be used; the line on the disk says why. */
  folder: string | null;
  isRunning: boolean;
  /** In use when it runs, else those it would prefer. */
  ports: typeof PORTS;
};

type Finding = { what: string; state: 'good' | 'optional' | 'wrong'; says: string };
type Examination = { what: string; isOptional?: boolean; look: (place: Place) => string | Promise<string> };

const MARKS = { good: '✓', optional: '–', wrong: '✗' };

/** Each returns what it found, or throws a sentence with what is wrong and the fix. */
const EXAMINATIONS: Examination[] = [
  { what: 'Node', look: examineNode },
  { what: 'settings', look: ({ env }) => (checkEnvironment(env), 'the environment holds nothing wrong') },
  { what: 'disk', look: examineDisk },
  { what: 'ports', look: examinePorts },
  { what: 'programs', look: examineTemporal },
  { what: 'browser', look: examineBrowser, isOptional: true },
  { what: 'database', look: examineDatabase },
  { what: 'engine', look: examineEngine },
  { what: 'mail', look: examineMail },
  { what: 'facts', look: examineFacts },
  { what: 'answers', look: examineInbox },
  { what: 'viruses', look: examineVirusCheck },
];

/** Says line by line what is right, and what is wrong with its fix. Returns the exit code: 1 when anything is wrong. */
export async function doctor({ json }: { json: boolean }): Promise<number> {
  const place = findPlace(process.env);
  const findings: Finding[] = [];
  for (const examination of EXAMINATIONS) {
    const finding = await examine({ examination, place });
    findings.push(finding);
    if (!json) say(`${MARKS[finding.state]} ${finding.what.padEnd(9)} ${finding.says}`);
  }
  const isWell = findings.every(({ state }) => state !== 'wrong');
  if (json) say(JSON.stringify({ isWell, findings }));
  return isWell ? 0 : 1;
}

async function examine({ examination, place }: { examination: Examination; place: Place }): Promise<Finding> {
  const { what, look, isOptional } = examination;
  try {
    return { what, state: 'good', says: await look(place) };
  } catch (error) {
    return { what, state: isOptional ? 'optional' : 'wrong', says: (error as Error).message };
  }
}

function findPlace(env: NodeJS.ProcessEnv): Place {
  const path = defaultFolder(env);
  const isThere = existsSync(path);
  try {
    const folder = isThere ? openFolder(path) : null;
    const isRunning = folder !== null && livingHolders(folder).length > 0;
    const noted = folder ? readPorts<keyof typeof PORTS>(join(folder, PORTS_FILE)) : null;
    return { env, folder, isRunning, ports: (isRunning ? noted?.now : noted?.usual) ?? PORTS };
  } catch {
    return { env, folder: null, isRunning: false, ports: PORTS };
  }
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
