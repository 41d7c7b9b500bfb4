import type { CaseFile, People } from '../../adapters/overview/case-file.ts';
import { ANSWERS, TASKS, type TaskKind } from '../../domain/task.ts';
import { counted, letterWords, sentenceCase } from './words.ts';

type Entry = CaseFile['timeline'][number];
type Detail = Record<string, string | number | boolean | undefined>;

/** One act as a person reads it: who, what, and what was said with it. */
export type Act = {
  seq: string;
  at: Date;
  who: string;
  what: string;
  said: string;
  letterId: string | null;
  door: string;
};

const DOORS: Record<string, string> = {
  link: 'by a link in an email',
  console: 'in the console',
  email: 'by email',
  post: 'by post',
  engine: '',
  'command line': 'at the command line',
};

const CHOICES: Record<string, string> = {
  approve: 'approved',
  requestChanges: 'asked for changes',
  refuse: 'refused',
  abstain: 'abstained',
};

/** Once a letter has ended, that it was written is no news: its own page says when. */
const ENDS = ['sent', 'refused', 'unknown', 'cancelled'];

function letterOf({ detail }: Entry): unknown {
  return (detail as Detail)['letterId'];
}

/** The acts of a case in words, newest first. An act this version has no words for is shown as it was recorded. */
export function presentTimeline({
  timeline,
  people,
  letters,
}: Pick<CaseFile, 'timeline' | 'people' | 'letters'>): Act[] {
  const byId = new Map(letters.map((letter) => [letter.id, letter]));
  const ended = new Set(timeline.filter(({ act }) => ENDS.includes(act)).map(letterOf));
  const told = timeline.filter((entry) => entry.act !== 'wrote' || !ended.has(letterOf(entry)));
  return told.map((entry) => {
    const about = byId.get(String(letterOf(entry)));
    const { purpose = 'letter', occurrence = 1, recipient = '' } = about ?? {};
    const detail: Detail = { purpose, occurrence, ...(entry.detail as Detail) };
    const words = WORDS[entry.act];
    const what = words ? words({ detail, recipient }) : plainly(entry);
    return {
      seq: String(entry.seq),
      at: entry.at,
      who: actorOf(entry.actor, people),
      what,
      said: String(detail['comment'] || detail['note'] || detail['reason'] || ''),
      letterId: about?.id ?? null,
      door: DOORS[entry.door] ?? entry.door,
    };
  });
}

function actorOf(actor: string, people: People): string {
  if (actor === 'engine') return 'Focalpoint';
  return people.get(actor)?.name ?? (/^[0-9a-f-]{36}$/.test(actor) ? 'A person no longer in the list' : actor);
}

type Told = { detail: Detail; recipient: string };

const letter = ({ detail }: Told) =>
  letterWords({ purpose: String(detail['purpose']), occurrence: Number(detail['occurrence']) });
const to = ({ recipient }: Told) => (recipient ? ` to ${recipient}` : '');
const answered = ({ detail }: Told) => (detail['response'] ? `: ${detail['response']}` : '');
const plan = ({ detail }: Told) => `version ${detail['version']} of the plan`;

const WORDS: Record<string, (told: Told) => string> = {
  opened: () => 'opened the case',
  planned: ({ detail }) =>
    `wrote version ${detail['version']} of the plan: ${counted(Number(detail['letters']), 'letter')}`,
  decided: ({ detail }) =>
    `${CHOICES[String(detail['choice'])] ?? detail['choice']}${detail['revision'] === 1 ? '' : ', changing an earlier decision'}`,
  approved: (told) => `closed ${plan(told)}: it is approved`,
  changesRequested: (told) => `closed ${plan(told)}: changes were asked for`,
  refused: (told) =>
    'letterId' in told.detail
      ? `could not deliver: ${letter(told)}${to(told)}${answered(told)}`
      : `closed ${plan(told)}: it was refused`,
  lapsed: (told) => `closed ${plan(told)}: the time to decide ran out`,
  withdrawn: (told) => `withdrew ${plan(told)}`,
  superseded: (told) => `replaced ${plan(told)}`,
  wrote: (told) => `wrote: ${letter(told)}${to(told)}`,
  sent: (told) => `sent: ${letter(told)}${to(told)}`,
  unknown: (told) => `does not know whether it arrived: ${letter(told)}${to(told)}${answered(told)}`,
  settledLetter: (told) =>
    `did what was answered about ${letter(told)}${to(told)}: ${ANSWERS[String(told.detail['answer'])] ?? told.detail['answer']}`,
  askedForLink: () => 'asked for a new link',
  cancelled: (told) => `left unsent: ${letter(told)}${to(told)}`,
  reported: ({ detail }) => `sent a report: ${detail['fileName']} (version ${detail['version']})`,
  filed: ({ detail }) =>
    `filed a mail from the tray on this case${detail['asReport'] ? ', with the report it carried' : ''}`,
  asked: ({ detail }) => `asked the ISU: ${TASKS[detail['kind'] as TaskKind]?.title ?? detail['kind']}`,
  answered: ({ detail }) =>
    `settled “${TASKS[detail['kind'] as TaskKind]?.title ?? detail['kind']}”: ${ANSWERS[String(detail['answer'])] ?? detail['answer']}`,
  movedDates: ({ detail }) =>
    `moved the dates${moved('the deadline to', detail['deadlineOn'])}${moved('the meeting to', detail['meetingOn'])}`,
  settled: ({ detail }) => `counted the report: ${detail['outcome']}`,
  closed: ({ detail }) => `closed the case: ${detail['outcome']}`,
};

function moved(what: string, to: Detail[string]): string {
  return to ? `, ${what} ${to}` : '';
}

function plainly({ act, detail }: Entry): string {
  const told = Object.entries(detail as Detail).filter(([name]) => !name.endsWith('Id'));
  return [
    sentenceCase(act).toLowerCase(),
    ...told.map(([name, value]) => `${sentenceCase(name).toLowerCase()} ${value}`),
  ].join(', ');
}
