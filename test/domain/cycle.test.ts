import fc from 'fast-check';
import { loadTreaty } from '../../adapters/treaty.ts';
import { addDays, isWorkingDay, workCalendar } from '../../domain/calendar.ts';
import { cycleDates, cycleYear, daysLeft, firstSendingDay, plannedLetters, reportsDue } from '../../domain/cycle.ts';
import type { IsoDate } from '../../domain/treaty.ts';

const treaty = loadTreaty({ folder: 'treaties/ccm' });
const { policy } = treaty;
const calendar = workCalendar({ timeZone: policy.treatyTimeZone, holidays: treaty.holidays });

/** The letters a report leads to, as `purpose date`, when the plan was ready on the day the cycle opened. */
function lettersOf({
  year,
  iso3 = 'LAO',
  kind = 'annual',
  notBefore = `${year - 1}-10-16`,
}: {
  year: number;
  iso3?: string;
  kind?: string;
  notBefore?: IsoDate;
}): string[] {
  const dates = cycleDates({ treaty, year });
  const due = reportsDue({ states: treaty.states, dates }).find((each) => each.iso3 === iso3 && each.kind === kind)!;
  return plannedLetters({ due, dates, policy, calendar, notBefore }).map(({ purpose, on }) => `${purpose} ${on}`);
}

describe('the cycle of 2027', () => {
  it('opens on 1 October, invites on 1 December, asks for reports by 30 April and closes on 30 September', () => {
    expect(cycleDates({ treaty, year: 2027 })).toMatchObject({
      reportingYear: 2026,
      opensOn: '2026-10-01',
      invitationOn: '2026-12-01',
      deadlineOn: '2027-04-30',
      closesOn: '2027-09-30',
    });
  });

  it('assumes the day of a meeting nobody has set yet, and says so; its cut-off lies ten weeks before', () => {
    expect(cycleDates({ treaty, year: 2027 })).toMatchObject({
      meetingName: {
        en: 'Meeting of States Parties 2027',
        fr: 'Assemblée des États parties de 2027',
        es: 'Reunión de los Estados Partes de 2027',
      },
      meetingOn: '2027-09-14',
      meetingCertainty: 'assumed',
      cutOffOn: '2027-07-06',
    });
  });

  it('takes the day of a meeting that is known from the calendar', () => {
    expect(cycleDates({ treaty, year: 2025 })).toMatchObject({
      meetingName: { fr: 'Treizième Assemblée des États parties' },
      meetingOn: '2025-09-16',
      meetingCertainty: 'sourced',
      cutOffOn: '2025-07-08',
    });
  });

  it('moves the cut-off with the meeting and nothing with the deadline but itself', () => {
    const meeting = cycleDates({ treaty, year: 2027, moved: { deadlineOn: null, meetingOn: '2027-10-12' } });
    expect(meeting).toMatchObject({ meetingOn: '2027-10-12', cutOffOn: '2027-08-03', deadlineOn: '2027-04-30' });
    expect(meeting.meetingCertainty).toBe('sourced');
    const deadline = cycleDates({ treaty, year: 2027, moved: { deadlineOn: '2027-05-31', meetingOn: null } });
    expect(deadline).toMatchObject({ deadlineOn: '2027-05-31', cutOffOn: '2027-07-06', meetingCertainty: 'assumed' });
  });

  it.each([
    ['2026-09-30', 2026, 2027],
    ['2026-10-01', 2027, 2028],
    ['2027-04-30', 2027, 2028],
  ])('on %s the cycle of %i is open and that of %i comes next', (on, open, next) => {
    expect(cycleYear({ policy, on, upcoming: false })).toBe(open);
    expect(cycleYear({ policy, on, upcoming: true })).toBe(next);
  });
});

describe('the reports due', () => {
  const due = (year: number, moved?: { deadlineOn: IsoDate }) =>
    reportsDue({
      states: treaty.states,
      dates: cycleDates({ treaty, year, moved: moved && { ...moved, meetingOn: null } }),
    });

  it('are the annual one of all 112 States Parties, and Vanuatu’s initial one of 28 August 2026 beside its annual', () => {
    const dues = due(2027);
    expect(dues.filter(({ kind }) => kind === 'annual')).toHaveLength(112);
    expect(dues.filter(({ iso3 }) => iso3 === 'VUT')).toEqual([
      { iso3: 'VUT', kind: 'initial', dueOn: '2026-08-28' },
      { iso3: 'VUT', kind: 'annual', dueOn: '2027-04-30' },
    ]);
    expect(dues).toHaveLength(113);
  });

  it('do not hold Vanuatu’s annual report before its initial one has been due', () => {
    expect(due(2026).filter(({ iso3 }) => iso3 === 'VUT')).toEqual([]);
    expect(due(2028).filter(({ iso3 }) => iso3 === 'VUT')).toEqual([
      { iso3: 'VUT', kind: 'annual', dueOn: '2028-04-30' },
    ]);
  });

  it('hold each initial report in exactly one cycle, whatever its day', () => {
    const days = fc.integer({ min: 0, max: 5 * 365 }).map((days) => addDays('2026-05-01', days));
    fc.assert(
      fc.property(days, (dueOn) => {
        const states = [{ ...treaty.states[0]!, initialReportDueOn: dueOn }];
        const cycles = [2027, 2028, 2029, 2030, 2031, 2032].filter((year) =>
          reportsDue({ states, dates: cycleDates({ treaty, year }) }).some(({ kind }) => kind === 'initial'),
        );
        expect(cycles).toHaveLength(1);
      }),
      { numRuns: 50, examples: [['2027-04-30'], ['2027-05-01'], ['2028-02-29'], ['2031-04-30'], ['2031-05-01']] },
    );
  });

  it('stay the same reports when the deadline moves', () => {
    const states = ['2026-05-10', '2027-04-20', '2027-05-10'].map((initialReportDueOn, index) => ({
      ...treaty.states[index]!,
      initialReportDueOn,
    }));
    const kinds = (deadlineOn: IsoDate | null) =>
      reportsDue({ states, dates: cycleDates({ treaty, year: 2027, moved: { deadlineOn, meetingOn: null } }) }).map(
        ({ iso3, kind }) => `${iso3} ${kind}`,
      );
    expect(kinds('2027-06-15')).toEqual(kinds(null));
    expect(kinds('2027-04-01')).toEqual(kinds(null));
  });
});

describe('the letters of a report', () => {
  it.each<[number, IsoDate, IsoDate[], IsoDate[]]>([
    [
      2027,
      '2026-12-01',
      ['2027-01-29', '2027-03-31', '2027-04-16', '2027-04-27'],
      ['2027-05-07', '2027-05-31', '2027-06-29'],
    ],
    [
      2028,
      '2027-12-01',
      ['2028-01-31', '2028-03-31', '2028-04-13', '2028-04-27'],
      ['2028-05-08', '2028-05-30', '2028-06-29'],
    ],
    [
      2031,
      '2030-12-02',
      ['2031-01-30', '2031-03-31', '2031-04-16', '2031-04-25'],
      ['2031-05-07', '2031-05-30', '2031-06-30'],
    ],
  ])('of %i leave on written-out days, off weekends and holidays', (year, invitation, before, after) => {
    expect(lettersOf({ year })).toEqual([
      `invitation ${invitation}`,
      ...before.map((on) => `reminder ${on}`),
      ...after.map((on) => `overdue ${on}`),
      'receipt null',
    ]);
  });

  it('leave at 09:00 in Geneva', () => {
    const dates = cycleDates({ treaty, year: 2027 });
    const [due] = reportsDue({ states: treaty.states, dates });
    const at = plannedLetters({ due: due!, dates, policy, calendar, notBefore: '2026-10-16' }).map(
      (letter) => letter.at,
    );
    expect(new Date(at[0]!).toISOString()).toBe('2026-12-01T08:00:00.000Z');
    expect(new Date(at[2]!).toISOString()).toBe('2027-03-31T07:00:00.000Z');
    expect(at.at(-1)).toBeNull();
  });

  it('of an initial report that is overdue already count from the invitation', () => {
    expect(lettersOf({ year: 2027, iso3: 'VUT', kind: 'initial' })).toEqual([
      'invitation 2026-12-01',
      'overdue 2026-12-08',
      'overdue 2026-12-31',
      'overdue 2027-02-01',
      'receipt null',
    ]);
  });

  it('leave out the reminders that would come before a late invitation', () => {
    expect(lettersOf({ year: 2027, notBefore: '2027-04-03' })).toEqual([
      'invitation 2027-04-05',
      'reminder 2027-04-16',
      'reminder 2027-04-27',
      'overdue 2027-05-07',
      'overdue 2027-05-31',
      'overdue 2027-06-29',
      'receipt null',
    ]);
  });

  it('after an invitation that itself comes after the deadline count from it, and stop at the cut-off', () => {
    expect(lettersOf({ year: 2027, notBefore: '2027-05-11' })).toEqual([
      'invitation 2027-05-11',
      'overdue 2027-05-18',
      'overdue 2027-06-10',
      'receipt null',
    ]);
  });

  it('are dated on working days only, in order, whatever the year and the day the plan is ready', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2027, max: 2033 }), fc.integer({ min: 0, max: 300 }), (year, days) => {
        const dates = cycleDates({ treaty, year });
        const [due] = reportsDue({ states: treaty.states, dates });
        const notBefore = addDays(dates.opensOn, days);
        const on = plannedLetters({ due: due!, dates, policy, calendar, notBefore }).flatMap(
          (letter) => letter.on ?? [],
        );
        for (const date of on) expect(isWorkingDay(date, calendar)).toBe(true);
        expect(on).toEqual([...new Set(on)].sort());
        expect(on[0]! >= notBefore).toBe(true);
      }),
    );
  });

  it('say how many days are left, or have passed', () => {
    const due = { iso3: 'LAO', kind: 'annual' as const, dueOn: '2027-04-30' };
    expect(daysLeft({ due, on: '2027-03-31' })).toBe(30);
    expect(daysLeft({ due, on: '2027-05-07' })).toBe(-7);
  });
});

describe('the first day on which letters can leave', () => {
  it('comes after the Coordinators’ ten working days', () => {
    expect(firstSendingDay({ today: '2026-10-01', policy, calendar })).toBe('2026-10-16');
    expect(firstSendingDay({ today: '2026-12-18', policy, calendar })).toBe('2027-01-06');
  });
});
