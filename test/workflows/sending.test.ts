import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApplicationFailure } from '@temporalio/common';
import type { Deps } from '../../activities/index.ts';
import { sendActivities } from '../../activities/send.ts';
import type { Ending } from '../../activities/send-ledger.ts';
import { createPost } from '../../adapters/post.ts';
import { perform } from '../support/activity.ts';
import { type Fault, type FaultySmtp, startFaultySmtp } from '../support/faulty-smtp.ts';
import { type Ledger, openLedger, PLANNED_AT } from '../support/ledger.ts';

let ledger: Ledger;
let peer: FaultySmtp;
let folder: string;
let approvalId: string;
let letterId: string;

beforeAll(async () => {
  ledger = await openLedger();
  approvalId = await ledger.openPlan({ version: 1, hashes: ['approved'] });
  await ledger.approve(approvalId);
});
afterAll(() => ledger.close());

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sending-'));
  peer = await startFaultySmtp();
  letterId = await ledger.addLetter({ approvalId });
});
afterEach(async () => {
  await peer.stop();
  rmSync(folder, { recursive: true });
});

/** One attempt of the engine to send the letter, on the day it is planned for. */
async function attempt({ at = PLANNED_AT } = {}): Promise<Ending | 'cancelled'> {
  const post = createPost({ smtpUrl: peer.url, journalFile: join(folder, 'journal'), socketTimeoutMs: 3_000 });
  const { sendLetter } = sendActivities({ records: ledger.records, post } as Deps);
  return await perform(sendLetter, { letterId, now: at.getTime() });
}

const row = () => ledger.records.letter.findUniqueOrThrow({ where: { id: letterId } });
async function attempts(): Promise<string[]> {
  const all = await ledger.records.sendAttempt.findMany({ where: { letterId }, orderBy: { id: 'asc' } });
  return all.map(({ attempt: number, event }) => `${number} ${event}`);
}
async function acts(): Promise<string[]> {
  const detail = { path: ['letterId'], equals: letterId };
  const entries = await ledger.records.timelineEntry.findMany({ where: { detail }, orderBy: { seq: 'asc' } });
  return entries.map(({ act }) => act);
}
const leaves = (state: string) =>
  ledger.records
    .$executeRaw`UPDATE "Letter" SET state = ${state}, attempt = 1, "claimedAt" = ${PLANNED_AT} WHERE id = ${letterId}::uuid`;

describe('a letter the mail server takes', () => {
  it('is sent, with the very bytes that were stored, and the board shows it', async () => {
    expect(await attempt()).toBe('sent');
    const { mime, recipient, state, response } = await row();
    expect(peer.accepted).toEqual([
      { from: 'secretariat@isu.example', to: [recipient], mime: Buffer.from(mime).toString() },
    ]);
    expect([state, response]).toEqual(['sent', '250 Kept']);
    expect([await attempts(), await acts()]).toEqual([['1 dot', '1 sent'], ['sent']]);
    expect(await ledger.records.caseStep.findMany()).toMatchObject([{ step: 'reminders', standing: 'done' }]);
  });

  it('is not sent again when the engine asks again', async () => {
    expect([await attempt(), await attempt()]).toEqual(['sent', 'sent']);
    expect(peer.accepted).toHaveLength(1);
    expect(await row()).toMatchObject({ attempt: 1 });
  });
});

describe('a letter the mail server wants later', () => {
  it.each<[string, Fault]>([
    ['at the greeting', { at: 'greeting', answer: '421 Busy' }],
    ['at the recipient', { at: 'rcpt', answer: '451 Greylisted' }],
    ['after the last dot', { at: 'dot', answer: '451 Disk full' }],
  ])('%s waits five minutes and is sent then, once', async (_when, fault) => {
    peer.fails(fault);
    const failure = await attempt().catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ApplicationFailure);
    expect(failure).toMatchObject({ type: 'Later', nonRetryable: false, nextRetryDelay: 5 * 60_000 });
    expect(await row()).toMatchObject({ state: 'queued', endedAt: null });
    peer.fails(null);
    expect(await attempt()).toBe('sent');
    expect(peer.accepted).toHaveLength(1);
    expect((await attempts()).filter((each) => each.endsWith('later'))).toEqual(['1 later']);
  });

  it('waits longer each time, at most six hours', async () => {
    peer.fails({ at: 'rcpt', answer: '451 Greylisted' });
    const minutes: number[] = [];
    for (let tries = 0; tries < 8; tries++)
      minutes.push(
        ((await attempt().catch((error: unknown) => error)) as { nextRetryDelay: number }).nextRetryDelay / 60_000,
      );
    expect(minutes).toEqual([5, 15, 30, 60, 120, 240, 360, 360]);
  });

  it('waits five minutes, with no letter at fault, when the server wants none of ours', async () => {
    peer.fails({ at: 'mail', answer: '530 Sign in first' });
    await expect(attempt()).rejects.toMatchObject({ type: 'Later', nextRetryDelay: 5 * 60_000 });
    await expect(attempt()).rejects.toMatchObject({ nextRetryDelay: 5 * 60_000 });
    expect(await row()).toMatchObject({ state: 'queued' });
  });
});

describe('a letter the mail server refuses', () => {
  it.each<[string, Fault]>([
    ['its recipient', { at: 'rcpt', answer: '550 No such mailbox' }],
    ['its content', { at: 'dot', answer: '554 Not this' }],
  ])('for %s ends as refused, with the answer', async (_why, fault) => {
    peer.fails(fault);
    expect(await attempt()).toBe('refused');
    expect(await row()).toMatchObject({ state: 'refused', response: fault.answer });
    expect(await acts()).toEqual(['refused']);
    peer.fails(null);
    expect(await attempt()).toBe('refused');
    expect(peer.accepted).toEqual([]);
  });
});

describe('a letter whose connection breaks', () => {
  it('before the last dot is taken up again', async () => {
    peer.fails({ at: 'body', drops: true });
    await expect(attempt()).rejects.toMatchObject({ type: 'Later' });
    peer.fails(null);
    expect(await attempt()).toBe('sent');
    expect(peer.accepted).toHaveLength(1);
  });

  it.each([[true], [false]])(
    'after the last dot is unknown, and not sent again (it had arrived: %s)',
    async (accepts) => {
      peer.fails({ at: 'dot', drops: true, accepts });
      expect(await attempt()).toBe('unknown');
      peer.fails(null);
      expect(await attempt()).toBe('unknown');
      expect(peer.accepted).toHaveLength(accepts ? 1 : 0);
      expect([await attempts(), await acts()]).toEqual([['1 dot', '1 unknown'], ['unknown']]);
    },
  );
});

describe('a letter left behind by a worker that died', () => {
  it('before the marker is taken up again', async () => {
    await leaves('sending');
    expect(await attempt()).toBe('sent');
    expect(await row()).toMatchObject({ attempt: 2 });
    expect(peer.accepted).toHaveLength(1);
  });

  it('behind the marker is unknown, and nothing is said to the mail server', async () => {
    await leaves('sending');
    await leaves('committing');
    expect(await attempt()).toBe('unknown');
    expect(peer.heard).toEqual([]);
    expect((await row()).response).toMatch(/^The worker stopped/);
  });
});

describe('two workers with the same letter', () => {
  it('the earlier one is fenced off before the last dot', async () => {
    peer.fails({ at: 'data', answer: '354 Go on', accepts: true, afterMs: 400 });
    const earlier = attempt().catch((error: Error) => error.message);
    while (peer.heard.length < 4) await new Promise((resolve) => setTimeout(resolve, 10));
    peer.fails(null);
    expect(await attempt()).toBe('sent');
    expect(await earlier).toBe('A later attempt has this letter');
    expect(peer.accepted).toHaveLength(1);
    expect(await row()).toMatchObject({ state: 'sent', attempt: 2 });
  });

  it('a late yes to the earlier one settles what the later one found unknown', async () => {
    peer.fails({ at: 'dot', answer: '250 At last', accepts: true, afterMs: 600 });
    const earlier = attempt();
    while ((await row()).state !== 'committing') await new Promise((resolve) => setTimeout(resolve, 10));
    expect(await attempt()).toBe('unknown');
    expect(await earlier).toBe('sent');
    expect(await row()).toMatchObject({ state: 'sent', response: '250 At last' });
    expect(peer.accepted).toHaveLength(1);
  });

  it('twenty at once hand it over at most once', async () => {
    const ends = await Promise.allSettled(Array.from({ length: 20 }, () => attempt()));
    expect(peer.accepted.length).toBeLessThanOrEqual(1);
    const { state } = await row();
    expect(['sent', 'unknown', 'sending']).toContain(state);
    expect(state === 'sent').toBe(peer.accepted.length === 1);
    expect(ends).toHaveLength(20);
  });
});

describe('a letter without an approval of exactly this', () => {
  it('does not leave before its day', async () => {
    await expect(attempt({ at: new Date(PLANNED_AT.getTime() - 60_000) })).rejects.toMatchObject({
      type: 'NotApproved',
      nonRetryable: true,
    });
    expect(peer.heard).toEqual([]);
    expect(await row()).toMatchObject({ state: 'queued', attempt: 0 });
  });

  it('does not leave at all', async () => {
    letterId = await ledger.addLetter({ approvalId, contentHash: 'another' });
    await expect(attempt()).rejects.toMatchObject({ type: 'NotApproved' });
    expect(peer.heard).toEqual([]);
  });

  it('leaves without one when it is to our own people', async () => {
    letterId = await ledger.addLetter({ class: 'internal', contentHash: 'note' });
    expect(await attempt()).toBe('sent');
  });
});

describe('a letter that was left', () => {
  it('stays cancelled, and nothing is said to the mail server', async () => {
    await leaves('cancelled');
    expect(await attempt()).toBe('cancelled');
    expect(peer.heard).toEqual([]);
  });
});
