import type { CaseFile, People } from '../../adapters/overview/case-file.ts';
import { type Detail, SENTENCES, type Sentence } from './timeline-sentences.ts';
import { capitalised, type DateWords, sentenceCase } from './words.ts';

type Entry = CaseFile['timeline'][number];

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
  stateName,
  words,
}: Pick<CaseFile, 'timeline' | 'people' | 'letters'> & {
  /** Of a case that is about one State Party. */
  stateName: string | null;
  words: Pick<DateWords, 'date'>;
}): Act[] {
  const byId = new Map(letters.map((letter) => [letter.id, letter]));
  const ended = new Set(timeline.filter(({ act }) => ENDS.includes(act)).map(letterOf));
  const told = timeline.filter((entry) => entry.act !== 'wrote' || !ended.has(letterOf(entry)));
  const state = stateName ?? 'the State Party';
  return told.map((entry) => {
    const about = byId.get(String(letterOf(entry)));
    const { purpose = 'letter', occurrence = 1, recipient = '' } = about ?? {};
    const detail: Detail = { purpose, occurrence, ...(entry.detail as Detail) };
    const { actor, door } = entry;
    const say = SENTENCES[entry.act];
    const { who, what, hidesDoor = false } = say?.({ detail, recipient, actor, door, state, words }) ?? plainly(entry);
    return {
      seq: String(entry.seq),
      at: entry.at,
      who: who ?? actorOf({ actor, people, state }),
      what,
      said: String(detail['comment'] || detail['note'] || detail['reason'] || ''),
      letterId: about?.id ?? null,
      door: hidesDoor ? '' : (DOORS[door] ?? door),
    };
  });
}

function actorOf({ actor, people, state }: { actor: string; people: People; state: string }): string {
  if (actor === 'engine') return 'Focalpoint';
  if (actor === 'State Party') return capitalised(state);
  return people.get(actor)?.name ?? 'A person no longer in the list';
}

/** Without an act of its own shown as it was recorded, its ids left out. */
function plainly({ act, detail }: Entry): Sentence {
  const told = Object.entries(detail as Detail).filter(([name]) => !name.endsWith('Id'));
  const plain = (code: string) => sentenceCase(code).toLowerCase();
  return { what: [plain(act), ...told.map(([name, value]) => `${plain(name)} ${value}`)].join(', ') };
}
