import { presentTimeline } from '../../web/presenters/timeline.ts';

const LETTER = '11111111-1111-4111-8111-111111111111';
const ANA = '22222222-2222-4222-8222-222222222222';
const letters = [{ id: LETTER, purpose: 'reminder', occurrence: 2, recipient: 'mission@hnd.example' }] as never;
const people = new Map([[ANA, { name: 'Ana Vella', role: 'coordinator' }]]);

function told(act: string, detail: object, actor = 'engine', door = 'engine') {
  const entry = { seq: 1n, at: new Date('2027-03-31T07:00:00Z'), actor, door, act, detail };
  const [shown] = presentTimeline({ timeline: [entry] as never, people, letters });
  return [shown?.who, shown?.what, shown?.door].filter(Boolean).join(' ');
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
    ['planned', { version: 2, letters: 1008 }, 'Focalpoint wrote version 2 of the plan: 1,008 letters'],
    ['settled', { outcome: 'late' }, 'Focalpoint counted the report: late'],
    [
      'settledLetter',
      { letterId: LETTER, answer: 'sendAgain' },
      'Focalpoint did what was answered about Reminder 2 before the deadline to mission@hnd.example: Send the same letter again',
    ],
  ])('says of %s what happened', (act, detail, sentence) => {
    expect(told(act, detail)).toBe(sentence);
  });

  it('names who decided, and by which door', () => {
    expect(told('decided', { choice: 'approve', revision: 1 }, ANA, 'link')).toBe(
      'Ana Vella approved by a link in an email',
    );
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
    expect(presentTimeline({ timeline, people, letters }).map(({ seq }) => seq)).toEqual(['2']);
  });
});
