import { join } from 'node:path';
import { type AnswerLine, type BlowLine, type PeerLine, readLog } from './log.ts';
import { readRows } from './record.ts';
import { BROKEN, judge } from './verdict.ts';

/**
 * The judge, a program of its own that shares no code with the product: reads what the mail server and the bench noted
 * in a folder, and the database (`DATABASE_URL`). On stderr why letters are unknown and what was broken, on stdout the
 * verdict as one line of JSON; exit code 0 when nothing was broken.
 */
const [folder = '.'] = process.argv.slice(2);
const { verdict, findings, causes } = judge({
  peer: readLog<PeerLine>(join(folder, 'peer.log')),
  blows: readLog<BlowLine>(join(folder, 'blows.log')),
  answers: readLog<AnswerLine>(join(folder, 'answers.log')),
  rows: await readRows({ url: process.env['DATABASE_URL']! }),
  now: Date.now(),
});
for (const [cause, count] of Object.entries(causes)) process.stderr.write(`  ${count} unknown: ${cause}\n`);
for (const what of BROKEN) for (const finding of findings[what]) process.stderr.write(`  ${what}: ${finding}\n`);
process.stdout.write(`${JSON.stringify(verdict)}\n`);
process.exitCode = BROKEN.every((what) => verdict[what] === 0) ? 0 : 1;
