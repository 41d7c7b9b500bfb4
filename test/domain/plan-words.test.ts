import { afterOutcome, approvalSubject, isMadeBy } from '../../domain/approval-words.ts';
import type { PlanChange, PlanSummary } from '../../domain/plan.ts';
import { changeLine, planLines, whatHappens } from '../../domain/plan-words.ts';
import { LANGUAGES, type Language } from '../../domain/treaty.ts';

function summaryOf(change: Partial<PlanChange & { reason: string }> | null = null): PlanSummary {
  const none = { reason: '', since: 1, added: 0, moved: 0, reworded: 0, removed: 0 };
  return {
    dates: { year: 2028, deadlineOn: '2028-05-30', cutOffOn: '2028-07-06' } as PlanSummary['dates'],
    states: 112,
    letters: [
      { purpose: 'invitation', kind: 'annual', on: '2027-12-01', count: 112 },
      { purpose: 'reminder', kind: 'initial', on: '2028-01-31', count: 1000 },
      { purpose: 'receipt', kind: 'annual', on: null, count: 112 },
    ],
    languages: { en: 73, fr: 22, es: 17 },
    change: change && { ...none, ...change },
  };
}

const when = { sendAt: '09:00', timeZone: 'Europe/Zurich' };
const happens = (language: Language, summary = summaryOf()) => whatHappens({ summary, language, ...when });

describe('what a plan leads to', () => {
  it('counts the letters with a date and says that receipts come on top', () => {
    expect(happens('en')).toBe(
      'Up to 1,112 letters to 112 States Parties become ready to leave, and a receipt for each report. The letters to a State Party stop as soon as its report is there. The first 112 leave on Wednesday 1 December 2027 at 09:00 (Geneva).',
    );
    expect(happens('fr')).toContain('et un accusé de réception pour chaque rapport');
    expect(happens('es')).toContain('y un acuse de recibo por cada informe');
  });

  it('speaks of one letter as of one', () => {
    const letters = [{ purpose: 'overdue', kind: 'annual', on: '2028-06-06', count: 1 }] as PlanSummary['letters'];
    const one = { ...summaryOf(), letters };
    expect(happens('en', one)).toMatch(/Up to 1 letter to .* The first leaves on/);
    expect(happens('fr', one)).toMatch(/1 lettre à .* La première partira le/);
    expect(happens('es', one)).toMatch(/1 carta a .* La primera saldrá el/);
  });

  it('says so when no letter has a date', () => {
    expect(happens('en', { ...summaryOf(), letters: [] })).toMatch(/^No letter has a date of its own/);
  });

  it('lists the letters by day, and a receipt without a number', () => {
    expect(planLines(summaryOf(), 'fr')).toEqual([
      'Invitation, mercredi 1er décembre 2027\u00A0: 112',
      'Rappel (rapport initial), lundi 31 janvier 2028\u00A0: 1\u202F000',
      'Accusé de réception, à l’arrivée de chaque rapport',
      'Langues\u00A0: anglais (73), français (22) et espagnol (17)',
    ]);
  });
});

describe('what changed in a plan', () => {
  it('is nothing for a first version', () => {
    expect(changeLine(summaryOf(), 'en')).toBeNull();
  });

  it('says the reason in one sentence, and only what there is', () => {
    const summary = summaryOf({ reason: 'The hall is taken.', moved: 15, removed: 3 });
    expect(changeLine(summary, 'en')).toBe(
      'Reason given: The hall is taken. Reports are now due on 30 May 2028; the data is frozen for the analysis on 6 July 2028. Letters that differ from version 1: 15 moved to another day, 3 left out. What has been sent stays as it was.',
    );
    expect(changeLine(summaryOf({ reason: 'La salle est prise', moved: 1, reworded: 2 }), 'fr')).toBe(
      'Motif indiqué\u00A0: La salle est prise. Les rapports sont désormais attendus pour le 30 mai 2028\u00A0; les données sont arrêtées pour l’analyse le 6 juillet 2028. Lettres qui diffèrent de la version 1\u00A0: 1 déplacée à un autre jour, 2 au même jour avec la nouvelle échéance. Ce qui est parti reste inchangé.',
    );
  });

  it('says that nothing differs when a plan is asked for again as it was', () => {
    expect(changeLine(summaryOf({}), 'es')).toBe(
      'Ninguna carta difiere de la versión 1. Lo enviado queda como estaba.',
    );
  });
});

describe('what an outcome leads to', () => {
  const outcome = { version: 2, happens: 'They leave.', movedBecause: null };

  it.each(LANGUAGES)(
    'of a version withdrawn because the dates moved is the reason and the next version, in %s',
    (language) => {
      const said = afterOutcome({ ...outcome, state: 'withdrawn', movedBecause: 'La sala está ocupada.' }, language);
      expect(said).toContain('La sala está ocupada. ');
      expect(said).toMatch(/ersi[oó]n 3/);
      expect(said).not.toContain('..');
    },
  );

  it('of a version withdrawn by a last word is the question asked again', () => {
    expect(afterOutcome({ ...outcome, state: 'withdrawn' }, 'en')).toBe(
      'A decision was changed at the last moment, so an approval is missing. No letter of version 2 leaves. Version 3 asks again, in a message of its own.',
    );
  });

  it('is the letters only once it is approved', () => {
    expect(afterOutcome({ ...outcome, state: 'approved' }, 'en')).toBe('They leave.');
    for (const state of ['refused', 'changesRequested', 'lapsed', 'superseded'] as const)
      expect(afterOutcome({ ...outcome, state }, 'en')).toMatch(/^No letter of this version leaves\./);
  });

  it('is made by those who said it, and silence by nobody', () => {
    const choices = ['approve', 'refuse', 'requestChanges', 'abstain'] as const;
    const makers = (state: Parameters<typeof isMadeBy>[0]) => choices.filter((choice) => isMadeBy(state, choice));
    expect(makers('approved')).toEqual(['approve']);
    expect(makers('refused')).toEqual(['refuse']);
    expect(makers('changesRequested')).toEqual(['requestChanges']);
    expect([...makers('withdrawn'), ...makers('lapsed'), ...makers('superseded'), ...makers('open')]).toEqual([]);
  });
});

describe('the subject of a mail about an approval', () => {
  const label = 'plan/2028';
  const titles = {
    en: 'plan and letters of the year 2028',
    fr: 'plan et lettres de l’année 2028',
    es: 'plan y cartas del año 2028',
  };
  const about = { label, version: 2, dueOn: '2027-11-12', short: 'CCM' };
  it.each([
    ['en', '[CCM plan/2028 v2] Decide by 12 November: plan and letters of the year 2028'],
    ['fr', '[CCM plan/2028 v2] Décision attendue au plus tard le 12 novembre\u00A0: plan et lettres de l’année 2028'],
    ['es', '[CCM plan/2028 v2] Decidir a más tardar el 12 de noviembre: plan y cartas del año 2028'],
  ] as const)('says until when, inclusively, in %s', (language, subject) => {
    expect(approvalSubject({ ...about, about: titles[language], kind: 'request', language })).toBe(subject);
  });
});
