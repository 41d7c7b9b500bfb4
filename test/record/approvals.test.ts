import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { type GivenAnswer, recordDecision } from '../../adapters/decisions.ts';
import type { Prisma } from '../../adapters/records.ts';
import { CHOICES, type Choice, type GivenDecision, type Rule, tally } from '../../domain/approval.ts';
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
  it.each([
    ['approved', { state: 'approved' }],
    ['with the moment of its end', { closedAt: APPROVED_AT }],
    ['set aside', { setAsideAt: APPROVED_AT }],
  ])('does not begin %s', async (_how, differently) => {
    const another = { ...(await approval()), id: randomUUID(), version: 2, summary: {}, ...differently };
    await expect(ledger.records.approval.create({ data: another })).rejects.toThrow('a new Approval is open');
  });

  it.each<Rule>(['all', 'any'])(
    'of which the rule is %s is approved exactly when the last words of those who are asked amount to it',
    async (rule) => {
      const words = [null, ...CHOICES];
      const pairs = words.flatMap((ana) => words.map((moussa) => [ana, moussa] as const));
      const isApproved = await Promise.all(pairs.map((pair) => endsApproved(rule, pair)));
      const isGiven = pairs.map((pair) => tallied(rule, pair) === 'approved');
      expect(isApproved).toEqual(isGiven);
      expect(new Set(isGiven)).toEqual(new Set([true, false]));
    },
  );

  it('that asks nobody is never approved', async () => {
    approvalId = await ledger.openPlan({ version: 1, hashes: [], asks: [] });
    await expect(becomes({ state: 'approved' })).rejects.toThrow(`approval ${approvalId} has not been given`);
  });

  it('is not approved by somebody in whose place another is asked now', async () => {
    approvalId = await ledger.openPlan({ version: 1, hashes: [], asks: [ledger.ana] });
    await ledger.decide(approvalId);
    await ledger.records.approvalSlot.updateMany({ where: { approvalId }, data: { personId: ledger.moussa } });
    await expect(becomes({ state: 'approved' })).rejects.toThrow('has not been given');
    await ledger.decide(approvalId, { personId: ledger.moussa });
    expect(await becomes({ state: 'approved' })).toMatchObject({ state: 'approved' });
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
    ['its title', { title: 'Another plan' }],
    ['its words', { summary: { states: 112 } }],
    ['who asked', { askedById: randomUUID() }],
    ['its version', { version: 2 }],
    ['its subject', { subject: 'letter' }],
    ['its rule', { rule: 'any' }],
    ['its hold', { holdMinutes: 0 }],
  ])('does not change %s', async (_what, data) => {
    await expect(becomes(data)).rejects.toThrow('the content of an approval does not change');
  });

  it('ends at one moment, so that its hold is neither begun early nor cut short', async () => {
    const earlier = { closedAt: new Date(0) };
    await expect(becomes(earlier)).rejects.toThrow('an approval ends at one moment');
    await ledger.approve(approvalId);
    await expect(becomes(earlier)).rejects.toThrow('an approval ends at one moment');
    await expect(becomes({ ...earlier, state: 'superseded' })).rejects.toThrow('an approval ends at one moment');
  });

  it('has one version of each number', async () => {
    const again = { version: 1, hashes: ['other'], subject: (await approval()).subject };
    await expect(ledger.openPlan(again)).rejects.toMatchObject({ code: 'P2002' });
  });
});

/** Ana and Moussa had said something else before. */
async function endsApproved(rule: Rule, pair: readonly (Choice | null)[]): Promise<boolean> {
  const id = await ledger.openPlan({ version: 1, hashes: [], rule });
  for (const { personId, choice } of wordsOf(pair)) {
    await ledger.decide(id, { personId, choice: choice === 'refuse' ? 'approve' : 'refuse' });
    await ledger.decide(id, { personId, choice, revision: 2 });
  }
  const ended = ledger.records.approval.update({ where: { id }, data: { state: 'approved', closedAt: APPROVED_AT } });
  return await ended.then(
    () => true,
    (error: Error) => !error.message.includes(`approval ${id} has not been given`),
  );
}

function tallied(rule: Rule, pair: readonly (Choice | null)[]) {
  return tally({ rule, approvers: [ledger.ana, ledger.moussa], decisions: wordsOf(pair) });
}

function wordsOf(pair: readonly (Choice | null)[]): GivenDecision[] {
  const asked = [ledger.ana, ledger.moussa];
  return pair.flatMap((choice, at) => (choice ? [{ id: '', personId: asked[at]!, choice, revision: 2 }] : []));
}

describe('what is asked, and of whom', () => {
  const another = () => ledger.records.$executeRaw`
    INSERT INTO "ApprovalItem" SELECT (jsonb_populate_record(i, '{"hash": "added"}')).*
    FROM "ApprovalItem" i WHERE i."approvalId" = ${approvalId}::uuid`;
  const alsoMoussa = () => ledger.records.approvalSlot.createMany({ data: [{ approvalId, personId: ledger.moussa }] });
  const ADDITIONS = { 'a letter': another, 'a person': alsoMoussa };

  beforeEach(async () => {
    approvalId = await ledger.openPlan({ version: 1, hashes: ['approved'], asks: [ledger.ana] });
  });

  it.each(Object.entries(ADDITIONS))('grows by %s before anybody has answered', async (_what, add) => {
    await expect(add()).resolves.toBeDefined();
  });

  it.each(Object.entries(ADDITIONS))('does not grow by %s once somebody has decided', async (_what, add) => {
    await ledger.decide(approvalId, { choice: 'abstain' });
    await expect(add()).rejects.toThrow(`approval ${approvalId} has been answered`);
  });

  it.each(Object.entries(ADDITIONS))('does not grow by %s once it has ended', async (_what, add) => {
    await becomes({ state: 'lapsed' });
    await expect(add()).rejects.toThrow(`approval ${approvalId} has been answered`);
  });

  it('does not grow while somebody is deciding', async () => {
    let adding: Promise<unknown> = Promise.resolve();
    await ledger.records.$transaction(async (tx) => {
      const decision = { id: randomUUID(), approvalId, personId: ledger.ana, revision: 1, contentHash: 'content 1' };
      await tx.decision.create({
        data: { ...decision, choice: 'approve', comment: '', door: 'link', at: APPROVED_AT },
      });
      adding = another().catch((error: unknown) => error);
      await Promise.race([adding, setTimeout(100)]);
    });
    expect(String(await adding)).toContain('has been answered');
  });

  it('is asked of another person instead only while it is open, and never in another approval', async () => {
    const slots = { where: { approvalId } };
    const elsewhere = { approvalId: await ledger.openPlan({ version: 1, hashes: [], asks: [] }) };
    const refusal = `who decides approval ${approvalId} does not change`;
    await expect(ledger.records.approvalSlot.updateMany({ ...slots, data: elsewhere })).rejects.toThrow(refusal);
    const instead = { ...slots, data: { personId: ledger.moussa } };
    expect(await ledger.records.approvalSlot.updateMany(instead)).toEqual({ count: 1 });
    await becomes({ state: 'lapsed' });
    await expect(ledger.records.approvalSlot.updateMany(instead)).rejects.toThrow(refusal);
  });
});

describe('a decision, whoever writes it into the record,', () => {
  const refused = (why: string) => `no decision on approval ${approvalId}: ${why}`;

  it('is not that of somebody who is not asked', async () => {
    approvalId = await ledger.openPlan({ version: 1, hashes: [], asks: [ledger.moussa] });
    await expect(ledger.decide(approvalId)).rejects.toThrow(refused('this person is not asked'));
  });

  it('is not that of the one who asked', async () => {
    approvalId = await ledger.openPlan({ version: 1, hashes: [], askedById: ledger.ana });
    await expect(ledger.decide(approvalId)).rejects.toThrow(refused('who asked does not decide'));
  });

  it('is not about another content', async () => {
    const other = { contentHash: 'content 0' };
    await expect(ledger.decide(approvalId, other)).rejects.toThrow(refused('this is not what it asks'));
  });

  it.each(['approved', 'refused', 'changesRequested', 'lapsed', 'withdrawn', 'superseded'])(
    'does not come after the approval is %s',
    async (state) => {
      if (state === 'approved') await ledger.approve(approvalId);
      else await becomes({ state });
      await expect(ledger.decide(approvalId, { revision: 2 })).rejects.toThrow(refused('it is not open'));
    },
  );

  it('follows the one before it, and each comes once', async () => {
    const unfollowed = refused('this follows no decision before it');
    for (const revision of [-1, 0, 2])
      await expect(ledger.decide(approvalId, { revision })).rejects.toThrow(unfollowed);
    await ledger.decide(approvalId);
    await expect(ledger.decide(approvalId, { revision: 3 })).rejects.toThrow(unfollowed);
    await expect(ledger.decide(approvalId)).rejects.toMatchObject({ code: 'P2002' });
    await ledger.decide(approvalId, { revision: 2 });
  });
});

describe('a decision', () => {
  // All connections are open, so that what comes at once is heard at once.
  beforeEach(() => Promise.all(Array.from({ length: 10 }, () => ledger.records.$executeRaw`SELECT pg_sleep(0.02)`)));

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

  it('that comes while the approval is ending is one that comes too late', async () => {
    let late: Promise<RefusalCode | undefined> = Promise.resolve(undefined);
    await ledger.records.$transaction(async (tx) => {
      const ending = { state: 'withdrawn', closedAt: APPROVED_AT };
      await tx.approval.update({ where: { id: approvalId }, data: ending });
      late = refusal({});
      await Promise.race([late, setTimeout(100)]);
    });
    expect(await late).toBe('alreadyClosed');
    expect(await kept()).toEqual({ decisions: 0, facts: 0, entries: 0 });
  });

  it('is refused to the one who asked for it', async () => {
    approvalId = await ledger.openPlan({ version: 1, hashes: [], askedById: ledger.ana });
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
