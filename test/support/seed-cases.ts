import { randomUUID } from 'node:crypto';
import type { Records } from '../../adapters/records.ts';
import { dateAt, endOfDay } from '../../domain/calendar.ts';
import { caseIdOf } from '../../domain/case.ts';
import { type CycleDates, cycleDates, type Due, reportsDue } from '../../domain/cycle.ts';
import { type PlanLetter, STEP_OF } from '../../domain/plan.ts';
import { TASKS } from '../../domain/task.ts';
import type { Treaty } from '../../domain/treaty.ts';
import { caseIdFor, ISU, itemOf, planOf, type Seeding, seedPlan, sha256 } from './seed-plan.ts';

/** A year of made-up cases, written straight into the rows the console reads: no engine, the same every time. */

export async function seedOffice({ records, treaty, now }: Omit<Seeding, 'year'>): Promise<void> {
  await records.person.createMany({ data: treaty.people.map((person) => ({ ...person, id: randomUUID() })) });
  await records.contact.createMany({
    data: treaty.states.map(({ iso3, language }) => ({
      id: randomUUID(),
      stateParty: iso3,
      kind: 'mission',
      name: 'Permanent Mission in Geneva',
      email: `mission@${iso3.toLowerCase()}.example`,
      language,
      certainty: 'invented',
      since: now,
    })),
  });
}

/** A whole cycle as it stands at `now`: some States have reported, most are waited for, a few need a person. */
export async function seedCycle(seeding: Seeding): Promise<void> {
  const { records, treaty, year } = seeding;
  const dates = cycleDates({ treaty, year });
  const cycleId = caseIdOf({ treaty: treaty.id, year, caseType: 'annual-cycle' });
  const openedAt = new Date(`${dates.opensOn}T08:00:00Z`);
  const admin = await records.person.findFirstOrThrow({ where: { role: 'admin' } });
  const opened = { treaty: treaty.id, year, openedAt, waitingSince: openedAt };
  await records.case.create({
    data: { id: cycleId, caseType: 'annual-cycle', input: { openedBy: admin.id }, waitingFor: 'date', ...opened },
  });
  const dues = reportsDue({ states: treaty.states, dates });
  const approvalId = randomUUID();
  const letters = dues.flatMap((due) => planOf({ seeding, dates, due }));
  await seedPlan({ seeding, dates, cycleId, letters, approvalId });
  const random = seeded(year);
  const files = dues.map((due) => caseRows({ seeding, dates, due, approvalId, random }));
  await insert(records, files);
}

type Rows = ReturnType<typeof caseRows>;

async function insert(records: Records, files: Rows[]): Promise<void> {
  await records.case.createMany({ data: files.map(({ row }) => row) });
  await records.caseStep.createMany({ data: files.flatMap(({ steps }) => steps) });
  await insertLetters(
    records,
    files.flatMap((file) => file.letters),
  );
  await records.document.createMany({ data: files.flatMap(({ documents }) => documents), skipDuplicates: true });
  await records.submission.createMany({ data: files.flatMap(({ submissions }) => submissions) });
  await records.task.createMany({ data: files.flatMap(({ tasks }) => tasks) });
  await records.timelineEntry.createMany({ data: files.flatMap(({ timeline }) => timeline) });
}

/** The record lets no letter begin as sent: each is led there, as its sending leads it. */
async function insertLetters(records: Records, letters: Rows['letters']): Promise<void> {
  const begun = { state: 'queued', attempt: 0, claimedAt: null, endedAt: null, response: null };
  await records.letter.createMany({ data: letters.map((letter) => ({ ...letter, ...begun })) });
  await records.$executeRaw`
    UPDATE "Letter" SET state = 'sending', attempt = 1, "claimedAt" = "createdAt" WHERE state = 'queued'`;
  await records.$executeRaw`UPDATE "Letter" SET state = 'committing' WHERE state = 'sending'`;
  const ends = JSON.stringify(letters.map(({ id, state, response }) => ({ id, state, response })));
  await records.$executeRaw`
    UPDATE "Letter" l SET state = ends.state, response = ends.response, "endedAt" = "createdAt"
    FROM jsonb_to_recordset(${ends}::jsonb) AS ends(id uuid, state text, response text) WHERE l.id = ends.id`;
}

/** One case in the state a seeded chance gave it: reported early, late or not yet; a letter refused; a mail to answer. */
function caseRows({
  seeding,
  dates,
  due,
  approvalId,
  random,
}: {
  seeding: Seeding;
  dates: CycleDates;
  due: Due & { part?: string };
  approvalId: string;
  random: () => number;
}) {
  const { treaty, year, now } = seeding;
  const zone = treaty.policy.treatyTimeZone;
  const id = caseIdFor({ seeding, due });
  const planned = planOf({ seeding, dates, due }).filter(({ at }) => at !== null);
  const dueAt = endOfDay(due.dueOn, zone);
  const reportsAt = new Date(dueAt + Math.round((random() ** 1.5 * 1.5 - 0.75) * 120) * 86_400_000 - 40_000_000);
  const isReported = random() < 0.72 && reportsAt < now && reportsAt.getTime() > planned[0]!.at!;
  const until = isReported ? reportsAt.getTime() : now.getTime();
  const gone = planned.filter(({ at }) => at! <= until);
  const rows = gone.map((letter) => letterRow({ treaty, dates, letter, approvalId }));
  const isRefused = !isReported && random() < 0.05;
  const lastRow = rows.at(-1);
  if (isRefused && lastRow) Object.assign(lastRow, { state: 'refused', response: '550 5.1.1 No such mailbox' });
  const schedule = {
    approvalId,
    ladder: planned.map(({ purpose, occurrence, at }) => ({ purpose, occurrence, at: at! })),
    dueAt,
    cutOffAt: endOfDay(dates.cutOffOn, zone),
    closesAt: endOfDay(dates.closesOn, zone),
  };
  const openedAt = new Date(`${dateAt(planned[0]!.at! - 30 * 86_400_000, zone)}T08:00:00Z`);
  const isMissed = !isReported && now.getTime() > schedule.cutOffAt;
  const stepAt = (step: string) => rows.filter((row) => row.step === step).at(-1)?.createdAt;
  const steps = ['invitation', 'reminders'].flatMap((step) => {
    const at = stepAt(step);
    return at ? [{ caseId: id, step, standing: 'done', at }] : [];
  });
  const bytes = Buffer.from(`%PDF-1.7 ${id}`);
  const documentId = sha256(bytes);
  if (isReported)
    for (const step of ['report', 'receipt']) steps.push({ caseId: id, step, standing: 'done', at: reportsAt });
  if (isMissed) steps.push({ caseId: id, step: 'report', standing: 'missed', at: new Date(schedule.cutOffAt) });
  const refused = isRefused && lastRow ? [taskRow({ caseId: id, letterId: lastRow.id, at: lastRow.createdAt })] : [];
  return {
    row: {
      id,
      treaty: treaty.id,
      year,
      caseType: 'report-intake',
      stateParty: due.iso3,
      kind: due.kind,
      input: { iso3: due.iso3, kind: due.kind, schedule },
      openedAt,
      dueAt: new Date(dueAt),
      waitingFor: isReported || isMissed ? 'nobody' : gone.length > 0 ? 'stateParty' : 'date',
      waitingSince: isReported ? reportsAt : (rows[0]?.createdAt ?? openedAt),
      outcome: isMissed ? 'not received by the cut-off' : null,
    },
    steps,
    gone,
    letters: rows,
    documents: isReported
      ? [
          {
            sha256: documentId,
            bytes: new Uint8Array(bytes),
            mediaType: 'application/pdf',
            size: bytes.length,
            createdAt: reportsAt,
          },
        ]
      : [],
    submissions: isReported
      ? [
          {
            id: randomUUID(),
            caseId: id,
            version: 1,
            documentId,
            fileName: `Article 7 report ${due.iso3}.pdf`,
            door: 'link',
            note: '',
            receivedAt: reportsAt,
          },
        ]
      : [],
    tasks: refused,
    timeline: [
      {
        caseId: id,
        at: openedAt,
        actor: 'engine',
        door: 'engine',
        act: 'opened',
        detail: { caseType: 'report-intake' },
      },
      ...rows.flatMap((row) =>
        ['wrote', row.state].map((act) => ({
          caseId: id,
          at: row.createdAt,
          actor: 'engine',
          door: 'engine',
          act,
          detail: {
            letterId: row.id,
            purpose: row.purpose,
            occurrence: row.occurrence,
            response: act === 'wrote' ? '' : (row.response ?? ''),
          },
        })),
      ),
      ...(isReported
        ? [
            {
              caseId: id,
              at: reportsAt,
              actor: 'State Party',
              door: 'link',
              act: 'reported',
              detail: { version: 1, fileName: `Article 7 report ${due.iso3}.pdf` },
              contentHash: documentId,
            },
          ]
        : []),
    ],
  };
}

function letterRow({
  treaty,
  dates,
  letter,
  approvalId,
}: {
  treaty: Treaty;
  dates: CycleDates;
  letter: PlanLetter;
  approvalId: string;
}) {
  const item = itemOf({ treaty, dates, letter });
  const id = randomUUID();
  const mime = Buffer.from(`Subject: ${item.subject}\r\n\r\n${item.text}`);
  const at = new Date(letter.at! + 20_000);
  return {
    id,
    caseId: letter.caseId,
    step: STEP_OF[letter.purpose],
    recipient: item.recipient,
    purpose: letter.purpose,
    occurrence: letter.occurrence,
    class: letter.purpose === 'invitation' ? 'official' : 'reminder',
    approvalId,
    contentHash: item.hash,
    language: item.language,
    templateVersion: item.templateVersion,
    subject: item.subject,
    text: item.text,
    envelopeFrom: ISU,
    messageId: `<${id}@isu.example>`,
    mime: new Uint8Array(mime),
    mimeSha256: sha256(mime),
    state: 'sent',
    attempt: 1,
    createdAt: at,
    claimedAt: at,
    endedAt: at,
    response: '250 2.0.0 OK' as string | null,
  };
}

function taskRow({ caseId, letterId, at }: { caseId: string; letterId: string; at: Date }) {
  const { title, why } = TASKS.letterRefused;
  const answers = ['arrived', 'sendAgain', 'leave'];
  return { id: randomUUID(), caseId, kind: 'letterRefused', title, why, about: { letterId }, answers, createdAt: at };
}

/** Mail as it comes in: one that lies in the tray, from an address nobody knows, and one that found its case. */
export async function seedMails({ records, treaty, year, now }: Seeding): Promise<void> {
  const sha = sha256('mail');
  const bytes = new Uint8Array(Buffer.from('Subject: mail'));
  await records.document.create({
    data: { sha256: sha, bytes, mediaType: 'message/rfc822', size: 13, createdAt: now },
  });
  const caseId = caseIdOf({ treaty: treaty.id, year, caseType: 'report-intake', iso3: 'HND' });
  const mail = { mailbox: 'seed', documentId: sha, messageId: null, files: [], receivedAt: now };
  await records.inboundMail.createMany({
    data: [
      {
        ...mail,
        id: randomUUID(),
        uid: 1,
        sender: 'Sécrétariat général <sg@affaires-etrangeres.example>',
        subject: "Rapport de la Côte d'Ivoire",
        text: 'Madame, Monsieur,\n\nVeuillez trouver ci-joint le rapport.\n\nAvec nos salutations distinguées',
        trayWhy: 'The sender is not in the register.',
      },
      {
        ...mail,
        id: randomUUID(),
        uid: 2,
        caseId,
        sender: 'mission@hnd.example',
        subject: 'Sobre el informe',
        text: 'Estimados señores:\n\nEl informe llegará en junio.\n\nAtentamente',
        trayWhy: null,
        filedAt: now,
      },
    ],
  });
}

/** As many report cases as asked for: the States Parties again and again, each time as another part. */
export async function seedManyCases({ count, ...seeding }: Seeding & { count: number }): Promise<void> {
  const { records, treaty, year } = seeding;
  const dates = cycleDates({ treaty, year });
  const approvalId = randomUUID();
  const random = seeded(count);
  const files: Rows[] = [];
  for (let at = 0; files.length < count; at++) {
    const state = treaty.states[at % treaty.states.length]!;
    const due = { iso3: state.iso3, kind: 'annual' as const, dueOn: dates.deadlineOn, part: `n${at}` };
    files.push(caseRows({ seeding, dates, due, approvalId, random }));
  }
  const cycleId = caseIdOf({ treaty: treaty.id, year, caseType: 'annual-cycle' });
  const letters = files.flatMap(({ gone }) => gone);
  await seedPlan({ seeding, dates, cycleId, letters, approvalId, subject: 'plan of many' });
  for (let from = 0; from < files.length; from += 200) await insert(records, files.slice(from, from + 200));
}

/** Mulberry32: the same seed, the same year. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
