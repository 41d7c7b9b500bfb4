import { join } from 'node:path';
import { simpleParser } from 'mailparser';
import { pino } from 'pino';
import { createLetters } from '../../adapters/letters.ts';
import type { Delivery } from '../../adapters/post.ts';
import { writeTimeline } from '../../adapters/records.ts';
import { createChainHead } from '../../worker/chain-head.ts';
import { APPROVED_AT, CASE, type Ledger, openLedger } from '../support/ledger.ts';
import { treatyOf } from '../support/small-treaty.ts';

let ledger: Ledger;
let now = APPROVED_AT;
let answer: Delivery = { kind: 'accepted', response: '250 ok' };
let mailed: Buffer[] = [];
beforeEach(async () => {
  ledger = await openLedger();
  now = APPROVED_AT;
  answer = { kind: 'accepted', response: '250 ok' };
  mailed = [];
});
afterEach(() => ledger.close());

const chainHead = () =>
  createChainHead({
    records: ledger.records,
    letters: createLetters({ folder: join(import.meta.dirname, '../../templates') }),
    post: {
      verify: async () => {},
      deliver: async ({ mime }) => {
        if (answer.kind === 'accepted') mailed.push(mime);
        return answer;
      },
    },
    treaty: treatyOf(['LAO']),
    clock: { now: () => now },
    log: pino({ level: 'silent' }),
    mailFrom: 'secretariat@isu.example',
    to: 'archive@outside.example',
  });

async function something(): Promise<string> {
  const entry = { caseId: CASE, at: now, actor: 'engine', door: 'engine', act: 'opened' } as const;
  await ledger.records.$transaction((tx) => writeTimeline(tx, entry));
  return (await ledger.records.timelineEntry.findFirstOrThrow({ orderBy: { seq: 'desc' } })).hash;
}

describe('the head of the timeline’s chain', () => {
  it('is mailed to an outside address, once a day', async () => {
    const hash = await something();
    expect(await chainHead().mailToday()).toBe(true);
    expect(await chainHead().mailToday()).toBe(true);
    expect(mailed).toHaveLength(1);
    const { text, subject } = await simpleParser(mailed[0]!);
    expect(subject).toMatch(/^Focalpoint record of 10 January 2031: entry \d+$/);
    expect(text).toContain(hash);
  });

  it('is mailed again the next day, with what has happened since', async () => {
    await something();
    await chainHead().mailToday();
    now = new Date('2031-01-10T23:30:00Z');
    const hash = await something();
    expect(await chainHead().mailToday()).toBe(true);
    expect((await simpleParser(mailed[1]!)).text).toContain(hash);
  });

  it('waits for a mail server that is away, and counts as mailed only when it has gone', async () => {
    await something();
    answer = { kind: 'unavailable', reason: 'away' } as Delivery;
    expect(await chainHead().mailToday()).toBe(false);
    answer = { kind: 'accepted', response: '250 ok' };
    expect(await chainHead().mailToday()).toBe(true);
    expect(mailed).toHaveLength(1);
  });

  it('is not mailed before anything has happened', async () => {
    expect(await chainHead().mailToday()).toBe(false);
    expect(mailed).toEqual([]);
  });
});
