import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { temporaryFolder } from '../../embedded/folder.ts';
import { startTemporal, type Temporal } from '../../embedded/temporal.ts';

describe('The built-in Temporal', () => {
  const folder = temporaryFolder('temporal-test');
  let temporal: Temporal;

  beforeAll(async () => {
    temporal = await startTemporal({ folder });
  });
  afterAll(async () => {
    await temporal.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  test('keeps a case when its server is killed, and comes back on the same port', async () => {
    await withClient((client) =>
      client.workflow.start('annualCycle', { workflowId: 'ccm/2027/cycle', taskQueue: 'none' }),
    );
    process.kill(temporal.pid, 'SIGKILL');
    await temporal.exited;
    const { port } = temporal;
    temporal = await startTemporal({ folder, port });
    expect(temporal.port).toBe(port);
    const status = await withClient((client) => client.workflow.getHandle('ccm/2027/cycle').describe());
    expect(status.status.name).toBe('RUNNING');
  });

  test('is started over one that a killed program left on the same file', async () => {
    const left = temporal;
    temporal = await startTemporal({ folder });
    expect(await left.exited).toBe('exit code 0');
  });

  test('refuses a file that a newer server has written', async () => {
    await temporal.stop();
    const note = join(folder, 'temporal/temporal.db.version');
    const version = readFileSync(note, 'utf8');
    writeFileSync(note, '99.0.0\n');
    await expect(startTemporal({ folder })).rejects.toThrow(/was written by Temporal server 99\.0\.0, and .* older/);
    writeFileSync(note, version);
    temporal = await startTemporal({ folder });
  });

  async function withClient<T>(act: (client: Client) => Promise<T>): Promise<T> {
    const connection = await Connection.connect({ address: temporal.address });
    const client = new Client({ connection, namespace: 'secretariat' });
    return await act(client).finally(() => connection.close());
  }
});
