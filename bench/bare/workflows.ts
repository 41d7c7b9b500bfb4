import { condition, proxyActivities, sleep } from '@temporalio/workflow';

/** What the engine costs without our work. */
type BareActivities = {
  insertRow(row: { round: string; part: string }): Promise<void>;
  sendMail(mail: { to: string; number: number }): Promise<void>;
};

const { insertRow, sendMail } = proxyActivities<BareActivities>({ startToCloseTimeout: '30s' });

/** Two activities that each insert one row, then a wait: the least that a case with a record can be. */
export async function bareCase({ round }: { round: string }): Promise<void> {
  await insertRow({ round, part: 'first' });
  await insertRow({ round, part: 'second' });
  await condition(() => false, '300 days');
}

/** As many waits and as many mails as a report case of the demonstration. */
export async function bareYear({ to, instants }: { to: string; instants: number[] }): Promise<void> {
  for (const [number, instant] of instants.entries()) {
    await sleep(Math.max(1, instant - Date.now()));
    await sendMail({ to, number });
  }
}
