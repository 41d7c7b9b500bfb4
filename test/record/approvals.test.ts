import { randomUUID } from 'node:crypto';
import { type GivenAnswer, recordDecision } from '../../adapters/decisions.ts';
import type { Prisma } from '../../adapters/records.ts';
import type { RefusalCode } from '../../domain/refusals.ts';
import { APPROVED_AT, type Ledger, openLedger } from '../support/ledger.ts';

let ledger: Ledger;
let approvalId: string;
beforeAll(async () => {
  ledger = await openLedger();
});
afterAll(() => ledger.close());
beforeEach(async () => {
  approvalId = await ledger.openPlan({ version: 1, hashes: ['approved'] });
});

const approval = () => ledger.records.approval.findUniqueOrThrow({ where: { id: approvalId } });
const becomes = (data: Prisma.ApprovalUpdateInput) =>
  ledger.records.approval.update({ where: { id: approvalId }, data: { closedAt: APPROVED_AT, ...data } });

describe('an approval', () => {
  it('is not approved while nobody has approved it', async () => {
    await expect(becomes({ state: 'approved' })).rejects.toThrow(`nobody approved ${approvalId}`);
  });

  it.each([
    ['who refused', { choice: 'refuse', contentHash: 'content 1' }],
    ['who abstained', { choice: 'abstain', contentHash: 'content 1' }],
    ['who approved something else', { choice: 'approve', contentHash: 'content 0' }],
  ])('is not approved by someone %s', async (_who, given) => {
    const decision = { id: randomUUID(), approvalId, personId: ledger.ana, revision: 1, comment: '', door: 'link' };
    await ledger.records.decision.create({ data: { ...decision, ...given, at: APPROVED_AT } });
    await expect(becomes({ state: 'approved' })).rejects.toThrow('nobody approved');
  });

  it.each(['approved', 'refused', 'changesRequested', 'lapsed', 'withdrawn'])(
    'that is %s is not opened again, nor ends in another way',
    async (state) => {
      if (state === 'approved') await ledger.approve(approvalId);
      else await becomes({ state });
      for (const other of ['open', 'approved', 'refused', 'lapsed'].filter((each) => each !== state))
        await expect(becomes({ state: other })).rejects.toThrow(`that is ${state} does not become ${other}`);
    },
  );

  it('that is approved may be superseded by a newer version, and stays so', async () => {
    await ledger.approve(approvalId);
    await becomes({ state: 'superseded' });
    await expect(becomes({ state: 'approved' })).rejects.toThrow('that is superseded does not become approved');
  });

  it.each([
    ['its content', { contentHash: 'content 2' }],
    ['its version', { version: 2 }],
    ['its subject', { subject: 'letter' }],
    ['its rule', { rule: 'any' }],
    ['its hold', { holdMinutes: 0 }],
  ])('does not change %s', async (_what, data) => {
    await expect(becomes(data)).rejects.toThrow('the content of an approval does not change');
  });

  it('has one version of each number', async () => {
    const again = { version: 1, hashes: ['other'], subject: (await approval()).subject };
    await expect(ledger.openPlan(again)).rejects.toMatchObject({ code: 'P2002' });
  });
});

describe('a decision', () => {
  beforeEach(async () => {
    // All connections are open, so that what comes at once is heard at once.
    await Promise.all(Array.from({ length: 10 }, () => ledger.records.$executeRaw`SELECT pg_sleep(0.02)`));
    const slots = [ledger.ana, ledger.moussa].map((personId) => ({ approvalId, personId }));
    await ledger.records.approvalSlot.createMany({ data: slots });
  });

  /** What is in the record about this approval. */
  async function kept() {
    const about = { path: ['approvalId'], equals: approvalId };
    return {
      decisions: await ledger.records.decision.count({ where: { approvalId } }),
      facts: await ledger.records.outbox.count({ where: { payload: about } }),
      entries: await ledger.records.timelineEntry.count({ where: { act: 'decided', detail: about } }),
    };
  }

  const answer = (differently: Partial<GivenAnswer> = {}): GivenAnswer => ({
    approvalId,
    personId: ledger.ana,
    choice: 'approve',
    comment: '',
    door: 'link',
    linkSelector: null,
    seen: { contentHash: 'content 1', version: 1, revision: 0 },
    ...differently,
  });
  const decide = (differently: Partial<GivenAnswer> = {}) =>
    recordDecision({ records: ledger.records, now: APPROVED_AT, answer: answer(differently) });
  const refusal = (differently: Partial<GivenAnswer>): Promise<RefusalCode | undefined> =>
    decide(differently).then(
      () => undefined,
      (error: { code: RefusalCode }) => error.code,
    );

  it('given 200 times at once is one decision, one entry on the timeline and one fact for the case', async () => {
    const given = await Promise.all(Array.from({ length: 200 }, () => decide()));
    expect(given.filter(({ repeated }) => !repeated)).toHaveLength(1);
    expect(await kept()).toEqual({ decisions: 1, facts: 1, entries: 1 });
  });

  it('of two kinds given at once is one of them; the other is told that something changed meanwhile', async () => {
    const codes = await Promise.all([refusal({ choice: 'approve' }), refusal({ choice: 'abstain' })]);
    expect(codes.toSorted()).toEqual(['changedMeanwhile', undefined]);
    expect(await kept()).toEqual({ decisions: 1, facts: 1, entries: 1 });
  });

  it('may be changed while the approval is open, and both stand in the record', async () => {
    await decide();
    await decide({ choice: 'refuse', comment: 'No', seen: { ...answer().seen, revision: 1 } });
    const all = await ledger.records.decision.findMany({ where: { approvalId }, orderBy: { revision: 'asc' } });
    expect(all.map(({ revision, choice }) => `${revision} ${choice}`)).toEqual(['1 approve', '2 refuse']);
  });

  it.each<[RefusalCode, string, Partial<GivenAnswer>]>([
    ['notYours', 'by someone who is not asked', { personId: randomUUID() }],
    ['unknownLink', 'about no approval of ours', { approvalId: randomUUID() }],
    ['otherContent', 'about another content', { seen: { contentHash: 'content 2', version: 1, revision: 0 } }],
    ['otherContent', 'about another version', { seen: { contentHash: 'content 1', version: 2, revision: 0 } }],
    ['revokedLink', 'by a link that is not theirs', { linkSelector: 'somebody else’s' }],
    [
      'changedMeanwhile',
      'on a page that is older than their last decision',
      { seen: { contentHash: 'content 1', version: 1, revision: 3 } },
    ],
  ])('is refused as %s %s, and nothing is recorded', async (code, _who, differently) => {
    expect(await refusal(differently)).toBe(code);
    expect(await kept()).toEqual({ decisions: 0, facts: 0, entries: 0 });
  });

  it('is refused once the approval has ended, and repeated politely when it was given before', async () => {
    await decide();
    await becomes({ state: 'withdrawn' });
    expect(await decide()).toEqual({ repeated: true });
    expect(await refusal({ personId: ledger.moussa })).toBe('alreadyClosed');
  });

  it('is refused to the one who asked for it', async () => {
    await ledger.records
      .$executeRaw`UPDATE "Approval" SET "askedById" = ${ledger.ana}::uuid WHERE id = ${approvalId}::uuid`;
    expect(await refusal({})).toBe('ownDraft');
    expect(await refusal({ personId: ledger.moussa })).toBeUndefined();
  });

  it.each(['NUL \0 inside', 'half \ud800 letter'])(
    'with a comment that cannot be kept (%j) leaves nothing behind',
    async (comment) => {
      await decide({ choice: 'refuse', comment }).catch(() => {});
      const { decisions, ...others } = await kept();
      expect(others).toEqual({ facts: decisions, entries: decisions });
    },
  );
});
