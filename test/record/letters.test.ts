import { randomUUID } from 'node:crypto';
import type { Prisma } from '../../adapters/records.ts';
import { APPROVED_AT, bytesOf, CYCLE, HOLD_OVER, type Ledger, openLedger, PLANNED_AT } from '../support/ledger.ts';

let ledger: Ledger;
beforeAll(async () => {
  ledger = await openLedger();
});
afterAll(() => ledger.close());

/** What the database says when the letter is taken to be sent at this moment. */
async function claim(letterId: string, at: Date): Promise<string> {
  const claimed = { state: 'sending', attempt: 1, claimedAt: at };
  return await ledger.records.letter.update({ where: { id: letterId }, data: claimed }).then(
    () => 'may leave',
    (error: Error) =>
      /no approval of exactly this/.test(error.message) ? 'no approval of exactly this' : error.message,
  );
}

async function approvedPlan(differently: { plannedAt?: Date | null; subject?: string } = {}): Promise<string> {
  const approvalId = await ledger.openPlan({ version: 1, hashes: ['approved', 'also approved'], ...differently });
  await ledger.approve(approvalId);
  return approvalId;
}

const DENIED = 'no approval of exactly this';

describe('a letter to a government leaves', () => {
  it('when it is approved, the hold is over and its day has come', async () => {
    const approvalId = await approvedPlan();
    expect(await claim(await ledger.addLetter({ approvalId }), PLANNED_AT)).toBe('may leave');
  });

  it('not without an approval', async () => {
    await approvedPlan();
    expect(await claim(await ledger.addLetter(), PLANNED_AT)).toBe(DENIED);
  });

  it.each(['open', 'refused', 'changesRequested', 'lapsed', 'withdrawn', 'superseded'])(
    'not while the approval is %s',
    async (state) => {
      const approvalId = await ledger.openPlan({ version: 1, hashes: ['approved'] });
      const ended = { state, closedAt: state === 'open' ? null : APPROVED_AT };
      await ledger.records.approval.update({ where: { id: approvalId }, data: ended });
      expect(await claim(await ledger.addLetter({ approvalId }), PLANNED_AT)).toBe(DENIED);
    },
  );

  it.each([
    ['with other words', { contentHash: 'other' }],
    ['to another address', { recipient: 'mission@fra.example' }],
    ['about another case', { caseId: 'ccm/2031/cycle' }],
  ])('not %s than what was approved', async (_what, differently) => {
    const approvalId = await approvedPlan();
    expect(await claim(await ledger.addLetter({ approvalId, ...differently }), PLANNED_AT)).toBe(DENIED);
  });

  it('not before its day', async () => {
    const approvalId = await approvedPlan();
    const letterId = await ledger.addLetter({ approvalId });
    expect(await claim(letterId, new Date(PLANNED_AT.getTime() - 1))).toBe(DENIED);
    expect(await claim(letterId, PLANNED_AT)).toBe('may leave');
  });

  it('not before the hold is over, also when it has no day of its own', async () => {
    const approvalId = await approvedPlan({ plannedAt: null });
    const letterId = await ledger.addLetter({ approvalId });
    expect(await claim(letterId, new Date(HOLD_OVER.getTime() - 1))).toBe(DENIED);
    expect(await claim(letterId, HOLD_OVER)).toBe('may leave');
  });

  it('not while a newer version that says otherwise is being decided, but when it says the same', async () => {
    const subject = 'a plan that changes';
    const approvalId = await approvedPlan({ subject });
    const changed = await ledger.addLetter({ approvalId });
    const same = await ledger.addLetter({ approvalId, contentHash: 'also approved' });
    await ledger.openPlan({ version: 2, hashes: ['also approved', 'moved'], subject });
    expect(await claim(changed, PLANNED_AT)).toBe(DENIED);
    expect(await claim(same, PLANNED_AT)).toBe('may leave');
  });

  it.each(['refused', 'changesRequested', 'lapsed', 'withdrawn'])(
    'not once the newer version is %s either, until it is set aside',
    async (state) => {
      const subject = `a plan whose change is ${state}`;
      const letterId = await ledger.addLetter({ approvalId: await approvedPlan({ subject }) });
      const newer = { where: { id: await ledger.openPlan({ version: 2, hashes: ['moved'], subject }) } };
      await ledger.records.approval.update({ ...newer, data: { state, closedAt: PLANNED_AT } });
      expect(await claim(letterId, PLANNED_AT)).toBe(DENIED);
      await ledger.records.approval.update({ ...newer, data: { setAsideAt: PLANNED_AT } });
      expect(await claim(letterId, PLANNED_AT)).toBe('may leave');
    },
  );

  it('as the newest version has it, when there have been several', async () => {
    const subject = 'a plan that changes to and fro';
    const letterId = await ledger.addLetter({ approvalId: await approvedPlan({ subject }) });
    const second = await ledger.openPlan({ version: 2, hashes: ['moved'], subject });
    await ledger.records.approval.update({ where: { id: second }, data: { state: 'refused', closedAt: PLANNED_AT } });
    await ledger.openPlan({ version: 3, hashes: ['approved'], subject });
    expect(await claim(letterId, PLANNED_AT)).toBe('may leave');
  });

  it('not while dates have moved that no version answers, nor by the answer to an earlier move', async () => {
    const approvalId = await approvedPlan({ subject: 'plan' });
    const letterId = await ledger.addLetter({ approvalId });
    for (const [at, how] of [
      [APPROVED_AT, 'answersChangeId'],
      [HOLD_OVER, 'keptChangeId'],
    ] as const) {
      const id = randomUUID();
      const moved = { caseId: CYCLE, deadlineOn: '2031-05-30', meetingOn: '', reason: 'The hall is taken' };
      await ledger.records.dateChange.create({ data: { id, ...moved, personId: ledger.ana, at } });
      expect(await claim(letterId, PLANNED_AT)).toBe(DENIED);
      await ledger.records.approval.update({ where: { id: approvalId }, data: { [how]: id } });
    }
    expect(await claim(letterId, PLANNED_AT)).toBe('may leave');
  });

  it('never by a letter that was replaced, and only one that waits can be', async () => {
    const replaced = { state: 'cancelled', replacedById: randomUUID() };
    const letterId = await ledger.addLetter({ occurrence: 3_000 });
    await ledger.records.letter.update({ where: { id: letterId }, data: replaced });
    const anew = await ledger.addLetter({ occurrence: 3_000, approvalId: await approvedPlan() });
    expect(await claim(anew, PLANNED_AT)).toBe('may leave');
    await expect(ledger.records.letter.update({ where: { id: anew }, data: replaced })).rejects.toThrow(
      'that is sending does not become cancelled',
    );
    const left = await ledger.addLetterThatIs('cancelled');
    const data = { replacedById: randomUUID() };
    await expect(ledger.records.letter.update({ where: { id: left }, data })).rejects.toThrow('cannot be replaced');
  });

  it('not under the old version once the newer one is approved', async () => {
    const subject = 'a plan that is replaced';
    const approvalId = await approvedPlan({ subject });
    const letterId = await ledger.addLetter({ approvalId });
    await ledger.approve(await ledger.openPlan({ version: 2, hashes: ['moved'], subject }));
    await ledger.records.approval.update({ where: { id: approvalId }, data: { state: 'superseded' } });
    expect(await claim(letterId, PLANNED_AT)).toBe(DENIED);
  });
});

describe('a letter to our own people', () => {
  it('leaves without an approval', async () => {
    expect(await claim(await ledger.addLetter({ class: 'internal' }), APPROVED_AT)).toBe('may leave');
  });

  it('cannot be passed off as one to our own people', async () => {
    await expect(ledger.addLetter({ class: 'internal', recipient: 'mission@lao.example' })).rejects.toThrow(
      'is to none of our own people and needs an approval',
    );
  });
});

describe('the bytes of a letter', () => {
  it('are refused when they are not those of its hash', async () => {
    const { mime } = bytesOf('Subject: Other\r\n\r\nOther words\r\n');
    await expect(ledger.addLetter({ mime })).rejects.toThrow('are not those of its hash');
  });

  it.each([
    ['words', bytesOf('Subject: Other\r\n\r\nOther words\r\n')],
    ['hash', { contentHash: 'other' }],
    ['recipient', { recipient: 'somebody@else.example' }],
    ['class', { class: 'internal' }],
    ['name', { messageId: '<other@isu.example>' }],
    ['sender', { envelopeFrom: 'somebody@else.example' }],
    ['case', { caseId: CYCLE }],
    ['step', { step: 'invitation' }],
    ['purpose', { purpose: 'invitation' }],
    ['occasion', { occurrence: 2_000 }],
  ])('do not change: other %s', async (_what, data) => {
    const id = await ledger.addLetter();
    await expect(ledger.records.letter.update({ where: { id }, data })).rejects.toThrow('a letter does not change');
  });

  it('are written once for each State, step and occasion', async () => {
    await ledger.addLetter({ occurrence: 1_000 });
    await expect(ledger.addLetter({ occurrence: 1_000 })).rejects.toMatchObject({ code: 'P2002' });
    expect(await ledger.records.letter.count({ where: { occurrence: 1_000 } })).toBe(1);
  });
});

const STATES = ['queued', 'sending', 'committing', 'sent', 'refused', 'unknown', 'cancelled'];
const MOVES = new Set([
  'queued sending',
  'queued cancelled',
  'sending queued',
  'sending committing',
  'sending refused',
  'committing queued',
  'committing sent',
  'committing refused',
  'committing unknown',
  'unknown sent',
  'unknown queued',
  'unknown cancelled',
  'refused queued',
  'refused cancelled',
]);

describe('the state of a letter', () => {
  it.each<[string, Partial<Prisma.LetterUncheckedCreateInput>]>([
    ...STATES.filter((state) => state !== 'queued').map((state): [string, { state: string }] => [state, { state }]),
    ['tried', { attempt: 1 }],
    ['taken', { claimedAt: PLANNED_AT }],
    ['ended', { endedAt: PLANNED_AT }],
    ['replaced', { replacedById: randomUUID() }],
  ])('is queued at first: none begins as %s', async (_state, differently) => {
    await expect(ledger.addLetter({ class: 'internal', ...differently })).rejects.toThrow('a new Letter is queued');
  });

  it('moves only as the ledger knows it', async () => {
    const allowed: string[] = [];
    for (const from of STATES)
      for (const to of STATES.filter((state) => state !== from)) {
        const id = await ledger.addLetterThatIs(from);
        const move = ledger.records.letter.update({ where: { id }, data: { state: to } });
        const isLegal = await move.then(
          () => true,
          (error: Error) => !error.message.includes(`a letter that is ${from} does not become ${to}`),
        );
        if (isLegal) allowed.push(`${from} ${to}`);
      }
    expect(new Set(allowed)).toEqual(MOVES);
  });
});
