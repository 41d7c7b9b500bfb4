import { loadTreaty } from '../../adapters/treaty.ts';
import { caseIdOf, referenceOf } from '../../domain/case.ts';

describe('a case', () => {
  it.each([
    [{ caseType: 'annual-cycle' }, 'ccm/2027/cycle', 'annual-cycle/2027'],
    [{ caseType: 'report-intake', iso3: 'LAO' }, 'ccm/2027/report-intake/LAO', 'report-intake/2027/LAO'],
    [
      { caseType: 'report-intake', iso3: 'VUT', part: 'initial' },
      'ccm/2027/report-intake/VUT/initial',
      'report-intake/2027/VUT/initial',
    ],
    [
      { caseType: 'information-request', iso3: 'LAO', part: '1' },
      'ccm/2027/information-request/LAO/1',
      'information-request/2027/LAO/1',
    ],
  ])('%j has the id %s and is quoted as %s', (about, id, reference) => {
    expect(caseIdOf({ treaty: 'ccm', year: 2027, ...about })).toBe(id);
    expect(referenceOf(id)).toBe(reference);
  });

  it('is told apart by its reference from every other of its treaty', () => {
    const { states } = loadTreaty({ folder: 'treaties/ccm' });
    const ids = [2027, 2028].flatMap((year) => [
      caseIdOf({ treaty: 'ccm', year, caseType: 'annual-cycle' }),
      ...states.flatMap(({ iso3 }) =>
        [undefined, 'initial'].map((part) => caseIdOf({ treaty: 'ccm', year, caseType: 'report-intake', iso3, part })),
      ),
    ]);
    expect(new Set(ids.map(referenceOf)).size).toBe(ids.length);
    expect(ids).toHaveLength(2 * (1 + 2 * 112));
  });

  it('is named by codes only', () => {
    expect(caseIdOf({ treaty: 'ccm', year: 2027, caseType: 'report-intake', iso3: 'CIV' })).toMatch(/^[A-Za-z0-9/-]+$/);
  });
});
