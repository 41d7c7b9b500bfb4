import { loadTreaty } from '../../adapters/treaty.ts';
import {
  addWorkingDays,
  dateAt,
  dateOf,
  daysBetween,
  endOfDay,
  instantOf,
  isWorkingDay,
  longDate,
  longMoment,
  plainDate,
  workCalendar,
  workingDay,
} from '../../domain/calendar.ts';
import type { Language } from '../../domain/treaty.ts';

const { policy, holidays } = loadTreaty({ folder: 'treaties/ccm' });
const geneva = workCalendar({ timeZone: policy.treatyTimeZone, holidays });
const utc = (instant: number) => new Date(instant).toISOString();

describe('a working day', () => {
  it.each([
    ['2028-04-13', true, 'a Thursday'],
    ['2028-04-14', false, 'Good Friday'],
    ['2028-04-15', false, 'a Saturday'],
    ['2028-04-16', false, 'a Sunday'],
    ['2028-04-17', false, 'Easter Monday'],
    ['2028-04-18', true, 'a Tuesday'],
    ['2030-12-25', false, 'Christmas Day, a Wednesday'],
    ['2031-01-24', false, 'Eid al-Fitr, a Friday'],
  ])('%s: %s (%s)', (date, isOne) => {
    expect(isWorkingDay(date, geneva)).toBe(isOne);
  });

  it('is the nearest one before or after a day off', () => {
    expect(workingDay('2028-04-16', 'onOrBefore', geneva)).toBe('2028-04-13');
    expect(workingDay('2028-04-16', 'onOrAfter', geneva)).toBe('2028-04-18');
    expect(workingDay('2028-04-18', 'onOrBefore', geneva)).toBe('2028-04-18');
  });

  it.each([
    ['2028-04-13', 1, '2028-04-18'],
    ['2028-04-18', -1, '2028-04-13'],
    ['2028-04-15', 1, '2028-04-18'],
    ['2028-04-16', 0, '2028-04-16'],
    ['2030-10-01', 10, '2030-10-15'],
    ['2030-12-24', 10, '2031-01-09'],
  ])('%s and %i working days is %s', (from, count, to) => {
    expect(addWorkingDays(from, count, geneva)).toBe(to);
  });
});

describe('a date', () => {
  it('is refused when there is no such day', () => {
    expect(() => dateOf(2027, '02-29')).toThrow(RangeError);
    expect(() => dateOf(2027, '02-30')).toThrow(RangeError);
    expect(dateOf(2028, '02-29')).toBe('2028-02-29');
  });

  it('is so many days from another, across a leap day and a change of time', () => {
    expect(daysBetween('2028-01-31', '2028-04-30')).toBe(90);
    expect(daysBetween('2027-03-27', '2027-03-29')).toBe(2);
    expect(daysBetween('2028-04-30', '2028-01-31')).toBe(-90);
  });
});

describe('an instant in Geneva', () => {
  it.each([
    ['2027-01-29', '09:00', '2027-01-29T08:00:00.000Z', 'winter'],
    ['2027-03-31', '09:00', '2027-03-31T07:00:00.000Z', 'summer'],
    ['2027-03-28', '02:30', '2027-03-28T01:30:00.000Z', 'an hour that does not exist: the clock shows 03:30'],
    ['2027-10-31', '02:30', '2027-10-31T00:30:00.000Z', 'an hour that comes twice: the first of the two'],
  ])('%s at %s is %s (%s)', (date, time, instant) => {
    expect(utc(instantOf(date, time, 'Europe/Zurich'))).toBe(instant);
  });

  it('ends a deadline with its day', () => {
    const end = endOfDay('2031-04-30', 'Europe/Zurich');
    expect(utc(end)).toMatch(/^2031-04-30T21:59:59/);
    expect(dateAt(end, 'Europe/Zurich')).toBe('2031-04-30');
    expect(dateAt(end + 1000, 'Europe/Zurich')).toBe('2031-05-01');
  });

  it('belongs to the day of the zone it is asked for', () => {
    const late = Date.parse('2031-04-30T22:30:00Z');
    expect(dateAt(late, 'Europe/Zurich')).toBe('2031-05-01');
    expect(dateAt(late, 'America/New_York')).toBe('2031-04-30');
  });
});

describe('a date as people read it', () => {
  it.each<[Language, string, string]>([
    ['en', 'Monday 1 March 2027', '1 March 2027'],
    ['fr', 'lundi 1er mars 2027', '1er mars 2027'],
    ['es', 'lunes 1 de marzo de 2027', '1 de marzo de 2027'],
  ])('in %s is %s', (language, long, plain) => {
    expect(longDate('2027-03-01', language)).toBe(long);
    expect(plainDate('2027-03-01', language)).toBe(plain);
  });

  it('has a "1er" in French for the first of a month only', () => {
    expect(['2027-03-01', '2027-03-11', '2027-03-21', '2027-03-31'].map((date) => plainDate(date, 'fr'))).toEqual([
      '1er mars 2027',
      '11 mars 2027',
      '21 mars 2027',
      '31 mars 2027',
    ]);
  });

  it.each<[Language, string, string]>([
    ['en', 'Europe/Zurich', 'Tuesday 2 March 2027 at 09:00 (Geneva)'],
    ['fr', 'Europe/Zurich', 'mardi 2 mars 2027 à 09:00 (Genève)'],
    ['es', 'Europe/Zurich', 'martes 2 de marzo de 2027 a las 09:00 (Ginebra)'],
    ['en', 'America/Port_of_Spain', 'Tuesday 2 March 2027 at 04:00 (Port of Spain)'],
    ['en', 'Pacific/Auckland', 'Tuesday 2 March 2027 at 21:00 (Auckland)'],
  ])('names the zone of its time (%s, %s)', (language, timeZone, written) => {
    expect(longMoment(Date.parse('2027-03-02T08:00:00Z'), language, timeZone)).toBe(written);
  });

  it('says 00:15, not 24:15, after midnight', () => {
    expect(longMoment(Date.parse('2027-03-01T23:15:00Z'), 'en', 'Europe/Zurich')).toContain('2 March 2027 at 00:15');
  });
});
