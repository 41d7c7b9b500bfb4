import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, Worker } from '@temporalio/worker';
import { createTransport } from 'nodemailer';
import { startMailbox } from '../../embedded/mailbox.ts';
import { startJumpingClock } from '../../simulator/clock.ts';

/**
 * A year without our work: workflows that only wait and send, on the jumping clock, to the built-in mailbox. How many
 * days, workflows and letters each are arguments; prints the seconds it took.
 */
const [days, workflows, letters] = process.argv.slice(2).map(Number) as [number, number, number];

const DAY = 86_400_000;
const QUEUE = 'bare';

const began = performance.now();
const clock = await startJumpingClock();
const mailbox = await startMailbox({ smtpPort: 0, webPort: 0, now: () => clock.now() });
const transport = createTransport(mailbox.smtpUrl);
const { nativeConnection: connection, namespace, client } = clock.environment;
const logger = { log() {}, trace() {}, debug() {}, info() {}, warn() {}, error: console.error };
const workflowsPath = fileURLToPath(new URL('./workflows.ts', import.meta.url));
const worker = await Worker.create({
  connection,
  namespace: namespace ?? 'default',
  taskQueue: QUEUE,
  workflowBundle: await bundleWorkflowCode({ workflowsPath, logger }),
  activities: {
    async sendMail({ to, number }: { to: string; number: number }): Promise<void> {
      const text = `Letter ${number}\n`.repeat(40);
      await transport.sendMail({ from: 'bare@isu.example', to, subject: `Letter ${number}`, text });
    },
  },
  maxCachedWorkflows: 300,
});
const running = worker.run();

// From the morning of tomorrow: each step ends at a quiet hour, and each letter leaves at an hour of its day.
const start = Math.ceil(clock.now().getTime() / DAY) * DAY;
const instants = Array.from(
  { length: letters },
  (_, at) => start + Math.floor(((at + 0.5) * days) / letters) * DAY + DAY / 2,
);
for (let at = 0; at < workflows; at++) {
  const args = [{ to: `mission@${at}.example`, instants }];
  await client.workflow.start('bareYear', { taskQueue: QUEUE, workflowId: `bare/${at}`, args });
}
for (let day = 0; day < days; day++) await clock.advanceTo(start + day * DAY + 0.75 * DAY);

const arrived = mailbox.messages().length;
if (arrived !== workflows * letters)
  throw new Error(`${workflows * letters} letters were sent and ${arrived} arrived.`);
process.stdout.write(`${(performance.now() - began) / 1000}\n`);
worker.shutdown();
await running;
await clock.stop();
await mailbox.stop();
process.exit();
