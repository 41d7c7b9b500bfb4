import { writeTimeline } from '../../adapters/records.ts';
import { judge } from '../../simulator/judge.ts';
import type { World } from '../../simulator/world.ts';
import { APPROVED_AT, CASE, CYCLE, type Ledger, openLedger } from '../support/ledger.ts';
import { treatyOf } from '../support/small-treaty.ts';

let ledger: Ledger;
beforeEach(async () => {
  ledger = await openLedger();
});
afterEach(() => ledger.close());

async function act(act: string, caseId: string | null = CASE): Promise<void> {
  const entry = { caseId, at: APPROVED_AT, actor: 'engine', door: 'engine', act, detail: { é: 'ü', n: 1.5 } } as const;
  await ledger.records.$transaction((tx) => writeTimeline(tx, entry));
}

/** What the judge of a played year finds wrong with the timeline. */
async function broken(): Promise<string[]> {
  const mailbox = { messages: () => [] } as unknown as World['mailbox'];
  const verdict = await judge({ records: ledger.records, mailbox, treaty: treatyOf(['LAO']) } as World);
  return verdict.broken.filter((sentence) => sentence.includes('timeline'));
}

/** What only someone with the keys of the database can do: past the triggers. */
async function tamper(sql: string): Promise<void> {
  await ledger.records.$transaction([
    ledger.records.$executeRawUnsafe('ALTER TABLE "TimelineEntry" DISABLE TRIGGER ALL'),
    ledger.records.$executeRawUnsafe(sql),
    ledger.records.$executeRawUnsafe('ALTER TABLE "TimelineEntry" ENABLE TRIGGER ALL'),
  ]);
}

describe('the timeline', () => {
  it('is a chain: each entry holds the hash of the one before', async () => {
    for (const each of ['opened', 'wrote', 'sent']) await act(each);
    const entries = await ledger.records.timelineEntry.findMany({ orderBy: { seq: 'asc' } });
    expect(entries.map(({ previousHash }) => previousHash)).toEqual(['', entries[0]!.hash, entries[1]!.hash]);
    expect(new Set(entries.map(({ hash }) => hash)).size).toBe(3);
    expect(await broken()).toEqual([]);
  });

  it('stays a chain when many write at once, also in transactions that fail', async () => {
    const writes = Array.from({ length: 40 }, async (_each, index) => {
      if (index % 5 > 0) return await act(`act ${index}`, index % 2 ? CASE : CYCLE);
      const failing = ledger.records.$transaction(async (tx) => {
        await writeTimeline(tx, { caseId: CASE, at: APPROVED_AT, actor: 'engine', door: 'engine', act: 'failed' });
        throw new Error('and then it fails');
      });
      await expect(failing).rejects.toThrow('and then it fails');
    });
    await Promise.all(writes);
    expect(await ledger.records.timelineEntry.count()).toBe(32);
    expect(await broken()).toEqual([]);
  });

  it('takes no hash from whoever writes', async () => {
    const forged = { caseId: CASE, at: APPROVED_AT, actor: 'engine', door: 'engine', act: 'opened', detail: {} };
    await ledger.records.timelineEntry.create({ data: { ...forged, hash: 'forged', previousHash: 'forged' } });
    expect(await ledger.records.timelineEntry.findFirst()).toMatchObject({ previousHash: '' });
    expect(await broken()).toEqual([]);
  });

  it.each([
    ['an actor', `UPDATE "TimelineEntry" SET actor = 'somebody else' WHERE act = 'wrote'`],
    ['a moment', `UPDATE "TimelineEntry" SET at = at + interval '1 hour' WHERE act = 'wrote'`],
    ['a detail', `UPDATE "TimelineEntry" SET detail = '{}' WHERE act = 'wrote'`],
    ['a case', `UPDATE "TimelineEntry" SET "caseId" = '${CYCLE}' WHERE act = 'wrote'`],
    ['an entry that is gone', `DELETE FROM "TimelineEntry" WHERE act = 'wrote'`],
    [
      'an entry whose hash was made anew',
      `UPDATE "TimelineEntry" e SET act = 'sent', hash = timeline_digest(e) WHERE act = 'wrote'`,
    ],
  ])('betrays %s changed past the triggers', async (_what, sql) => {
    for (const each of ['opened', 'wrote', 'sent']) await act(each);
    await tamper(sql);
    expect(await broken()).toHaveLength(1);
  });
});
