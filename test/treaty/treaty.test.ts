import { loadTreaty } from '../../adapters/treaty.ts';
import { daysBetween, Temporal } from '../../domain/calendar.ts';
import { namesOf, stateIndex, stateNamed } from '../../domain/state-names.ts';
import { stateParty } from '../../domain/treaty.ts';

const treaty = loadTreaty({ folder: 'treaties/ccm' });

describe('the Convention on Cluster Munitions as data', () => {
  it('has 112 States Parties, each with its names in six languages', () => {
    expect(treaty.id).toBe('ccm');
    expect(treaty.states).toHaveLength(112);
    for (const state of treaty.states) expect(Object.values(state.names).filter(Boolean)).toHaveLength(6);
  });

  it('writes to 73 States in English, 22 in French and 17 in Spanish, all inferred', () => {
    const inLanguage = (language: string) => treaty.states.filter((state) => state.language === language).length;
    expect([inLanguage('en'), inLanguage('fr'), inLanguage('es')]).toEqual([73, 22, 17]);
    expect(new Set(treaty.states.map((state) => state.languageCertainty))).toEqual(new Set(['inferred']));
  });

  it('expects reports in Arabic from the three States it cannot write to in Arabic', () => {
    const arabic = treaty.states.filter((state) => state.otherLanguages[0] === 'ar' && state.language === 'en');
    expect(arabic.map((state) => state.iso3)).toEqual(expect.arrayContaining(['IRQ', 'LBN', 'PSE']));
    expect(stateParty(treaty, 'LBN').otherLanguages).toEqual(['ar', 'fr']);
  });

  it('expects the initial report of Vanuatu on 28 August 2026', () => {
    expect(stateParty(treaty, 'VUT')).toMatchObject({ inForceOn: '2026-03-01', initialReportDueOn: '2026-08-28' });
  });

  it('says of 51 dates of entry into force that they are sourced, of 22 derived and of 39 recalled', () => {
    const known = (certainty: string) => treaty.states.filter((state) => state.dateCertainty === certainty).length;
    expect([known('sourced'), known('derived'), known('recalled')]).toEqual([51, 22, 39]);
  });

  it('has no meeting in 2027 and marks the days of the Third Review Conference as assumed', () => {
    expect(treaty.meetings.filter((meeting) => meeting.startsOn.startsWith('2027'))).toEqual([]);
    expect(treaty.meetings.find((meeting) => meeting.id === '3RC')).toMatchObject({ certainty: 'assumed' });
  });

  it('reaches the document deadline of 13MSP, 8 July 2025, ten weeks before it', () => {
    const meeting = treaty.meetings.find((each) => each.id === '13MSP');
    expect(daysBetween('2025-07-08', meeting?.startsOn ?? '')).toBe(7 * treaty.policy.report.cutOffWeeksBeforeMeeting);
  });

  it('has the forms A to J', () => {
    expect(treaty.forms.map((form) => form.form).join('')).toBe('ABCDEFGHIJ');
  });

  it('has invented people only, with two Coordinators who write in two languages', () => {
    const coordinators = treaty.people.filter((person) => person.role === 'coordinator');
    expect(coordinators.map((person) => person.language)).toEqual(['en', 'fr']);
    for (const person of treaty.people) expect(person).toMatchObject({ certainty: 'invented' });
    for (const person of treaty.people) expect(person.email).toMatch(/\.example$/);
  });
});

describe('the holidays of the United Nations in Geneva', () => {
  const years = [2026, 2027, 2028, 2029, 2030, 2031, 2032, 2033];
  const weekday = (date: string) => Temporal.PlainDate.from(date).dayOfWeek;

  it.each(years)('are ten in %i, or eleven when a feast comes twice', (year) => {
    const days = treaty.holidays.filter((holiday) => holiday.on.startsWith(String(year)));
    expect(days).toHaveLength(year === 2033 ? 11 : 10);
  });

  it.each([
    ['Good Friday', 5],
    ['Easter Monday', 1],
    ['Ascension Day', 4],
    ['Whit Monday', 1],
    ['Jeûne genevois', 4],
  ])('puts %s on day %i of the week', (name, day) => {
    const days = treaty.holidays.filter((holiday) => holiday.name === name);
    expect(days).toHaveLength(years.length);
    for (const holiday of days) expect(weekday(holiday.on)).toBe(day);
  });

  it('keeps Easter of 2027 on 28 March and marks the Eid days as assumed', () => {
    expect(treaty.holidays).toContainEqual(expect.objectContaining({ name: 'Good Friday', on: '2027-03-26' }));
    for (const holiday of treaty.holidays.filter(({ name }) => name.startsWith('Eid'))) {
      expect(holiday.certainty).toBe('assumed');
    }
  });
});

describe('the names of a State Party', () => {
  const index = stateIndex(treaty);

  it('lead to that State and to no other', () => {
    for (const state of treaty.states) {
      for (const name of namesOf(state)) expect([name, stateNamed(name, index)?.iso3]).toEqual([name, state.iso3]);
    }
  });
});
