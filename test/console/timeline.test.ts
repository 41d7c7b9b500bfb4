import { presentTimeline } from '../../web/presenters/timeline.ts';
import { SENTENCES } from '../../web/presenters/timeline-sentences.ts';
import { dateWords } from '../../web/presenters/words.ts';
import { filesUnder, sorted, textOf, wordsOfType } from '../docs/source.ts';

const LETTER = '11111111-1111-4111-8111-111111111111';
const ANA = '22222222-2222-4222-8222-222222222222';
const letters = [{ id: LETTER, purpose: 'reminder', occurrence: 2, recipient: 'mission@hnd.example' }] as never;
const people = new Map([[ANA, { name: 'Ana Vella', role: 'coordinator' }]]);

const words = dateWords({ timeZone: 'Europe/Zurich', now: new Date('2027-05-01') });
const shown = { people, letters, stateName: 'Honduras', words };

function told(act: string, detail: object, actor = 'engine', door = 'engine') {
  const entry = { seq: 1n, at: new Date('2027-03-31T07:00:00Z'), actor, door, act, detail };
  const [line] = presentTimeline({ ...shown, timeline: [entry] as never });
  return [line?.who, line?.what, line?.door].filter(Boolean).join(' ');
}

describe('The timeline of a case', () => {
  it.each([
    ['sent', { letterId: LETTER }, 'Focalpoint sent: Reminder 2 before the deadline to mission@hnd.example'],
    [
      'refused',
      { letterId: LETTER, response: '550 No such mailbox' },
      'Focalpoint could not deliver: Reminder 2 before the deadline to mission@hnd.example: 550 No such mailbox',
    ],
    ['refused', { version: 1 }, 'Focalpoint closed version 1 of the plan: it was refused'],
    [
      'planned',
      { version: 2, letters: 1008 },
      'Focalpoint wrote version 2 of the plan: 1,008 letters, receipts included',
    ],
    ['settled', { outcome: 'late' }, 'Focalpoint counted the report: late'],
    [
      'settledLetter',
      { letterId: LETTER, answer: 'sendAgain' },
      'Focalpoint did what was answered about Reminder 2 before the deadline to mission@hnd.example: Send the same letter again',
    ],
    ['movedDates', { deadlineOn: '2028-05-30', meetingOn: '' }, 'Focalpoint moved the deadline to 30 May 2028'],
    [
      'movedDates',
      { deadlineOn: '2028-05-30', meetingOn: '2028-09-05' },
      'Focalpoint moved the deadline to 30 May 2028 and the meeting to 5 September 2028',
    ],
    ['movedDates', { deadlineOn: '', meetingOn: '' }, 'Focalpoint moved the dates back to those of the treaty'],
    [
      'cancelled',
      { letterId: LETTER, why: 'replaced' },
      'Focalpoint left unsent: Reminder 2 before the deadline to mission@hnd.example, because a newer version of the plan says otherwise',
    ],
    [
      'cancelled',
      { letterId: LETTER },
      'Focalpoint left unsent: Reminder 2 before the deadline to mission@hnd.example',
    ],
    ['importedContacts', { contacts: 1, states: 1 }, 'Focalpoint put 1 contact of 1 State Party in the register'],
  ])('says of %s what happened', (act, detail, sentence) => {
    expect(told(act, detail)).toBe(sentence);
  });

  it('names who decided, and by which door', () => {
    expect(told('decided', { choice: 'approve', revision: 1 }, ANA, 'link')).toBe(
      'Ana Vella approved by a link in an email',
    );
  });

  it.each([
    ['link', 'State Party', 'Honduras sent a report: report.pdf (version 1) by a link in an email'],
    ['email', 'State Party', 'Honduras sent a report: report.pdf (version 1) by email'],
    [
      'post',
      ANA,
      'Ana Vella recorded a report received by post from Honduras on 28 April 2027: report.pdf (version 1)',
    ],
    [
      'email',
      ANA,
      'Ana Vella recorded a report received by email from Honduras on 28 April 2027: report.pdf (version 1)',
    ],
  ])(
    'says of a report that came by %s whether the State Party sent it or an officer recorded it',
    (door, actor, sentence) => {
      const detail = { fileName: 'report.pdf', version: 1, at: Date.parse('2027-04-28T10:00:00Z') };
      expect(told('reported', detail, actor, door)).toBe(sentence);
    },
  );

  it.each([
    [{ isAutoReply: false, isBounce: false }, 'Honduras wrote to us by email'],
    [{ isAutoReply: true, isBounce: false }, 'Honduras sent an automatic reply by email'],
    [{ isAutoReply: false, isBounce: true }, 'A mail server returned a letter it could not deliver'],
  ])('tells a mail of the State Party from those of machines: %j', (detail, sentence) => {
    expect(told('wroteToUs', detail, 'State Party', 'email')).toBe(sentence);
  });

  it('has a sentence for every act that is ever written', () => {
    const sources = filesUnder('adapters', 'activities', 'worker', 'web', 'cli').filter((path) => /\.tsx?$/.test(path));
    const written = sources.map(textOf).join('\n');
    // As a field of an entry, or as the literal before the detail in a statement.
    const found = [...written.matchAll(/\bact: '(\w+)'|'(\w+)', \$\{detail\}::jsonb/g)].map(
      (match) => match[1] ?? match[2]!,
    );
    const ends = wordsOfType({ file: 'domain/approval.ts', type: 'ApprovalState' }).filter((state) => state !== 'open');
    const endings = ['sent', 'refused', 'unknown', 'cancelled'];
    expect(sorted(Object.keys(SENTENCES))).toEqual(sorted([...new Set([...found, ...ends, ...endings])]));
  });

  it('shows an act it has no words for as it was recorded, without its ids', () => {
    expect(told('heldBack', { letterId: LETTER, untilDay: '2027-04-01' })).toMatch(
      /^Focalpoint held back, .*until day 2027-04-01$/,
    );
  });

  it('does not say that a letter was written once it says how it ended', () => {
    const entry = (act: string, seq: bigint) => ({
      seq,
      at: new Date(),
      actor: 'engine',
      door: 'engine',
      act,
      detail: { letterId: LETTER },
    });
    const timeline = [entry('sent', 2n), entry('wrote', 1n)] as never;
    expect(presentTimeline({ ...shown, timeline }).map(({ seq }) => seq)).toEqual(['2']);
  });
});
