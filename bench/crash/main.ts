import { Command, InvalidArgumentError } from 'commander';
import { say } from '../pace.ts';
import { type Run, runSeed } from './run.ts';
import { BROKEN, type Verdict } from './verdict.ts';

type Options = Omit<Run, 'seed'> & { seeds: number; first: number; limit: number; json: boolean };

const options = new Command('crash')
  .description('kill the product while its mail server fails, and have a judge look for letters sent twice or lost')
  .option('--seeds <number>', 'so many storms, one after the other; the same seed strikes in the same order', whole, 1)
  .option('--first <number>', 'the first seed', whole, 1)
  .option('--letters <number>', 'letters to governments in each, besides those to our own people', whole, 300)
  .option('--kills <number>', 'kills in each', whole, 100)
  .option('--limit <minutes>', 'give up after so many minutes each', whole, 45)
  .option('--keep <folder>', 'keep there what everybody noted')
  .option('--json', 'the last line is one JSON object: the sum of all storms', false)
  .parse()
  .opts<Options>();

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(130));

const verdicts: Verdict[] = [];
for (let seed = options.first; seed < options.first + options.seeds; seed++) {
  const giveUp = setTimeout(() => {
    say(`Seed ${seed} has not ended after ${options.limit} minutes.`);
    process.exit(1);
  }, options.limit * 60_000);
  const verdict = await runSeed({ ...options, seed }).catch((error: Error) => {
    say(`Seed ${seed} could not be played. ${error.message} (--keep <folder> keeps what the programs said.)`);
    process.exit(1);
  });
  clearTimeout(giveUp);
  say(`Seed ${seed}: ${sentence(verdict)}`);
  verdicts.push(verdict);
}
const names = Object.keys(verdicts[0]!) as (keyof Verdict)[];
const sum = Object.fromEntries(names.map((name) => [name, verdicts.reduce((total, each) => total + each[name], 0)]));
if (options.json) process.stdout.write(`${JSON.stringify(sum)}\n`);
process.exit(BROKEN.every((what) => sum[what] === 0) ? 0 : 1);

function sentence(verdict: Verdict): string {
  return Object.entries(verdict)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ');
}

function whole(text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 1) throw new InvalidArgumentError('Give a whole number, 1 or more.');
  return number;
}
