import { createTransport } from 'nodemailer';
import { daysBetween } from '../domain/calendar.ts';
import type { StateParty } from '../domain/treaty.ts';
import type { StoredMessage } from '../embedded/mailbox.ts';
import { linkIn } from './letter-reader.ts';
import type { Officer } from './officer.ts';
import { madeUpReport } from './reports.ts';
import type { Doors, Robot } from './robots.ts';
import { createVisitor, type Upload } from './visitor.ts';

/** How a State behaves in a simulated year, by weight. The shares are made up: no real rate is known. */
const WAYS = {
  byLink: 40,
  byEmail: 14,
  wrongFileFirst: 4,
  twice: 5,
  lateByLink: 12,
  lateByEmail: 4,
  byPost: 3,
  never: 18,
};
export type Way = keyof typeof WAYS;

/** One robot for each State Party: it decides what to do when it is first written to. */
export function stateRobots(doors: Doors, officer: Officer): Robot[] {
  return doors.treaty.states.map((state) => {
    const own = { ...doors, chance: doors.chance.of(state.iso3) };
    return stateRobot({ doors: own, officer, state });
  });
}

function missionAddress(iso3: string): string {
  return `mission@${iso3.toLowerCase()}.example`;
}

function stateRobot({ doors, officer, state }: { doors: Doors; officer: Officer; state: StateParty }): Robot {
  const address = missionAddress(state.iso3);
  const way = doors.chance.pick(WAYS);
  let newest: StoredMessage | null = null;
  return {
    reads: (to) => to === address,
    async read(message) {
      const isFirst = newest === null;
      newest = message;
      if (isFirst) plan({ doors, officer, state, way, letter: () => newest! });
    },
  };
}

type Acting = { doors: Doors; officer: Officer; state: StateParty; way: Way; letter: () => StoredMessage };

function plan(acting: Acting): void {
  const { doors, way } = acting;
  const toDeadline = daysBetween(doors.today(), deadlineAfter(doors.today()));
  const onTime = () => doors.chance.between(Math.min(30, toDeadline - 1), toDeadline);
  const late = () => toDeadline + doors.chance.between(2, 58);
  const at = (inDays: number, act: () => Promise<void>) => doors.diary.note({ inDays, act });
  const year = Number(deadlineAfter(doors.today()).slice(0, 4)) - 1;
  if (way === 'byLink') at(onTime(), () => upload({ ...acting, year, version: 1 }));
  if (way === 'byEmail') at(onTime(), () => mail({ ...acting, year }));
  if (way === 'lateByLink') at(late(), () => upload({ ...acting, year, version: 1 }));
  if (way === 'lateByEmail') at(late(), () => mail({ ...acting, year }));
  if (way === 'wrongFileFirst') at(onTime(), () => uploadAfterMistake({ ...acting, year }));
  if (way === 'byPost') at(onTime(), () => byPost({ ...acting, year }));
  if (way === 'twice') {
    const first = onTime();
    at(first, () => upload({ ...acting, year, version: 1 }));
    at(first + 9, () => upload({ ...acting, year, version: 2 }));
  }
}

/** The diplomatic bag reaches the office, where an officer files what is in it. */
async function byPost({ officer, state, letter, year }: Acting & { year: number }): Promise<void> {
  const [, reference] = /\[(report-intake\/[^\]]+)\]/.exec(letter().subject) ?? [];
  await officer.fileByPost({ reference: reference!, stateName: state.names[state.language], year });
}

/** The next 30 April: what a ministry's own calendar says. */
function deadlineAfter(today: string): string {
  const year = Number(today.slice(0, 4));
  return today <= `${year}-04-30` ? `${year}-04-30` : `${year + 1}-04-30`;
}

async function upload({
  doors,
  state,
  letter,
  year,
  version,
}: Acting & { year: number; version: number }): Promise<void> {
  const format = doors.chance.next() < 0.6 ? 'pdf' : 'docx';
  const file = await madeUpReport({ stateName: state.names[state.language], year, version, format });
  const { page, visitor } = await openForm(doors, letter());
  const receipt = await visitor.submit(page, { file });
  if (receipt.status !== 200 || !receipt.url.includes('/receipt/'))
    throw new Error(`${state.iso3}: the report was not received (${receipt.status}): ${receipt.text.slice(0, 300)}`);
}

/** Sends a spreadsheet, is told that only PDF and DOCX can be received, and sends the report. */
async function uploadAfterMistake(acting: Acting & { year: number }): Promise<void> {
  const { page, visitor } = await openForm(acting.doors, acting.letter());
  const wrong: Upload = {
    fileName: 'report.xlsx',
    bytes: Buffer.from('PK not a report'),
    mediaType: 'application/vnd.ms-excel',
  };
  const refused = await visitor.submit(page, { file: wrong });
  if (refused.status < 400) throw new Error(`A wrong file was received (${refused.status})`);
  await upload({ ...acting, version: 1 });
}

async function openForm(doors: Doors, letter: StoredMessage) {
  const visitor = createVisitor(doors);
  const link = await linkIn({ mailbox: doors.mailbox, message: letter, part: '/u/' });
  if (!link) throw new Error(`No upload link in "${letter.subject}"`);
  return { visitor, page: await visitor.get(link) };
}

/** Answers the letter with the report attached, as most ministries would. */
async function mail({ doors, state, letter, year }: Acting & { year: number }): Promise<void> {
  const answered = letter();
  const report = await madeUpReport({ stateName: state.names[state.language], year, version: 1, format: 'pdf' });
  const transport = createTransport(doors.mailbox.smtpUrl);
  await transport.sendMail({
    from: missionAddress(state.iso3),
    to: answered.from.address,
    date: doors.clock.now(),
    subject: `Re: ${answered.subject}`,
    inReplyTo: answered.messageId ?? undefined,
    references: answered.messageId ?? undefined,
    text: 'Please find attached our report. With our compliments.',
    attachments: [{ filename: report.fileName, content: report.bytes, contentType: report.mediaType }],
  });
  transport.close();
}
