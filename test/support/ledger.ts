import { createHash, randomUUID } from 'node:crypto';
import { openRecords, type Prisma, type Records } from '../../adapters/records.ts';
import type { Rule } from '../../domain/approval.ts';
import { testDatabase } from './database.ts';

/** The plan of these rows was approved at nine; letters may leave at a quarter past, the dated one on its day. */
export const APPROVED_AT = new Date('2031-01-10T09:00:00Z');
export const HOLD_OVER = new Date('2031-01-10T09:15:00Z');
export const PLANNED_AT = new Date('2031-01-30T08:00:00Z');
export const CYCLE = 'ccm/2031/cycle';
export const CASE = 'ccm/2031/report-intake/LAO';

export type Ledger = Awaited<ReturnType<typeof openLedger>>;

/**
 * A database of its own with one cycle, one report case and two Coordinators. Rows are added as a test needs them; each
 * plan is about a subject of its own and each letter for another occasion, unless told otherwise.
 */
export async function openLedger() {
  let occasion = 0;
  const url = await testDatabase();
  const records = openRecords({ url });
  const [ana, moussa] = await Promise.all(['ana', 'moussa'].map((name) => addPerson(records, name)));
  await addCases(records);
  const addLetter = (differently: Partial<Prisma.LetterUncheckedCreateInput> = {}) => {
    const toAna = differently.class === 'internal' ? { personId: ana!, recipient: 'ana@mission.example' } : {};
    return insertLetter(records, { occurrence: ++occasion, ...toAna, ...differently });
  };
  return {
    url,
    records,
    ana: ana!,
    moussa: moussa!,
    /** Opens a version of the plan that holds letters with these hashes; Ana and Moussa are asked. */
    openPlan: (plan: Plan) => openPlan(records, { asks: [ana!, moussa!], ...plan }),
    /** What one of them says, by default that Ana approves what is asked; other words as a test needs them. */
    decide: (approvalId: string, differently: Partial<Prisma.DecisionUncheckedCreateInput> = {}) =>
      decide(records, { approvalId, personId: ana!, ...differently }),
    approve: (approvalId: string) => approve(records, { approvalId, approvers: [ana!, moussa!] }),
    /** To the mission of LAO; one that is internal to Ana, unless told otherwise. */
    addLetter,
    /** To Ana, and led to this state. */
    addLetterThatIs: async (wanted: string) => leadTo(records, { id: await addLetter({ class: 'internal' }), wanted }),
    close: () => records.$disconnect(),
  };
}

async function addCases(records: Records): Promise<void> {
  for (const [id, stateParty] of [
    [CYCLE, null],
    [CASE, 'LAO'],
  ] as const)
    await records.case.create({
      data: {
        id,
        stateParty,
        treaty: 'ccm',
        year: 2031,
        caseType: stateParty ? 'report-intake' : 'annual-cycle',
        input: {},
        openedAt: APPROVED_AT,
        waitingFor: 'date',
        waitingSince: APPROVED_AT,
      },
    });
}

async function addPerson(records: Records, name: string): Promise<string> {
  const id = randomUUID();
  const how = { role: 'coordinator', language: 'en', timeZone: 'Europe/Zurich', certainty: 'invented' };
  await records.person.create({ data: { id, name, email: `${name}@mission.example`, ...how } });
  return id;
}

type Plan = { version: number; hashes: string[] } & Partial<{
  subject: string;
  rule: Rule;
  asks: string[];
  askedById: string;
  recipient: string;
  plannedAt: Date | null;
  caseId: string;
}>;

async function openPlan(
  records: Records,
  { version, hashes, subject, rule = 'all', asks = [], askedById, ...differently }: Plan,
): Promise<string> {
  const id = randomUUID();
  const about = {
    caseId: CYCLE,
    subject: subject ?? `plan ${id}`,
    version,
    title: `Plan ${version}`,
    contentHash: `content ${version}`,
  };
  const times = { openedAt: APPROVED_AT, dueAt: PLANNED_AT, lapsesAt: PLANNED_AT, holdMinutes: 15 };
  await records.approval.create({ data: { id, ...about, ...times, rule, askedById, summary: {}, state: 'open' } });
  await records.approvalSlot.createMany({ data: asks.map((personId) => ({ approvalId: id, personId })) });
  await records.approvalItem.createMany({
    data: hashes.map((hash) => ({ approvalId: id, hash, ...ITEM, ...differently })),
  });
  return id;
}

const ITEM = {
  caseId: CASE,
  stateParty: 'LAO',
  purpose: 'reminder',
  occurrence: 1,
  contactId: randomUUID(),
  recipient: 'mission@lao.example',
  language: 'en',
  template: 'report-intake/reminder',
  templateVersion: 'v1',
  values: {},
  subject: 'S',
  text: 'T',
  plannedAt: PLANNED_AT,
};

async function decide(
  records: Records,
  decision: Partial<Prisma.DecisionUncheckedCreateInput> & { approvalId: string; personId: string },
): Promise<void> {
  const { contentHash } = await records.approval.findUniqueOrThrow({ where: { id: decision.approvalId } });
  const words = { id: randomUUID(), revision: 1, choice: 'approve', comment: '', door: 'link', at: APPROVED_AT };
  await records.decision.create({ data: { ...words, contentHash, ...decision } });
}

async function approve(
  records: Records,
  { approvalId, approvers }: { approvalId: string; approvers: string[] },
): Promise<void> {
  for (const personId of approvers) await decide(records, { approvalId, personId });
  await records.approval.update({ where: { id: approvalId }, data: { state: 'approved', closedAt: APPROVED_AT } });
}

async function insertLetter(
  records: Records,
  differently: Partial<Prisma.LetterUncheckedCreateInput>,
): Promise<string> {
  const id = randomUUID();
  const mime = Buffer.from(`Subject: Reminder\r\nMessage-ID: <${id}@isu.example>\r\n\r\nExcellency,\r\n`);
  const key = { caseId: CASE, step: 'reminders', recipient: 'mission@lao.example', purpose: 'reminder', occurrence: 0 };
  const words = { language: 'en', templateVersion: 'v1', subject: 'Reminder', text: 'Excellency,' };
  const bytes = { mime, mimeSha256: createHash('sha256').update(mime).digest('hex') };
  const wire = { messageId: `<${id}@isu.example>`, envelopeFrom: 'secretariat@isu.example', state: 'queued' };
  const letter = { id, ...key, ...words, ...bytes, ...wire, class: 'reminder', contentHash: 'approved' };
  await records.letter.create({ data: { ...letter, createdAt: APPROVED_AT, ...differently } });
  return id;
}

/** The states a letter goes through on its way to one of them; it begins as queued. */
const WAY: Record<string, string[]> = {
  sending: ['sending'],
  committing: ['sending', 'committing'],
  sent: ['sending', 'committing', 'sent'],
  refused: ['sending', 'committing', 'refused'],
  unknown: ['sending', 'committing', 'unknown'],
  cancelled: ['cancelled'],
};

async function leadTo(records: Records, { id, wanted }: { id: string; wanted: string }): Promise<string> {
  for (const state of WAY[wanted] ?? []) await records.letter.update({ where: { id }, data: { state } });
  return id;
}

/** Bytes as a column of a test holds them. */
export function bytesOf(text: string): Pick<Prisma.LetterUncheckedCreateInput, 'mime' | 'mimeSha256'> {
  const mime = Buffer.from(text);
  return { mime, mimeSha256: createHash('sha256').update(mime).digest('hex') };
}
