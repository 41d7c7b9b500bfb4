import { loadTreaty } from '../../adapters/treaty.ts';
import { cycleDates } from '../../domain/cycle.ts';
import { LATE_BOUND, type RenderedLetter } from '../../domain/letter.ts';
import type { PlanLetter } from '../../domain/plan.ts';
import { approvedContent, dateLine, stateLetterValues } from '../../domain/state-letter.ts';
import type { Language } from '../../domain/treaty.ts';

const treaty = loadTreaty({ folder: 'treaties/ccm' });
const dates = cycleDates({ treaty, year: 2027 });

function values(letter: Partial<PlanLetter>, language: Language = 'en') {
  const whole: PlanLetter = {
    caseId: 'ccm/2027/report-intake/LAO',
    purpose: 'reminder',
    occurrence: 2,
    on: '2027-03-31',
    at: 0,
    due: { iso3: 'LAO', kind: 'annual', dueOn: '2027-04-30' },
    ...letter,
  };
  return stateLetterValues({
    treaty,
    letter: whole,
    dates,
    language,
    coordinators: ['MLT', 'SEN'],
    replyTo: 'secretariat@isu.example',
  });
}

describe('what fills a letter to a State Party', () => {
  it('is the date planned, the days from it to the deadline, and the names as the United Nations writes them', () => {
    expect(values({})).toMatchObject({
      stateName: "Lao People's Democratic Republic",
      stateFormal: "the Lao People's Democratic Republic",
      dateLine: 'Geneva, 31 March 2027',
      deadline: '30 April 2027',
      closesOn: '30 September 2027',
      daysLeft: 30,
      reportingYear: 2026,
      reference: 'report-intake/2027/LAO',
      coordinators: 'Malta and Senegal',
    });
  });

  it('reads in the language of the State', () => {
    expect(values({}, 'fr')).toMatchObject({ dateLine: 'Genève, le 31 mars 2027', coordinators: 'Malte et Sénégal' });
    expect(values({}, 'es')).toMatchObject({
      dateLine: 'Ginebra, 31 de marzo de 2027',
      deadline: '30 de abril de 2027',
    });
    expect(dateLine('2027-03-01', 'fr')).toBe('Genève, le 1er mars 2027');
  });

  it('counts the days since the deadline once it has passed', () => {
    expect(values({ purpose: 'overdue', on: '2027-05-07' })).toMatchObject({ daysLeft: 7 });
  });

  it('names the deadline of an initial report, which covers the time since entry into force', () => {
    const due = { iso3: 'VUT', kind: 'initial' as const, dueOn: '2026-08-28' };
    expect(values({ caseId: 'ccm/2027/report-intake/VUT/initial', due })).toMatchObject({
      deadline: '28 August 2026',
      reportingYear: 2026,
      reference: 'report-intake/2027/VUT/initial',
    });
  });

  it('leaves the places open that are known only when the letter is written', () => {
    expect(values({})).toMatchObject({ uploadLink: LATE_BOUND.uploadLink, documentHash: LATE_BOUND.documentHash });
    expect(values({ purpose: 'receipt', on: null, at: null })).toMatchObject({
      dateLine: LATE_BOUND.dateLine,
      daysLeft: 0,
    });
  });
});

describe('what is approved of a letter', () => {
  const rendered: RenderedLetter = { subject: 'S', text: 'T', html: '<p>T</p>', language: 'en', templateVersion: 'v1' };
  const letter = { caseId: 'ccm/2027/report-intake/LAO', recipient: 'mission@lao.example', plannedAt: 1, rendered };
  const approved = approvedContent(letter);

  it.each([
    ['case', { caseId: 'ccm/2027/report-intake/FRA' }],
    ['recipient', { recipient: 'mission@fra.example' }],
    ['time', { plannedAt: 2 }],
    ['subject', { rendered: { ...rendered, subject: 'S2' } }],
    ['text', { rendered: { ...rendered, text: 'T2' } }],
    ['look', { rendered: { ...rendered, html: '<p>T2</p>' } }],
    ['language', { rendered: { ...rendered, language: 'fr' as const } }],
  ])('is another when its %s is another', (_part, differently) => {
    expect(approvedContent({ ...letter, ...differently })).not.toBe(approved);
  });

  it('is the same when only the template was saved again', () => {
    expect(approvedContent({ ...letter, rendered: { ...rendered, templateVersion: 'v2' } })).toBe(approved);
  });
});
