import { type Evidence, judge, type Verdict } from '../../bench/crash/verdict.ts';
import { cleanRun, handedOver, receipt, SENT_AT, secondReceipt } from './clean-run.ts';

const NOTHING = { duplicates: 0, lost: 0, unapproved: 0, undecided: 0, unexplained: 0 };

function verdictOn(change: (run: Evidence) => void): Verdict {
  const run = cleanRun();
  change(run);
  return judge(run).verdict;
}

const receiptIn = ({ rows }: Evidence) => rows.letters.find(({ purpose }) => purpose === 'receipt')!;
const sessionOfReceipt = (run: Evidence) =>
  run.peer.find((line) => line.event === 'body' && line.messageId === receiptIn(run).messageId)!.session;
const decisionIn = ({ rows }: Evidence) => rows.decisions[0]!;
const factIn = ({ rows }: Evidence, wanted: string) => rows.facts.find(({ id }) => id.startsWith(wanted))!;

/** The mail server never accepted the receipt. */
function unaccepted(run: Evidence): void {
  const session = sessionOfReceipt(run);
  run.peer = run.peer.filter((line) => line.session !== session || line.event !== 'accepted');
}

/** One letter of this kind was neither written nor handed over. */
function without(run: Evidence, purpose: string): void {
  const gone = run.rows.letters.find((letter) => letter.purpose === purpose)!;
  run.rows.letters = run.rows.letters.filter((letter) => letter !== gone);
  const { session } = run.peer.find((line) => line.event === 'body' && line.messageId === gone.messageId)!;
  run.peer = run.peer.filter((line) => line.session !== session);
}

describe('The judge of the fault bench', () => {
  it('finds nothing where nothing went wrong', () => {
    expect(verdictOn(() => {})).toEqual({ letters: 7, kills: 0, smtpFaults: 0, unknown: 0, ...NOTHING });
  });

  it('counts what was killed, not what was stopped for a while, and each session that was made to fail once', () => {
    const counted = verdictOn((run) => {
      const session = sessionOfReceipt(run);
      run.peer.push({ at: SENT_AT, session, event: 'fault', step: 'data', shape: 'tarpit', drops: false });
      run.peer.push({ at: SENT_AT, session, event: 'fault', step: 'dot', shape: 'tarpit', drops: false });
      run.blows.push({ at: 0, part: 'web', frozenFor: null }, { at: 0, part: 'worker 1', frozenFor: 13 });
    });
    expect(counted).toMatchObject({ kills: 1, smtpFaults: 1 });
  });

  it.each<[string, Partial<Verdict>, (run: Evidence) => void]>([
    [
      'accepted twice under one Message-ID',
      { duplicates: 1 },
      (run) => void run.peer.push(...handedOver({ letter: receipt(), session: 'again' })),
    ],
    [
      'accepted twice under two Message-IDs',
      { duplicates: 1 },
      (run) => {
        run.rows.letters.push(secondReceipt());
        run.peer.push(...handedOver({ letter: secondReceipt(), session: 'again' }));
      },
    ],
    ['said to be sent and never accepted', { lost: 1 }, unaccepted],
    [
      'still queued at the end',
      { lost: 1 },
      (run) => {
        unaccepted(run);
        receiptIn(run).state = 'queued';
      },
    ],
    ['refused and yet accepted', { unexplained: 1 }, (run) => void (receiptIn(run).state = 'refused')],
    ['sent without an approval', { unapproved: 1 }, (run) => void (receiptIn(run).approvalId = null)],
    ['sent with other content than approved', { unapproved: 1 }, (run) => void (receiptIn(run).contentHash = 'other')],
    ['sent with other bytes than its row has', { unapproved: 1 }, (run) => void (receiptIn(run).mimeSha256 = 'other')],
    ['sent before the hold was over', { unapproved: 1 }, (run) => void (run.rows.approvals[0]!.holdMinutes = 60)],
    ['sent before its day', { unapproved: 1 }, (run) => void (run.rows.items[1]!.plannedAt = SENT_AT + 60_000)],
    ['sent before everybody had decided', { unapproved: 1 }, (run) => void (decisionIn(run).at = SENT_AT)],
    ['sent to a stranger as if internal', { unapproved: 1 }, (run) => void (receiptIn(run).class = 'internal')],
    [
      'sent to another address than its row has',
      { unapproved: 1 },
      ({ peer }) => {
        for (const line of peer)
          if (line.event === 'accepted' && line.to[0]!.includes('lao')) line.to = ['x@y.example'];
      },
    ],
    [
      'sent to a State Party and stands in no row',
      { unapproved: 1 },
      (run) => void run.peer.push(...handedOver({ letter: { ...receipt(), messageId: '<x>' }, session: 'x' })),
    ],
  ])('finds a letter that was %s', (_, broken, change) => {
    expect(verdictOn(change)).toMatchObject({ ...NOTHING, ...broken });
  });

  it.each<[string, Partial<Verdict>, (run: Evidence) => void]>([
    ['a receipt that was never written', { lost: 1 }, (run) => without(run, 'receipt')],
    ['a request to an approver that was never written', { lost: 1 }, (run) => without(run, 'approval-request')],
    ['an outcome that no approver was told', { lost: 1 }, (run) => without(run, 'approval-outcome')],
    [
      'an invitation whose day has come and that was never written',
      { lost: 1 },
      (run) => {
        without(run, 'receipt');
        run.answers = run.answers.filter(({ what }) => what !== 'report');
        run.rows.submissions = [];
      },
    ],
    [
      'a decision answered as recorded, without its row',
      { undecided: 1 },
      ({ answers }) => void answers.push({ at: 0, what: 'decision', selector: 'another', choice: 'approve' }),
    ],
    [
      'a decision its case never heard of',
      { undecided: 1 },
      (run) => void (factIn(run, 'decision').isDelivered = false),
    ],
    ['a decision its case refused', { undecided: 1 }, (run) => void (factIn(run, 'decision').lastError = 'refused')],
    ['a decision without a receipt', { undecided: 1 }, (run) => without(run, 'decision-receipt')],
    [
      'an approval given by all and still open',
      { undecided: 1, unapproved: 1 },
      (run) => void (run.rows.approvals[0]!.state = 'open'),
    ],
    [
      'a report answered as recorded, without its row',
      { lost: 1 },
      ({ answers }) => void answers.push({ at: 0, what: 'report', caseId: 'another' }),
    ],
    ['a report its case never heard of', { lost: 1 }, (run) => void (factIn(run, 'report').isDelivered = false)],
    ['a report its case refused', { lost: 1 }, (run) => void (factIn(run, 'report').lastError = 'closed')],
  ])('finds %s', (_, broken, change) => {
    expect(verdictOn(change)).toMatchObject({ ...NOTHING, ...broken });
  });

  it('leaves sign-in mails to our own people alone: they stand in no ledger', () => {
    const letter = { ...receipt(), messageId: '<sign-in>', recipient: 'ana@mission.example' };
    expect(verdictOn((run) => void run.peer.push(...handedOver({ letter, session: 'web 1' })))).toMatchObject(NOTHING);
  });

  it('leaves a letter that was not written alone when the ISU has been asked about it', () => {
    const asked = verdictOn((run) => {
      without(run, 'receipt');
      const about = { purpose: 'receipt', occurrence: 1 };
      run.rows.tasks.push({ caseId: run.rows.submissions[0]!.caseId, kind: 'notApproved', about });
    });
    expect(asked).toMatchObject(NOTHING);
  });
});

describe('A letter nobody knows about', () => {
  const explained = (change: (run: Evidence) => void): boolean => {
    const { unknown, unexplained } = verdictOn((run) => {
      receiptIn(run).state = 'unknown';
      change(run);
    });
    expect(unknown).toBe(1);
    return unexplained === 0;
  };
  const blow = (given: Partial<Evidence['blows'][number]>) => (run: Evidence) =>
    void run.blows.push({ at: SENT_AT + 15, part: 'worker 1', frozenFor: null, ...given });
  const fault = (step: 'rcpt' | 'dot', drops: boolean) => (run: Evidence) =>
    void run.peer.push({ at: SENT_AT, session: sessionOfReceipt(run), event: 'fault', step, shape: 'one', drops });

  it.each<[string, boolean, (run: Evidence) => void]>([
    ['nothing happened to it', false, () => {}],
    ['the mail server dropped the connection at its dot', true, fault('dot', true)],
    ['the mail server said no or was slow at its dot', false, fault('dot', false)],
    ['the mail server dropped the connection before its text', false, fault('rcpt', true)],
    ['its worker was killed meanwhile', true, blow({})],
    ['its worker was killed a second after the answer', true, blow({ at: SENT_AT + 1_000 })],
    ['its worker was killed a minute later', false, blow({ at: SENT_AT + 60_000 })],
    ['its worker was killed before it', false, blow({ at: SENT_AT - 10 })],
    ['its worker was stopped for a while', false, blow({ frozenFor: 13 })],
    ['the other worker was killed meanwhile', false, blow({ part: 'worker 2' })],
    ['the database was killed meanwhile', true, blow({ part: 'postgres' })],
    ['the database was killed long before', false, blow({ part: 'postgres', at: SENT_AT - 10_000 })],
    ['the pages were killed meanwhile', false, blow({ part: 'web' })],
    ['the engine was killed meanwhile', false, blow({ part: 'temporal' })],
  ])('%s: that explains it is %s', (_, isExplained, change) => {
    expect(explained(change)).toBe(isExplained);
  });

  it('is explained by what happened to its own session, not to another of the same recipient', () => {
    const other = { ...receipt(), id: 'other', messageId: '<other>', state: 'refused' };
    const lines = handedOver({ letter: other, session: 'other' }).filter(({ event }) => event !== 'accepted');
    const isExplained = explained((run) => {
      run.peer.push(...lines, {
        at: SENT_AT,
        session: 'other',
        event: 'fault',
        step: 'dot',
        shape: 'one',
        drops: true,
      });
    });
    expect(isExplained).toBe(false);
  });
});
