import { randomUUID } from 'node:crypto';
import { openRecords } from '../../adapters/records.ts';
import { examineFacts } from '../../cli/doctor/facts.ts';
import { createDatabase } from '../../embedded/postgres.ts';
import { testDatabase } from '../support/database.ts';

const examine = (url?: string) =>
  examineFacts({ env: url ? { DATABASE_URL: url } : {}, folder: null, isRunning: false });

describe('The doctor, about facts', () => {
  it('says how many have not reached their cases, since when and why, as a fault', async () => {
    const url = await testDatabase();
    expect(await examine(url)).toBe('all have reached their cases');
    const records = openRecords({ url });
    const fact = { workflowId: 'ccm/2031/cycle', kind: 'signal', name: 'datesMoved', payload: {} };
    const createdAt = new Date('2026-01-02T03:04:00Z');
    for (const lastError of ['CaseNotRunning', null])
      await records.outbox.create({ data: { id: randomUUID(), ...fact, createdAt, lastError } });
    await records.$disconnect();
    await expect(examine(url)).rejects.toThrow(
      /^2 facts have not reached their cases since 2026-01-02 03:04 UTC: the workflow engine does not run the case/,
    );
  });

  it('has nothing to say of a product that does not run, or has no record yet', async () => {
    expect(await examine()).toContain('the product does not run here');
    const url = new URL(process.env['TEST_DATABASE_URL']!);
    const empty = await createDatabase({
      url: url.href,
      name: `empty_${randomUUID().slice(0, 8)}`,
      template: 'template0',
    });
    expect(await examine(empty)).toContain('the database is empty');
  });
});
