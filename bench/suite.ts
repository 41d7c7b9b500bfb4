import { secondsOf } from './numbers.ts';
import { runCommand } from './programs.ts';
import { type Row, row } from './row.ts';

/** All tests, as `npm test` runs them. Nothing smaller runs them all: there is no floor. */
export async function measureSuite(): Promise<Row[]> {
  const value = await secondsOf(() => runCommand({ command: 'npm', args: ['test'], within: 1_800 }));
  return [row({ name: 'npm test', value, unit: 's', bar: { atMost: 300 } })];
}
