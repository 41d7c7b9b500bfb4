import { dateAt, instantOf, longDate, longMoment, plainDate } from '../../domain/calendar.ts';
import type { Certainty } from '../../domain/treaty.ts';

/** "1 letter", "108 letters". Numbers never stand without their word. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en-GB')} ${count === 1 ? one : many}`;
}

/** How a page says when: the words only change with the treaty's zone and the year it is. */
export type DateWords = {
  /** "Monday 2 March 2027 at 09:00 (Geneva)" */
  moment(at: Date | number): string;
  /** "Monday 2 March 2027" */
  day(at: Date | number): string;
  /** "2 March 2027" */
  date(at: Date | number): string;
  /** "2 Mar", with the year when it is not this one. */
  brief(at: Date | number): string;
  /** "2027-03-02" */
  iso(at: Date | number): string;
};

export function dateWords({ timeZone, now }: { timeZone: string; now: Date }): DateWords {
  const iso = (at: Date | number) => dateAt(Number(at), timeZone);
  const year = Number(iso(now).slice(0, 4));
  const begins = instantOf(`${year}-01-01`, '00:00', timeZone);
  const ends = instantOf(`${year + 1}-01-01`, '00:00', timeZone);
  const { thisYear, otherYear } = briefFormats(timeZone);
  return {
    moment: (at) => longMoment(Number(at), 'en', timeZone),
    day: (at) => longDate(iso(at), 'en'),
    date: (at) => plainDate(iso(at), 'en'),
    brief: (at) => (Number(at) >= begins && Number(at) < ends ? thisYear : otherYear).format(at),
    iso,
  };
}

type BriefFormats = { thisYear: Intl.DateTimeFormat; otherYear: Intl.DateTimeFormat };
const formats = new Map<string, BriefFormats>();

/** Kept, because making a format costs a thousand times what using it does. */
function briefFormats(timeZone: string): BriefFormats {
  let made = formats.get(timeZone);
  if (!made) {
    const parts = { day: 'numeric', month: 'short', timeZone } as const;
    const otherYear = new Intl.DateTimeFormat('en-GB', { ...parts, year: 'numeric' });
    formats.set(timeZone, (made = { thisYear: new Intl.DateTimeFormat('en-GB', parts), otherYear }));
  }
  return made;
}

/** How sure we are of a value, as people read it beside the value. What is known needs no mark. */
export const MARKS: Record<Certainty, { mark: string; meaning: string } | null> = {
  sourced: null,
  derived: null,
  recalled: { mark: 'from memory', meaning: 'Written down from memory; no source has been seen yet.' },
  inferred: {
    mark: 'inferred',
    meaning: 'Concluded from something else, such as the language a mission usually writes in.',
  },
  assumed: { mark: 'assumed', meaning: 'Not decided or not known yet; set so that the year can be planned.' },
  invented: { mark: 'invented', meaning: 'Made up, to be replaced before anything is sent for real.' },
};

/** "French" for `fr`. */
export function languageName(code: string): string {
  return LANGUAGES[code] ?? code;
}

const LANGUAGES: Record<string, string> = {
  en: 'English',
  fr: 'French',
  es: 'Spanish',
  ru: 'Russian',
  zh: 'Chinese',
  ar: 'Arabic',
};

/** What somebody decided, after their name. */
export const CHOICES: Record<string, string> = {
  approve: 'approved',
  requestChanges: 'asked for changes',
  refuse: 'refused',
  abstain: 'abstained',
};

/** What the letters are called on the pages, by purpose. */
export function letterWords({ purpose, occurrence }: { purpose: string; occurrence: number }): string {
  const words = PURPOSES[purpose];
  return words ? words(occurrence) : `${sentenceCase(purpose)} ${occurrence}`;
}

const PURPOSES: Record<string, (occurrence: number) => string> = {
  invitation: () => 'Invitation',
  reminder: (occurrence) => `Reminder ${occurrence} before the deadline`,
  overdue: (occurrence) => `Reminder ${occurrence} after the deadline`,
  receipt: (occurrence) => (occurrence === 1 ? 'Receipt' : `Receipt for version ${occurrence}`),
  'approval-request': () => 'Request to decide',
  'approval-reminder': (occurrence) => `Reminder ${occurrence} to decide`,
  'decision-receipt': () => 'Receipt for a decision',
  'approval-outcome': () => 'Outcome of an approval',
};

/** "not received by the cut-off" → "Not received by the cut-off". */
export function capitalised(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** `approval-request`, `changesRequested` → "Approval request", "Changes requested". */
export function sentenceCase(code: string): string {
  const words = code.replace(/([a-z])([A-Z])/g, '$1 $2').replaceAll('-', ' ');
  return capitalised(words.toLowerCase());
}
