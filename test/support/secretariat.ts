import { resolve } from 'node:path';
import { simpleParser } from 'mailparser';
import { loadTreaty } from '../../adapters/treaty.ts';
import { recordCycleOpening, recordDateChange, recordTaskAnswer } from '../../adapters/facts.ts';
import { addDays, endOfDay } from '../../domain/calendar.ts';
import { caseIdOf } from '../../domain/case.ts';
import type { IsoDate, Treaty } from '../../domain/treaty.ts';
import type { StoredMessage } from '../../embedded/mailbox.ts';
import { madeUpReport } from '../../simulator/reports.ts';
import { createVisitor, type Page } from '../../simulator/visitor.ts';
import { openWorld, type World, type WorldSettings } from '../../simulator/world.ts';
import { testDatabase } from './database.ts';

/** The cycle the tests play: its days lie ahead of the clock, which only goes forward, and are always the same. */
export const YEAR = 2031;
export const OPENS: IsoDate = '2030-10-01';

export const ccm = (): Treaty => loadTreaty({ folder: resolve(import.meta.dirname, '../../treaties/ccm') });

/** The treaty with a few of its States Parties: the same rules, a smaller world. */
export function treatyOf(...iso3: string[]): Treaty {
  const treaty = ccm();
  const people = treaty.people.map((person) => ({ ...person, actsFor: person.actsFor && iso3[0]! }));
  return { ...treaty, people, states: treaty.states.filter((state) => iso3.includes(state.iso3)) };
}

/** A letter as its reader has it. */
export type Letter = { on: IsoDate; to: string; subject: string; text: string; message: StoredMessage };

export type Secretariat = Awaited<ReturnType<typeof openSecretariat>>;

/**
 * The stage: the whole product on the jumping clock, moved and watched only as people would. Every mechanism of the
 * tests is here, so that they read as rules.
 */
export async function openSecretariat(settings: Partial<WorldSettings> & { treaty: Treaty }) {
  const bundle = { codePath: process.env['TEST_WORKFLOW_BUNDLE']! } as never;
  const databaseUrl = await testDatabase();
  const world = await openWorld({ startsOn: OPENS, databaseUrl, bundle, ...settings });
  const { records, clock, mailbox } = world;
  const cycleId = caseIdOf({ treaty: 'ccm', year: YEAR, caseType: 'annual-cycle' });
  const admin = await records.person.findFirstOrThrow({ where: { role: 'admin' } });
  const coordinators = await records.person.findMany({ where: { role: 'coordinator' }, orderBy: { email: 'asc' } });

  return {
    ...world,
    cycleId,
    coordinators,

    async opensCycle(): Promise<void> {
      const closesAt = endOfDay(`${YEAR}-09-30`, 'Europe/Zurich');
      await recordCycleOpening({
        records,
        caseId: cycleId,
        input: { caseId: cycleId, year: YEAR, openedBy: admin.id, closesAt },
      });
      await passTo(world, world.today());
    },

    /** Days pass one by one, as in life, each up to 18:00. */
    passTo: (day: IsoDate) => passTo(world, day),
    daysPass: (days: number) => passTo(world, addDays(world.today(), days)),

    /** The letters that have arrived, oldest first. */
    letters: (filter: { to?: string; about?: string } = {}) => letters(world, filter),

    /** A Coordinator opens the link in the newest mail, chooses and confirms. Returns the page at the end. */
    async decides(who: number, choice: string, comment = ''): Promise<Page> {
      const [newest] = (await letters(world, { to: coordinators[who]!.email }))
        .filter((letter) => letter.text.includes('/a/'))
        .slice(-1);
      const visitor = createVisitor(world);
      const review = await visitor.get(linkIn(newest!.text, '/a/'));
      const check = await visitor.submit(review, { has: 'choice', fields: { choice, comment } });
      const result = check.status === 200 ? await visitor.submit(check, { has: 'choice' }) : check;
      await world.settle();
      return result;
    },

    async bothApprove(): Promise<void> {
      await this.decides(0, 'approve');
      await this.decides(1, 'approve');
      await passTo(world, addDays(world.today(), 1));
    },

    /** A State Party files a report by the link in its newest letter. */
    async reports(iso3: string, { version = 1 }: { version?: number } = {}): Promise<Page> {
      const [newest] = (await letters(world, { to: missionOf(iso3) })).slice(-1);
      const visitor = createVisitor(world);
      const file = await madeUpReport({ stateName: iso3, year: YEAR - 1, version, format: 'pdf' });
      const receipt = await visitor.submit(await visitor.get(linkIn(newest!.text, '/u/')), { file });
      await world.settle();
      return receipt;
    },

    /** The ISU's open tasks, by kind. */
    tasks: () => records.task.findMany({ where: { doneAt: null }, orderBy: { createdAt: 'asc' } }),

    async answers(kind: string, answer: string): Promise<void> {
      const task = await records.task.findFirstOrThrow({ where: { kind, doneAt: null } });
      await recordTaskAnswer({ records, now: clock.now(), taskId: task.id, personId: admin.id, answer, note: '' });
      await passTo(world, world.today());
    },

    async movesDates({
      deadlineOn = null,
      meetingOn = null,
    }: {
      deadlineOn?: IsoDate | null;
      meetingOn?: IsoDate | null;
    }): Promise<void> {
      const moved = { deadlineOn, meetingOn };
      await recordDateChange({
        records,
        now: clock.now(),
        cycleId,
        moved,
        reason: 'The meeting was moved',
        personId: admin.id,
      });
      await passTo(world, world.today());
    },

    /** How a State Party's report case stands. */
    caseOf: (iso3: string, part?: string) =>
      records.case.findUniqueOrThrow({
        where: { id: reportCase(iso3, part) },
        include: { submissions: true, steps: true, letters: true },
      }),
  };
}

export function reportCase(iso3: string, part?: string): string {
  return caseIdOf({ treaty: 'ccm', year: YEAR, caseType: 'report-intake', iso3, part });
}

export function missionOf(iso3: string): string {
  return `mission@${iso3.toLowerCase()}.example`;
}

async function passTo(world: World, day: IsoDate): Promise<void> {
  for (let next = world.today(); next <= day; next = addDays(next, 1)) await world.passTo(next);
  await quiet(world);
}

/** Waits until nothing is under way: letters in hand and facts on their way are real work that takes real time. */
async function quiet({ records, settle, clock }: World): Promise<void> {
  for (let calm = 0; calm < 2; ) {
    await clock.advanceTo(clock.now().getTime() + 60_000);
    await settle();
    const busy = await records.letter.count({ where: { state: { in: ['sending', 'committing'] } } });
    calm = busy === 0 ? calm + 1 : 0;
  }
}

async function letters({ mailbox }: World, { to, about }: { to?: string; about?: string }): Promise<Letter[]> {
  const found = mailbox.messages(to ? { to } : {}).filter((message) => !about || message.subject.includes(about));
  return await Promise.all(
    found.map(async (message) => {
      const { text = '' } = await simpleParser((await mailbox.raw(message.uid))!);
      const on = message.date!.toISOString().slice(0, 10);
      return { on, to: message.envelopeTo[0]!, subject: message.subject, text, message };
    }),
  );
}

export function linkIn(text: string, part: string): string {
  const link = text.match(/https?:\/\/[^\s<>")\]]+/g)?.find((each) => each.includes(part));
  if (!link) throw new Error(`No link with ${part} in: ${text}`);
  return link;
}
