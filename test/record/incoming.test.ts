import { randomUUID } from 'node:crypto';
import MailComposer from 'nodemailer/lib/mail-composer';
import { pino } from 'pino';
import type { InboundMail } from '../../adapters/inbox.ts';
import type { IncomingFiles } from '../../adapters/incoming-file.ts';
import type { Records } from '../../adapters/records.ts';
import { Refused } from '../../domain/refusals.ts';
import { createIncoming } from '../../worker/incoming.ts';
import { CASE, type Ledger, openLedger } from '../support/ledger.ts';

const NOW = new Date('2031-02-01T08:00:00Z');
const MISSION = 'mission@lao.example';
const LAST_YEAR = 'ccm/2030/report-intake/LAO';

let ledger: Ledger;
beforeEach(async () => {
  ledger = await openLedger();
  await registerAddress('LAO', MISSION);
});
afterEach(() => ledger.close());

/** PDF files are reports, one called broken.pdf makes the reader itself fail; everything else is refused. */
const files: IncomingFiles = {
  async check({ fileName, ...file }) {
    if (fileName === 'broken.pdf') throw new RangeError('stack exhausted');
    if (!fileName.endsWith('.pdf') || !('bytes' in file)) throw new Refused('fileWrongType');
    return { bytes: file.bytes, fileName, mediaType: 'application/pdf', cautions: [] };
  },
  close: () => {},
};

/** What lies in the mailbox, and the door it comes in by. */
function mailboxWith(mails: InboundMail[], records: Records = ledger.records) {
  const policy = { upload: { maxBytes: 1_000_000, maxFiles: 3 } } as never;
  const inbox = {
    fetchAfter: async (readUpTo: (mailbox: string) => Promise<number>) => {
      const cursors = await Promise.all(mails.map(({ mailbox }) => readUpTo(mailbox)));
      return mails.filter(({ uid }, at) => uid > cursors[at]!);
    },
  };
  const clock = { now: () => NOW };
  return createIncoming({ records, inbox, files, clock, policy, log: pino({ level: 'silent' }) });
}

type Writing = { from?: string; attachments?: string[]; answering?: string; uid?: number; mailbox?: string };

async function mail({ from = MISSION, attachments = [], answering, uid = 1, mailbox = 'INBOX 7' }: Writing = {}) {
  const files = attachments.map((filename) => ({ filename, content: `content of ${filename}` }));
  const written = {
    from,
    to: 'isu@isu.example',
    subject: 'Our report',
    text: 'With our compliments.',
    inReplyTo: answering,
  };
  const raw = await new MailComposer({ ...written, attachments: files }).compile().build();
  return { mailbox, uid, raw, size: raw.length, receivedAt: NOW };
}

async function registerAddress(stateParty: string, email: string): Promise<void> {
  const how = { kind: 'mission', name: 'Mission', language: 'en', certainty: 'invented', since: NOW };
  await ledger.records.contact.create({ data: { id: randomUUID(), stateParty, email, ...how } });
}

async function openAnotherCase(id: string, closedAt: Date | null = null): Promise<void> {
  const { records } = ledger;
  const { input: _input, ...row } = await records.case.findUniqueOrThrow({ where: { id: CASE } });
  await records.case.create({ data: { ...row, id, input: {}, closedAt } });
}

async function filed(): Promise<string[]> {
  const submissions = await ledger.records.submission.findMany({ orderBy: { version: 'asc' } });
  return submissions.map(({ caseId, fileName, version }) => `${caseId} ${fileName} ${version}`);
}

const kept = () => ledger.records.inboundMail.findMany({ orderBy: { uid: 'asc' } });

describe('a mail with a report', () => {
  it('is kept, its report filed and its case told', async () => {
    const { collect } = mailboxWith([await mail({ attachments: ['report.pdf'] })]);
    expect([await collect(), await collect()]).toEqual([1, 0]);
    expect(await filed()).toEqual([`${CASE} report.pdf 1`]);
    const listed = [{ fileName: 'report.pdf', size: 21, refusal: null }];
    expect(await kept()).toMatchObject([{ caseId: CASE, trayWhy: null, filedAt: NOW, files: listed }]);
    expect(await ledger.records.outbox.count({ where: { workflowId: CASE, name: 'reportReceived' } })).toBe(1);
  });

  it('is tried again as a whole when the database breaks off, and is then filed once', async () => {
    let breaksOff = true;
    const records = new Proxy(ledger.records, {
      get(target, name: keyof Records) {
        if (name !== '$transaction' || !breaksOff) return target[name];
        return (act: (tx: unknown) => Promise<void>) =>
          target.$transaction(async (tx) => {
            await act(tx);
            throw new Error('connection lost');
          });
      },
    });
    const { collect } = mailboxWith([await mail({ attachments: ['report.pdf'] })], records);
    await expect(collect()).rejects.toThrow('connection lost');
    expect([await filed(), await kept(), await ledger.records.inboxCursor.count()]).toEqual([[], [], 0]);
    breaksOff = false;
    expect(await collect()).toBe(1);
    expect(await filed()).toEqual([`${CASE} report.pdf 1`]);
    expect(await kept()).toHaveLength(1);
  });

  it('is filed once when two workers look at the same time', async () => {
    const mails = [await mail({ attachments: ['report.pdf'] })];
    await Promise.all([mailboxWith(mails).collect(), mailboxWith(mails).collect()]);
    expect([await filed(), (await kept()).length]).toEqual([[`${CASE} report.pdf 1`], 1]);
    expect(await ledger.records.timelineEntry.count({ where: { act: 'wroteToUs' } })).toBe(1);
  });
});

describe('the files of a mail', () => {
  it.each<[string, string[], string | RegExp]>([
    ['a report and its annex', ['report.pdf', 'annex.pdf'], 'It holds 2 files: report.pdf, annex.pdf. Say which'],
    ['a report and what cannot be received', ['cover.pdf', 'report.doc'], 'It holds 2 files: cover.pdf, report.doc.'],
    [
      'more than are looked at',
      ['1.pdf', '2.pdf', '3.pdf', '4.pdf'],
      'It holds 4 files: 1.pdf, 2.pdf, 3.pdf, and 1 more.',
    ],
    ['none', [], 'It holds no report. Read it and answer.'],
    ['only a picture', ['scan.jpg'], 'An attachment could not be received. scan.jpg: Only PDF and Word'],
    [
      'one that the reader fails at',
      ['broken.pdf'],
      'An attachment could not be received. broken.pdf: The file could not',
    ],
  ])('%s: none is filed by itself, and the tray says why', async (_what, attachments, why) => {
    await mailboxWith([await mail({ attachments })]).collect();
    expect(await filed()).toEqual([]);
    const [lying] = await kept();
    expect(lying).toMatchObject({ caseId: CASE, trayWhy: expect.stringContaining(why as string), filedAt: null });
    expect((lying!.files as unknown[]).length).toBe(Math.min(attachments.length, 3));
  });

  it('a report beside the crest of the sender’s signature is filed', async () => {
    await mailboxWith([await mail({ attachments: ['crest.png', 'report.pdf'] })]).collect();
    expect(await filed()).toEqual([`${CASE} report.pdf 1`]);
  });
});

describe('a mail that answers a letter of a closed case', () => {
  let letterOfLastYear: string;
  beforeEach(async () => {
    await openAnotherCase(LAST_YEAR, NOW);
    const id = await ledger.addLetter({ caseId: LAST_YEAR });
    letterOfLastYear = (await ledger.records.letter.findUniqueOrThrow({ where: { id } })).messageId;
  });

  it('is filed on the open case of the sender’s State Party', async () => {
    await mailboxWith([await mail({ answering: letterOfLastYear, attachments: ['report.pdf'] })]).collect();
    expect(await filed()).toEqual([`${CASE} report.pdf 1`]);
  });

  it('lies in the tray with its case when the sender is in no register', async () => {
    const from = 'minister@lao.example';
    await mailboxWith([await mail({ from, answering: letterOfLastYear, attachments: ['report.pdf'] })]).collect();
    expect(await filed()).toEqual([]);
    const trayWhy = 'It answers a letter of a case that is closed: report-intake/2030/LAO.';
    expect(await kept()).toMatchObject([{ caseId: LAST_YEAR, trayWhy }]);
  });
});

describe('a mail that answers no letter', () => {
  it('lies in the tray when the sender’s State Party has more than one open case, or none', async () => {
    await openAnotherCase(`${CASE}/initial`);
    await mailboxWith([await mail({ attachments: ['report.pdf'] })]).collect();
    await ledger.records.case.updateMany({ data: { closedAt: NOW } });
    await mailboxWith([await mail({ attachments: ['report.pdf'], uid: 2 })]).collect();
    expect(await filed()).toEqual([]);
    const [several, none] = await kept();
    expect(several!.trayWhy).toContain('has more than one open case: say which.');
    expect(none!.trayWhy).toContain('has no open case.');
  });

  it('lies in the tray when its address stands for two States Parties', async () => {
    await registerAddress('FRA', MISSION.toUpperCase());
    await openAnotherCase('ccm/2031/report-intake/FRA');
    await ledger.records.case.update({ where: { id: 'ccm/2031/report-intake/FRA' }, data: { stateParty: 'FRA' } });
    await mailboxWith([await mail({ attachments: ['report.pdf'] })]).collect();
    expect(await filed()).toEqual([]);
    expect(await kept()).toMatchObject([{ caseId: null }]);
  });
});

describe('a mailbox that was made anew', () => {
  it('is read from its first mail, and what lay in the old one is not filed again', async () => {
    const old = await mail({ attachments: ['report.pdf'], uid: 4_000_000_000 });
    await mailboxWith([old]).collect();
    const fresh = await mail({ attachments: ['newer.pdf'], uid: 2, mailbox: 'INBOX 8' });
    expect(await mailboxWith([{ ...old, uid: 1, mailbox: 'INBOX 8' }, fresh]).collect()).toBe(2);
    expect(await filed()).toEqual([`${CASE} report.pdf 1`, `${CASE} newer.pdf 2`]);
    expect(await kept()).toHaveLength(2);
    expect(await ledger.records.inboxCursor.findMany({ orderBy: { mailbox: 'asc' } })).toEqual([
      { mailbox: 'INBOX 7', uid: 4_000_000_000n },
      { mailbox: 'INBOX 8', uid: 2n },
    ]);
  });
});
