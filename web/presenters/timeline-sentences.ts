import { plainDate } from '../../domain/calendar.ts';
import { ANSWERS, TASKS, type TaskKind } from '../../domain/task.ts';
import { CHOICES, counted, type DateWords, letterWords } from './words.ts';

export type Detail = Record<string, string | number | boolean | undefined>;

/** What an act is told from. */
type Told = {
  detail: Detail;
  /** Of the letter it is about. */
  recipient: string;
  actor: string;
  door: string;
  state: string;
  words: Pick<DateWords, 'date'>;
};

/** What follows the name of who did it; `who` where that is nobody the act names. */
export type Sentence = { what: string; who?: string; hidesDoor?: boolean };

/** Why a letter that was written was not sent. */
const UNSENT: Record<string, string> = {
  reported: 'the report was there',
  counted: 'the absence of a report had been counted',
  overtaken: 'a later letter had overtaken it',
  replaced: 'a newer version of the plan says otherwise',
  closed: 'the case was closed',
};

const letter = ({ detail }: Told) =>
  letterWords({ purpose: String(detail['purpose']), occurrence: Number(detail['occurrence']) });
const to = ({ recipient }: Told) => (recipient ? ` to ${recipient}` : '');
const answered = ({ detail }: Told) => (detail['response'] ? `: ${detail['response']}` : '');
const plan = ({ detail }: Told) =>
  `version ${detail['version']} of the ${detail['subject'] === 'letterText' ? 'text' : 'plan'}`;
const task = ({ detail }: Told) => TASKS[detail['kind'] as TaskKind]?.title ?? String(detail['kind']);
const answer = ({ detail }: Told) => ANSWERS[String(detail['answer'])] ?? String(detail['answer']);
const number = (value: Detail[string], one: string, many?: string) => counted(Number(value), one, many);

/** A sentence for every act there is. */
export const SENTENCES: Record<string, (told: Told) => Sentence> = {
  opened: () => ({ what: 'opened the case' }),
  planned: (told) => ({ what: `wrote ${plan(told)}: ${number(told.detail['letters'], 'letter')}, receipts included` }),
  proposed: ({ detail }) => ({ what: `proposed a new text of the letter ${detail['template']}` }),
  decided: ({ detail }) => ({
    what: `${CHOICES[String(detail['choice'])] ?? detail['choice']}${detail['revision'] === 1 ? '' : ', changing an earlier decision'}`,
  }),
  approved: (told) => ({ what: `closed ${plan(told)}: it is approved` }),
  changesRequested: (told) => ({ what: `closed ${plan(told)}: changes were asked for` }),
  refused: (told) => ({
    what:
      'letterId' in told.detail
        ? `could not deliver: ${letter(told)}${to(told)}${answered(told)}`
        : `closed ${plan(told)}: it was refused`,
  }),
  lapsed: (told) => ({ what: `closed ${plan(told)}: the time to decide ran out` }),
  withdrawn: (told) => ({ what: `withdrew ${plan(told)}` }),
  superseded: (told) => ({ what: `replaced ${plan(told)}` }),
  kept: (told) => ({ what: `kept to ${plan(told)}: its letters go on leaving` }),
  wrote: (told) => ({ what: `wrote: ${letter(told)}${to(told)}` }),
  sent: (told) => ({ what: `sent: ${letter(told)}${to(told)}` }),
  unknown: (told) => ({ what: `does not know whether it arrived: ${letter(told)}${to(told)}${answered(told)}` }),
  settledLetter: (told) => ({ what: `did what was answered about ${letter(told)}${to(told)}: ${answer(told)}` }),
  cancelled: (told) => {
    const why = UNSENT[String(told.detail['why'])];
    return { what: `left unsent: ${letter(told)}${to(told)}${why ? `, because ${why}` : ''}` };
  },
  askedForLink: () => ({ what: 'asked for a new link' }),
  reported: reportedWords,
  wroteToUs: ({ detail }) => {
    if (detail['isBounce'])
      return { who: 'A mail server', what: 'returned a letter it could not deliver', hidesDoor: true };
    return { what: detail['isAutoReply'] ? 'sent an automatic reply' : 'wrote to us' };
  },
  filed: ({ detail }) => ({
    what: `filed a mail from the tray on this case${detail['asReport'] ? ', with the report it carried' : ''}`,
  }),
  asked: (told) => ({ what: `asked the ISU: ${task(told)}` }),
  answered: (told) => ({ what: `settled “${task(told)}”: ${answer(told)}` }),
  movedDates: ({ detail: { deadlineOn, meetingOn } }) => {
    const day = (on: Detail[string]) => plainDate(String(on), 'en');
    const moves = [deadlineOn && `the deadline to ${day(deadlineOn)}`, meetingOn && `the meeting to ${day(meetingOn)}`];
    const to = moves.filter(Boolean).join(' and ');
    return { what: to ? `moved ${to}` : 'moved the dates back to those of the treaty' };
  },
  settled: ({ detail }) => ({ what: `counted the report: ${detail['outcome']}` }),
  closed: ({ detail }) => ({ what: `closed the case: ${detail['outcome']}` }),
  signedIn: () => ({ what: 'signed in' }),
  importedContacts: ({ detail: { contacts, states } }) => ({
    what: `put ${number(contacts, 'contact')} of ${number(states, 'State Party', 'States Parties')} in the register`,
  }),
  importedPeople: ({ detail }) => ({ what: `put ${number(detail['people'], 'person', 'people')} in the register` }),
  mailedHead: ({ detail }) => ({ what: `mailed the hash of entry ${detail['entry']} to the outside address` }),
};

/** Sent by the State Party itself; or recorded by an officer, who says how and when it came. */
function reportedWords({ detail, actor, door, state, words }: Told): Sentence {
  const file = `${detail['fileName']} (version ${detail['version']})`;
  if (actor === 'State Party') return { what: `sent a report: ${file}` };
  const day = detail['at'] ? ` on ${words.date(Number(detail['at']))}` : '';
  return {
    what: `recorded a report received by ${door === 'email' ? 'email' : 'post'} from ${state}${day}: ${file}`,
    hidesDoor: true,
  };
}
