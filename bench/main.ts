import { Command } from 'commander';
import { measureBoard } from './board.ts';
import { measureDecision } from './decision/measure.ts';
import { measureDemo } from './demo.ts';
import { measureEngineAway } from './engine-away.ts';
import { measureOpening } from './opening/measure.ts';
import { say } from './pace.ts';
import { FULL, type Measure, notMeasured, type Row, TRIAL, table } from './row.ts';
import { measureSetUp } from './set-up.ts';
import { measureStart } from './start.ts';
import { measureSuite } from './suite.ts';

/** What is measured, in this order. A further measure is a line here and a row in docs/measurements.md. */
const MEASURES: Measure[] = [
  { name: 'demo', measure: measureDemo },
  { name: 'opening and idle worker', measure: measureOpening },
  { name: 'decision', measure: measureDecision },
  { name: 'engine away', measure: measureEngineAway },
  { name: 'board', measure: measureBoard },
  { name: 'set-up', measure: measureSetUp },
  { name: 'start', measure: measureStart },
  { name: 'tests', measure: measureSuite },
];

const { only, json, trial } = new Command('bench')
  .description('measure the product against its bars and against floors taken in the same run')
  .option('--only <text>', 'the measures whose name holds this', '')
  .option('--json', 'the last line is one JSON array of the rows', false)
  .option('--trial', 'small sizes: shows that it works, its numbers say nothing', false)
  .parse()
  .opts<{ only: string; json: boolean; trial: boolean }>();

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(130));

const rows: Row[] = [];
for (const { name, measure } of MEASURES.filter((each) => each.name.includes(only))) {
  say(`Measuring ${name} …`);
  rows.push(...(await measure(trial ? TRIAL : FULL).catch((error: Error) => cannotMeasure(name, error))));
}
process.stdout.write(`${table(rows)}\n`);
if (json) process.stdout.write(`${JSON.stringify(rows)}\n`);
process.exitCode = rows.length > 0 && rows.every(({ holds }) => holds) ? 0 : 1;

function cannotMeasure(name: string, error: Error): Row[] {
  say(`  ${name} could not be measured. ${error.message}`);
  return [notMeasured(name)];
}
