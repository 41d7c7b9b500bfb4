import { recordCycleOpening } from '../../adapters/facts.ts';
import type { Choice } from '../../domain/approval.ts';
import { addDays, endOfDay, instantOf } from '../../domain/calendar.ts';
import { caseIdOf } from '../../domain/case.ts';
import type { IsoDate, Treaty } from '../../domain/treaty.ts';
import { openWorld, type World, type WorldSettings } from '../../simulator/world.ts';
import { testDatabase } from './database.ts';
import { openDoors, reportOf } from './doors.ts';
import { lettersIn, quotable, shortly } from './reading.ts';

export { ccm, treatyOf } from './small-treaty.ts';

/** The cycle the tests play: its days lie ahead of the clock, which only goes forward, and are always the same. */
export const YEAR = 2031;
export const OPENS: IsoDate = '2030-10-01';
export const CYCLE = caseIdOf({ treaty: 'ccm', year: YEAR, caseType: 'annual-cycle' });
const ZONE = 'Europe/Zurich';

export function reportCase(iso3: string, part?: string): string {
  return caseIdOf({ treaty: 'ccm', year: YEAR, caseType: 'report-intake', iso3, part });
}

export function missionOf(iso3: string): string {
  return `mission@${iso3.toLowerCase()}.example`;
}

export type Secretariat = Awaited<ReturnType<typeof openSecretariat>>;

/**
 * The stage: the whole product on the jumping clock, moved and watched only as people would. Every mechanism of the
 * tests is behind it, so that they read as rules.
 */
export async function openSecretariat(settings: Partial<WorldSettings> & { treaty: Treaty }) {
  const bundle = { codePath: process.env['TEST_WORKFLOW_BUNDLE']! } as never;
  const databaseUrl = await testDatabase();
  const deadAddresses = new Set<string>();
  const rejects = (address: string) => deadAddresses.has(address);
  const world = await openWorld({ startsOn: OPENS, databaseUrl, bundle, rejects, ...settings });
  const people = await world.records.person.findMany({ orderBy: { email: 'asc' } });
  const admin = people.find(({ role }) => role === 'admin')!;
  const coordinators = people.filter(({ role }) => role === 'coordinator');
  return { ...world, deadAddresses, admin, coordinators, ...acts({ world, admin, coordinators }), ...views(world) };
}

type Person = { id: string; email: string };

/** What happens, by whom; each act ends when the secretariat has done what follows from it. */
function acts({ world, admin, coordinators }: { world: World; admin: Person; coordinators: Person[] }) {
  const { records, clock } = world;
  const doors = openDoors(world);
  const then = async (act: Promise<void>) => {
    await act;
    await quiet(world);
  };
  const passTo = (day: IsoDate, time = '18:00') => then(clock.advanceTo(instantOf(day, time, ZONE)));
  const decides = (who: number, choice: Choice, comment = '') =>
    then(doors.decide(coordinators[who]!, { choice, comment }));
  return {
    /** Time passes at one stroke to this hour, Geneva; what is due on the way is done on its day. */
    passTo,
    daysPass: (days: number) => passTo(addDays(world.today(), days)),
    opensCycle(openedBy = admin.id) {
      const closesAt = endOfDay(`${YEAR}-09-30`, ZONE);
      return then(
        recordCycleOpening({ records, caseId: CYCLE, input: { caseId: CYCLE, year: YEAR, openedBy, closesAt } }),
      );
    },
    /** A Coordinator decides by the link in the newest mail. */
    decides,
    async bothApprove() {
      await decides(0, 'approve');
      await decides(1, 'approve');
    },
    /** A State Party files a report by the link in its newest letter. */
    async reports(iso3: string, { version = 1, part }: { version?: number; part?: string } = {}) {
      const file = await reportOf(iso3, version);
      await then(doors.reportByLink({ mission: missionOf(iso3), caseId: reportCase(iso3, part), file }));
    },
    /** A State Party, or who else got a letter, answers it by email; without attachments named, with a report. */
    async replies(
      iso3: string,
      attachments?: { filename: string; content: Buffer | string }[],
      from = missionOf(iso3),
    ) {
      const { fileName, bytes } = await reportOf(iso3, 1);
      const report = [{ filename: fileName, content: bytes }];
      await then(doors.replyByEmail({ from, attachments: attachments ?? report }));
    },
    mailComes: (iso3: string, raw: string) => then(doors.mailAsItIs({ from: missionOf(iso3), raw })),
    async reportsByPost(iso3: string, { arrivedOn, version = 1 }: { arrivedOn: IsoDate; version?: number }) {
      const file = await reportOf(iso3, version);
      await then(doors.reportByPost({ officer: admin, caseId: reportCase(iso3), file, arrivedOn }));
    },
    /** The ISU settles its oldest task of this kind. */
    answers: (kind: string, answer: string) => then(doors.answerTask({ officer: admin, kind, answer })),
    /** An admin proposes other words for a letter, the same change in each language. */
    rewords: (template: string, change: (source: string) => string) =>
      then(doors.rewordLetter({ admin, template, change })),
    movesDates(moved: { deadlineOn?: IsoDate; meetingOn?: IsoDate }) {
      const whole = { deadlineOn: null, meetingOn: null, ...moved };
      return then(doors.moveDates({ admin, cycleId: CYCLE, moved: whole }));
    },
  };
}

/** What an official could see. */
function views({ records, mailbox }: World) {
  return {
    /** The letters that have arrived, oldest first. */
    letters: (filter: { to?: string; about?: string } = {}) => lettersIn(mailbox, filter),
    /** What a State was sent, as `2031-01-30 reminder`; `about`: by the reference of one of its cases only. */
    async sentTo(iso3: string, about?: string): Promise<string[]> {
      return (await lettersIn(mailbox, { to: missionOf(iso3), about })).map(shortly);
    },
    /** The newest letter to a State, on one line. */
    async lastTo(iso3: string): Promise<string> {
      return quotable((await lettersIn(mailbox, { to: missionOf(iso3) })).at(-1)!);
    },
    /** The ISU's open tasks. */
    async tasks(): Promise<string[]> {
      const open = await records.task.findMany({ where: { doneAt: null }, orderBy: { createdAt: 'asc' } });
      return open.map(({ kind }) => kind);
    },
    /** The versions of the plan and how each stands. */
    async plans(): Promise<string[]> {
      const plans = await records.approval.findMany({ where: { caseId: CYCLE }, orderBy: { version: 'asc' } });
      return plans.map(({ version, state }) => `${version} ${state}`);
    },
    /** What is on the timeline of a case, in order. */
    async timeline(caseId: string): Promise<string[]> {
      const entries = await records.timelineEntry.findMany({ where: { caseId }, orderBy: { seq: 'asc' } });
      return entries.map(({ act }) => act);
    },
    /** How a State Party's report case stands. */
    caseOf: (iso3: string, part?: string) =>
      records.case.findUniqueOrThrow({
        where: { id: reportCase(iso3, part) },
        include: { submissions: { orderBy: { version: 'asc' } }, steps: true, letters: true },
      }),
  };
}

/** Waits until nothing is under way: letters in hand and facts on their way are real work that takes real time. */
async function quiet({ records, settle, clock }: World): Promise<void> {
  for (let calm = 0; calm < 2; ) {
    await settle();
    await clock.advanceTo(clock.now().getTime() + 60_000);
    const letters = await records.letter.count({ where: { state: { in: ['sending', 'committing'] } } });
    const facts = await records.outbox.count({ where: { deliveredAt: null } });
    calm = letters + facts === 0 ? calm + 1 : 0;
  }
}
