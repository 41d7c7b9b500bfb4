import { runCommand } from './programs.ts';
import { type Row, row } from './row.ts';

const PATIENCE = 900;

type Verdict = { states: number; lettersSent: number; wallSeconds: number; simulatedDays: number };

/**
 * The year of the demonstration, as a newcomer plays it. The floor: as many days on the same clock, with as many
 * workflows that only wait and send as many letters to the same mailbox.
 */
export async function measureDemo(): Promise<Row[]> {
  const args = ['run', '--silent', 'demo', '--', '--headless', '--json'];
  const verdict = JSON.parse(lastLine(await runCommand({ command: 'npm', args, within: PATIENCE }))) as Verdict;
  const { states, lettersSent, simulatedDays, wallSeconds } = verdict;
  const bare = [simulatedDays, states, Math.round(lettersSent / states)].map(String);
  const yearArgs = ['--import', 'tsx', 'bench/bare/year.ts', ...bare];
  const floor = Number(lastLine(await runCommand({ command: process.execPath, args: yearArgs, within: PATIENCE })));
  return [row({ name: `demo of ${states} States`, value: wallSeconds, unit: 's', floor, bar: { atMost: 60 } })];
}

function lastLine({ output }: { output: string }): string {
  return output.trim().split('\n').at(-1) ?? '';
}
