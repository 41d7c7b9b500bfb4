import { createHash } from 'node:crypto';
import type { PeerLine, Sender } from '../../bench/crash/log.ts';
import type { Rows } from '../../bench/crash/record.ts';
import type { Evidence } from '../../bench/crash/verdict.ts';

type Letter = Rows['letters'][number];

const CYCLE = 'ccm/2031/cycle';
const CASE = 'ccm/2031/report-intake/LAO';
const PLAN = 'plan';
/** When the plan was approved, and when each letter was handed over; milliseconds. */
const APPROVED_AT = 1_000_000;
export const SENT_AT = 2_000_000;
const COORDINATORS = ['ana', 'moussa'];

/**
 * What is left of a run in which nothing went wrong: two Coordinators asked, decided, thanked and told; one report
 * received and acknowledged; nobody killed.
 */
export function cleanRun(): Evidence {
  const letters = [...COORDINATORS.flatMap(lettersTo), receipt()];
  return {
    peer: letters.flatMap((letter, at) => handedOver({ letter, session: `worker 1 ${at}` })),
    blows: [],
    answers: [
      ...COORDINATORS.map((who) => ({ at: 0, what: 'decision' as const, selector: `link ${who}`, choice: 'approve' })),
      { at: 0, what: 'report', caseId: CASE },
    ],
    rows: {
      people: COORDINATORS.map((who) => ({ id: who, email: addressOf(who) })),
      letters,
      approvals: [{ id: PLAN, caseId: CYCLE, state: 'approved', closedAt: APPROVED_AT, holdMinutes: 1 }],
      slots: COORDINATORS.map((personId) => ({ approvalId: PLAN, personId })),
      items: [itemOf('invitation', SENT_AT), itemOf('receipt', null)],
      decisions: COORDINATORS.map(decisionOf),
      facts: [...COORDINATORS.map((who) => `decision of ${who}`), 'report'].map(delivered),
      submissions: [{ id: 'report', caseId: CASE, version: 1 }],
      tasks: [],
    },
    now: SENT_AT + 60_000,
  };
}

function itemOf(purpose: string, plannedAt: number | null): Rows['items'][number] {
  const to = { caseId: CASE, recipient: MISSION, occurrence: 1 };
  return { approvalId: PLAN, hash: `content of ${purpose}`, purpose, plannedAt, ...to };
}

function decisionOf(who: string): Rows['decisions'][number] {
  const given = { approvalId: PLAN, personId: who, revision: 1, choice: 'approve', at: APPROVED_AT - 1_000 };
  return { id: `decision of ${who}`, linkSelector: `link ${who}`, ...given };
}

function delivered(id: string): Rows['facts'][number] {
  return { id, isDelivered: true, lastError: null };
}

const MISSION = 'mission@lao.example';

function addressOf(who: string): string {
  return `${who}@mission.example`;
}

function lettersTo(who: string): Letter[] {
  return ['approval-request', 'decision-receipt', 'approval-outcome'].map((purpose) =>
    letterOf({ purpose, recipient: addressOf(who), caseId: CYCLE, class: 'internal', personId: who }),
  );
}

export function receipt(): Letter {
  return letterOf({ purpose: 'receipt', recipient: MISSION, caseId: CASE, class: 'official', personId: null });
}

/** The same under another Message-ID. */
export function secondReceipt(): Letter {
  return withBytes({ ...receipt(), id: 'second', messageId: '<second>' });
}

function letterOf(given: Pick<Letter, 'purpose' | 'recipient' | 'caseId' | 'class' | 'personId'>): Letter {
  const id = `${given.purpose} to ${given.recipient}`;
  const messageId = `<${given.purpose}.${given.recipient}>`;
  const fixed = { id, messageId, step: 'step', occurrence: 1, approvalId: PLAN, state: 'sent' };
  return withBytes({ ...given, ...fixed, contentHash: `content of ${given.purpose}` });
}

function withBytes(letter: Omit<Letter, 'mimeSha256'>): Letter {
  return { ...letter, mimeSha256: createHash('sha256').update(bytesOf(letter.messageId)).digest('hex') };
}

function bytesOf(messageId: string): string {
  return `Subject: Report\r\nMessage-ID: ${messageId}\r\n\r\nExcellency,\r\n`;
}

/** A session of the mail server in which this letter was handed over; `by` whom, beginning `at`. */
export function handedOver({
  letter,
  session,
  by = 'worker 1',
  at = SENT_AT,
}: {
  letter: Letter;
  session: string;
  by?: Sender;
  at?: number;
}): PeerLine[] {
  const mime = Buffer.from(bytesOf(letter.messageId)).toString('base64');
  return [
    { at, session, event: 'opened', by },
    { at, session, event: 'recipient', to: letter.recipient },
    { at, session, event: 'body', messageId: letter.messageId },
    { at: at + 10, session, event: 'accepted', to: [letter.recipient], mime },
    { at: at + 10, session, event: 'answered' },
    { at: at + 20, session, event: 'closed' },
  ];
}
