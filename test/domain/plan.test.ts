import fc from 'fast-check';
import { lettersByDay, type PlanKey, type PlanLetter, planChange, STEP_OF, templateOf } from '../../domain/plan.ts';

const letter = (caseId: string, purpose: string, occurrence: number, on: string | null): PlanKey => ({
  caseId,
  purpose,
  occurrence,
  on,
});

describe('the change from one version of a plan to the next', () => {
  it('counts what is new, what has another date and what no longer leaves', () => {
    const before = [
      letter('LAO', 'reminder', 1, '2031-01-30'),
      letter('LAO', 'reminder', 2, '2031-03-31'),
      letter('LAO', 'overdue', 3, '2031-06-30'),
      letter('LAO', 'receipt', 1, null),
    ];
    const after = [
      letter('LAO', 'reminder', 1, '2031-01-30'),
      letter('LAO', 'reminder', 2, '2031-04-30'),
      letter('FRA', 'reminder', 1, '2031-01-30'),
      letter('LAO', 'receipt', 1, null),
    ];
    expect(planChange({ before, after })).toEqual({ added: 1, moved: 1, removed: 1 });
  });

  const keys = fc
    .array(
      fc.record({
        caseId: fc.constantFrom('LAO', 'FRA', 'ESP'),
        purpose: fc.constantFrom('invitation', 'reminder', 'overdue'),
        occurrence: fc.integer({ min: 1, max: 3 }),
        on: fc.constantFrom('2031-01-30', '2031-03-31', null),
      }),
    )
    .map((all) => [
      ...new Map(all.map((each) => [`${each.caseId} ${each.purpose} ${each.occurrence}`, each])).values(),
    ]);

  it('is none when the two are the same in another order', () => {
    fc.assert(
      fc.property(keys, (all) => {
        expect(planChange({ before: all, after: all.toReversed() })).toEqual({ added: 0, moved: 0, removed: 0 });
      }),
    );
  });

  it('accounts for every letter, and undone the other way round swaps what is added and removed', () => {
    fc.assert(
      fc.property(keys, keys, (before, after) => {
        const there = planChange({ before, after });
        expect(before.length + there.added - there.removed).toBe(after.length);
        expect(planChange({ before: after, after: before })).toEqual({
          added: there.removed,
          moved: there.moved,
          removed: there.added,
        });
      }),
    );
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
