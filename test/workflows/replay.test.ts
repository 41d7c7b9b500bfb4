import { historyFromJSON, historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { Worker } from '@temporalio/worker';
import { CYCLE, openSecretariat, reportCase, type Secretariat, treatyOf } from '../support/secretariat.ts';

let secretariat: Secretariat;
/** As an operator would keep them: JSON, by case. */
const histories = new Map<string, string>();

/** A cycle with its dates moved once, a State that reports twice, one that is silent, and a letter that was refused. */
beforeAll(async () => {
  secretariat = await openSecretariat({ treaty: treatyOf(['FRA', 'LAO']) });
  await secretariat.opensCycle();
  await secretariat.decides(0, 'abstain', 'I come from the same region');
  await secretariat.bothApprove();
  secretariat.deadAddresses.add('mission@lao.example');
  await secretariat.passTo('2030-12-03');
  secretariat.deadAddresses.clear();
  await secretariat.answers('letterRefused', 'sendAgain');
  await secretariat.passTo('2031-03-25');
  await secretariat.movesDates({ deadlineOn: '2031-05-30' });
  await secretariat.bothApprove();
  await secretariat.reports('FRA');
  await secretariat.reports('FRA', { version: 2 });
  await secretariat.passTo('2031-10-01');
  const { client } = secretariat.clock.environment;
  for (const id of [CYCLE, reportCase('FRA'), reportCase('LAO')])
    histories.set(id, historyToJSON(await client.workflow.getHandle(id).fetchHistory()));
});
afterAll(() => secretariat.close());

async function replay(id: string, history = histories.get(id)!): Promise<void> {
  const workflowBundle = { codePath: process.env['TEST_WORKFLOW_BUNDLE']! } as never;
  await Worker.runReplayHistory({ workflowBundle }, historyFromJSON(JSON.parse(history)), id);
}

describe('the history of a year', () => {
  it.each([
    ['the cycle', CYCLE],
    ['a State that reported', reportCase('FRA')],
    ['a State that was silent', reportCase('LAO')],
  ])('of %s reads the same when it is played again', async (_whose, id) => {
    await expect(replay(id)).resolves.toBeUndefined();
  });

  it('that tells of another act than the workflow does is found out', async () => {
    const altered = histories.get(reportCase('LAO'))!.replace('"draftLetters"', '"settleReport"');
    await expect(replay(reportCase('LAO'), altered)).rejects.toThrow(/[Nn]ondetermin/);
  });

  it('holds codes and dates: no name, no address, nothing that anybody wrote', async () => {
    const told = [...histories.values()].map(readable).join('\n');
    expect(told.includes('"caseId":"ccm/2031/report-intake/LAO"')).toBe(true);
    const people = await secretariat.records.person.findMany();
    const words = [
      ...people.flatMap(({ name, email }) => [name, email]),
      'hall is taken',
      'same region',
      'No such mailbox',
      '@',
    ];
    expect(words.filter((each) => told.includes(each))).toEqual([]);
  });
});

/** What a history says, its payloads in clear; without the name of the process that wrote each line. */
function readable(history: string): string {
  return history
    .replace(/"(?:identity|binaryChecksum)": ?"[^"]*"/g, '')
    .replace(/"data": ?"([^"]*)"/g, (_line, data: string) => Buffer.from(data, 'base64').toString());
}
