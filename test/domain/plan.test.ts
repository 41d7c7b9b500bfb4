import fc from 'fast-check';
import { addDays } from '../../domain/calendar.ts';
import { cycleDates } from '../../domain/cycle.ts';
import {
  type AddressedLetter,
  type AgreedLetter,
  addressed,
  lettersByDay,
  lettersToWrite,
  type PlanLetter,
  type PlanSoFar,
  planChange,
  planKey,
  STEP_OF,
  templateOf,
} from '../../domain/plan.ts';
import type { IsoDate } from '../../domain/treaty.ts';
import { treatyOf } from '../support/small-treaty.ts';

type Shortly = { caseId: string; purpose: string; occurrence: number; on: IsoDate | null };
const shortly = (caseId: string, purpose: string, occurrence: number, on: IsoDate | null): Shortly => ({
  caseId,
  purpose,
  occurrence,
  on,
});
const DEADLINE = '2031-04-30';
const asAgreed = (letter: Shortly): AgreedLetter => ({ ...letter, contactId: letter.caseId, deadlineOn: DEADLINE });
const asPlanned = (letter: Shortly, dueOn = DEADLINE) =>
  ({
    ...letter,
    contactId: letter.caseId,
    at: null,
    due: { iso3: letter.caseId, kind: 'annual', dueOn },
  }) as AddressedLetter;

describe('the change from one version of a plan to the next', () => {
  const BEFORE_ALL = '2030-12-01';
  const change = ({
    before,
    after,
    written = [],
    today = BEFORE_ALL,
  }: {
    before: Shortly[];
    after: AddressedLetter[];
    written?: Shortly[];
    today?: IsoDate;
  }) => {
    const base = { version: 1, isApproved: true, letters: before.map(asAgreed) };
    return planChange({ soFar: { base, written: new Set(written.map(planKey)) }, letters: after, today });
  };
  const before = [
    shortly('LAO', 'reminder', 1, '2031-01-30'),
    shortly('LAO', 'reminder', 2, '2031-03-31'),
    shortly('LAO', 'overdue', 3, '2031-06-30'),
    shortly('LAO', 'receipt', 1, null),
  ];

  it('counts what is new, what has another day, what names another deadline and what no longer leaves', () => {
    const after = [
      asPlanned(shortly('LAO', 'reminder', 1, '2031-01-30'), '2031-05-30'),
      asPlanned(shortly('LAO', 'reminder', 2, '2031-04-30')),
      asPlanned(shortly('FRA', 'reminder', 1, '2031-01-30')),
      asPlanned(shortly('LAO', 'receipt', 1, null)),
    ];
    expect(change({ before, after })).toEqual({ added: 1, moved: 1, reworded: 1, removed: 1 });
  });

  it('does not count what has been written, nor what went by unwritten', () => {
    const after = [asPlanned(before[3]!)];
    expect(change({ before, after, written: [before[1]!], today: '2031-02-01' })).toMatchObject({ removed: 1 });
  });

  const letters = fc
    .array(
      fc.record({
        caseId: fc.constantFrom('LAO', 'FRA', 'ESP'),
        purpose: fc.constantFrom('invitation', 'reminder', 'overdue'),
        occurrence: fc.integer({ min: 1, max: 3 }),
        on: fc.constantFrom('2031-01-30', '2031-03-31', null),
      }),
    )
    .map((all) => [...new Map(all.map((each) => [planKey(each), each])).values()]);
  const NONE = { added: 0, moved: 0, reworded: 0, removed: 0 };

  it('is none when the two are the same in another order', () => {
    fc.assert(
      fc.property(letters, (all) => {
        const after = all.toReversed().map((each) => asPlanned(each));
        expect(change({ before: all, after })).toEqual(NONE);
      }),
    );
  });

  it('accounts for every letter, and undone the other way round swaps what is added and removed', () => {
    fc.assert(
      fc.property(letters, letters, (old, fresh) => {
        const there = change({ before: old, after: fresh.map((each) => asPlanned(each)) });
        expect(old.length + there.added - there.removed).toBe(fresh.length);
        expect(change({ before: fresh, after: old.map((each) => asPlanned(each)) })).toEqual({
          ...there,
          added: there.removed,
          removed: there.added,
        });
      }),
    );
  });
});

describe('the letters a new version has to write', () => {
  const treaty = treatyOf(['LAO']);
  const CASE = 'ccm/2031/report-intake/LAO';
  const whole = {
    version: 1,
    isApproved: true,
    letters: drafted({ today: '2030-10-01' }).map((letter) => ({ ...letter, contactId: 'one', deadlineOn: DEADLINE })),
  };
  const key = (purpose: string, occurrence: number) => planKey({ caseId: CASE, purpose, occurrence });
  const invited = { written: new Set([key('invitation', 1)]), invitedOn: new Map([[CASE, '2030-12-02']]) };

  function drafted({
    today,
    moved = {},
    soFar = {},
  }: {
    today: IsoDate;
    moved?: { deadlineOn?: IsoDate; meetingOn?: IsoDate };
    soFar?: Partial<PlanSoFar>;
  }) {
    const dates = cycleDates({ treaty, year: 2031, moved: { deadlineOn: null, meetingOn: null, ...moved } });
    const nothing: PlanSoFar = { written: new Set(), waiting: new Set(), invitedOn: new Map(), base: null };
    return lettersToWrite({ treaty, dates, today, soFar: { ...nothing, ...soFar } });
  }
  const days = (...given: Parameters<typeof drafted>) =>
    drafted(...given).map(({ purpose, occurrence, on }) => `${purpose} ${occurrence} ${on}`);

  it('leave out what has gone, and count the days after the invitation from the one that went', () => {
    const soFar = { ...invited, base: whole };
    expect(days({ today: '2031-03-25', soFar }).slice(0, 2)).toEqual([
      'reminder 2 2031-03-31',
      'reminder 3 2031-04-16',
    ]);
  });

  it('leave the Coordinators their time, but for what they approved before and stands unchanged', () => {
    const moved = { deadlineOn: '2031-05-15' };
    expect(days({ today: '2031-03-25', moved, soFar: { ...invited, base: whole } })[0]).toBe('reminder 2 2031-04-15');
    const notAgreed = { ...whole, isApproved: false };
    expect(days({ today: '2031-03-25', soFar: { ...invited, base: notAgreed } })[0]).toBe('reminder 3 2031-04-16');
  });

  it('hold a letter that waits to be handed over on its day while its deadline stands', () => {
    const soFar = { ...invited, base: whole, waiting: new Set([key('reminder', 2)]) };
    const moved = { meetingOn: '2031-08-04' };
    expect(days({ today: '2031-04-02', moved, soFar })[0]).toBe('reminder 2 2031-03-31');
    expect(days({ today: '2031-04-02', moved, soFar: { ...soFar, waiting: new Set() } })[0]).toBe(
      'reminder 3 2031-04-16',
    );
  });

  it('hold it on its new day once its deadline has moved', () => {
    const soFar = { ...invited, base: whole, waiting: new Set([key('reminder', 2)]) };
    const moved = { deadlineOn: '2031-05-30' };
    expect(days({ today: '2031-04-02', moved, soFar })[0]).toBe('reminder 2 2031-04-30');
  });

  it('hold an invitation that waits on its day, or when its deadline has moved on a new one', () => {
    const waiting = new Set([key('invitation', 1)]);
    const soFar = { base: whole, waiting, invitedOn: invited.invitedOn };
    const today = addDays('2030-12-02', 1);
    expect(days({ today, soFar, moved: { meetingOn: '2031-08-04' } })[0]).toBe('invitation 1 2030-12-02');
    expect(days({ today, soFar, moved: { deadlineOn: '2031-05-30' } })[0]).toBe('invitation 1 2030-12-18');
  });
});

describe('the addresses of a letter', () => {
  const contact = (stateParty: string, kind: string, email: string) => ({ id: email, stateParty, kind, email });
  const written = (contacts: ReturnType<typeof contact>[]) =>
    addressed([asPlanned(shortly('LAO', 'reminder', 1, null))], contacts).map(({ contactId }) => contactId);

  it('are the missions, or where there is none the capital, each once, and nobody of another State', () => {
    const capital = contact('LAO', 'capital', 'capital@lao.example');
    const missions = [contact('LAO', 'mission', 'one@lao.example'), contact('LAO', 'mission', 'ONE@lao.example')];
    const stranger = contact('FRA', 'mission', 'mission@fra.example');
    expect(written([capital, stranger])).toEqual(['capital@lao.example']);
    expect(written([capital, ...missions])).toEqual(['ONE@lao.example']);
    expect(written([stranger])).toEqual([]);
  });
});

describe('the letters of a plan by day', () => {
  const plan = (
    purpose: PlanLetter['purpose'],
    on: string | null,
    kind: 'annual' | 'initial' = 'annual',
  ): PlanLetter => ({
    caseId: 'LAO',
    purpose,
    occurrence: 1,
    on,
    at: null,
    due: { iso3: 'LAO', kind, dueOn: '2031-04-30' },
  });

  it('stand in the order they leave, counted by kind, with receipts last', () => {
    const letters = [
      plan('receipt', null),
      plan('reminder', '2031-01-30'),
      plan('invitation', '2030-12-02'),
      plan('reminder', '2031-01-30'),
      plan('invitation', '2030-12-02', 'initial'),
    ];
    expect(lettersByDay(letters)).toEqual([
      { purpose: 'invitation', kind: 'annual', on: '2030-12-02', count: 1 },
      { purpose: 'invitation', kind: 'initial', on: '2030-12-02', count: 1 },
      { purpose: 'reminder', kind: 'annual', on: '2031-01-30', count: 2 },
      { purpose: 'receipt', kind: 'annual', on: null, count: 1 },
    ]);
  });
});

describe('a letter of the plan', () => {
  it('belongs to a step of the board', () => {
    expect(STEP_OF).toEqual({
      invitation: 'invitation',
      reminder: 'reminders',
      overdue: 'reminders',
      receipt: 'receipt',
    });
  });

  it.each([
    ['invitation', 'annual', 'report-intake/invitation'],
    ['invitation', 'initial', 'report-intake/initial-invitation'],
    ['overdue', 'initial', 'report-intake/initial-overdue'],
    ['receipt', 'annual', 'report-intake/receipt'],
    ['receipt', 'initial', 'report-intake/receipt'],
  ] as const)('%s of an %s report is written from %s', (purpose, kind, template) => {
    expect(templateOf({ purpose, kind })).toBe(template);
  });
});
