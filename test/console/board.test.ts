import type { BoardCase } from '../../adapters/overview/board.ts';
import { loadTreaty } from '../../adapters/treaty.ts';
import { type BoardQuery, presentBoard, ROWS_PER_PAGE } from '../../web/presenters/board.ts';
import { boardAddress, readBoardQuery } from '../../web/presenters/board-address.ts';
import { standingOf, statusOf } from '../../web/presenters/standing.ts';

const treaty = loadTreaty({ folder: new URL('../../treaties/ccm', import.meta.url).pathname });
const now = new Date('2027-05-20T12:00:00Z');
const dueAt = new Date('2027-04-30T21:59:59Z');

function reportCase(stateParty: string, differently: Partial<BoardCase> = {}): BoardCase {
  return {
    id: `ccm/2027/report-intake/${stateParty}`,
    caseType: 'report-intake',
    stateParty,
    kind: 'annual',
    waitingFor: 'stateParty',
    waitingSince: new Date('2026-12-01T08:00:00Z'),
    dueAt,
    outcome: null,
    closedAt: null,
    steps: { invitation: 'done' },
    openTasks: 0,
    lastLetterAt: new Date('2026-12-01T08:00:00Z'),
    lastHeardAt: null,
    receivedAt: null,
    ...differently,
  };
}

const received = (day: string): Partial<BoardCase> => ({
  steps: { invitation: 'done', report: 'done' },
  waitingFor: 'nobody',
  receivedAt: new Date(`${day}T10:00:00Z`),
});

function board(cases: BoardCase[], asked: Partial<BoardQuery> = {}) {
  const query = { ...readBoardQuery({ query: {}, latestYear: 2027 }), ...asked };
  return presentBoard({ cases, treaty, query, now });
}

const names = (cases: BoardCase[], asked: Partial<BoardQuery> = {}) =>
  board(cases, asked).rows.map(({ boardCase }) => boardCase.stateParty);

describe('The board', () => {
  it('puts first what needs a person, then what is overdue longest, then goes by name', () => {
    const early = new Date('2026-08-28T21:59:59Z');
    const cases = [
      reportCase('ALB', received('2027-03-01')),
      reportCase('AUT'),
      reportCase('VUT', { dueAt: early }),
      reportCase('AFG'),
      reportCase('ZMB', { openTasks: 1, ...received('2027-03-02') }),
    ];
    expect(names(cases)).toEqual(['ZMB', 'VUT', 'AFG', 'AUT', 'ALB']);
  });

  it('counts each case under one status, and under "needs a person" besides', () => {
    const cases = [
      reportCase('AFG', { openTasks: 2 }),
      reportCase('ALB', received('2027-03-01')),
      reportCase('AUT', { dueAt: new Date('2027-06-30T21:59:59Z') }),
      reportCase('BEL', { waitingFor: 'date', steps: {}, dueAt: new Date('2027-06-30T21:59:59Z') }),
    ];
    expect(board(cases).tiles).toEqual({ needs: 1, overdue: 1, done: 1, waiting: 1, progress: 1 });
    expect(names(cases, { show: 'needs' })).toEqual(['AFG']);
    expect(names(cases, { show: 'done' })).toEqual(['ALB']);
  });

  it.each([
    ['civ', 'CIV'],
    ['cote d ivoire', 'CIV'],
    ['Côte', 'CIV'],
    ['costa de marfil', 'CIV'],
    ['科特迪瓦', 'CIV'],
    ['كوت ديفوار', 'CIV'],
    ['Lao PDR', 'LAO'],
    ['республика молдова', 'MDA'],
  ])('finds a State Party by %s', (q, iso3) => {
    const cases = ['AFG', 'CIV', 'LAO', 'MDA'].map((each) => reportCase(each));
    expect(names(cases, { q })).toContain(iso3);
    expect(names(cases, { q })).not.toContain('AFG');
  });

  it('filters by region and language', () => {
    const cases = ['AFG', 'BEL', 'HND'].map((each) => reportCase(each));
    expect(names(cases, { language: 'es' })).toEqual(['HND']);
    expect(names(cases, { region: 'Europe' })).toEqual(['BEL']);
  });

  it('names the first to report', () => {
    const cases = [
      reportCase('AFG', received('2027-03-02')),
      reportCase('ALB', received('2027-02-01')),
      reportCase('BEL'),
    ];
    expect(board(cases).firstToReport?.boardCase.stateParty).toBe('ALB');
  });

  it('says above each column how many are done and of which are stuck', () => {
    const cases = [
      reportCase('AFG'),
      reportCase('ALB', received('2027-03-02')),
      reportCase('BEL', { openTasks: 1, steps: {} }),
    ];
    const heads = Object.fromEntries(board(cases).heads.map(({ name, done, stuck }) => [name, { done, stuck }]));
    expect(heads['invitation']).toEqual({ done: 2, stuck: 1 });
    expect(heads['report']).toEqual({ done: 1, stuck: 2 });
  });

  it('shows two thousand cases page by page', () => {
    const cases = Array.from({ length: 2000 }, (_, at) =>
      reportCase('AFG', { id: `ccm/2027/report-intake/AFG/n${at}` }),
    );
    const first = board(cases);
    expect(first.rows).toHaveLength(ROWS_PER_PAGE);
    expect(board(cases, { page: first.pages }).rows).toHaveLength(2000 % ROWS_PER_PAGE || ROWS_PER_PAGE);
    expect(board(cases, { page: 9999 }).rows.length).toBeGreaterThan(0);
  });
});

describe('A step of a report case', () => {
  const before = new Date('2027-04-30T21:59:59Z');
  const after = new Date('2027-04-30T22:00:00Z');

  it('waits for the State until its deadline has passed, and is overdue the second after', () => {
    expect(standingOf({ step: 'report', boardCase: reportCase('AFG'), now: before })).toBe('waiting');
    expect(standingOf({ step: 'report', boardCase: reportCase('AFG'), now: after })).toBe('overdue');
    expect(statusOf(reportCase('AFG'), after)).toBe('overdue');
  });

  it('is not started while nobody has been invited', () => {
    expect(standingOf({ step: 'report', boardCase: reportCase('AFG', { steps: {} }), now: before })).toBe('notStarted');
  });

  it('is "not received", not overdue, once its absence was counted', () => {
    const counted = {
      outcome: 'not received by the cut-off',
      steps: { invitation: 'done', report: 'missed' },
    } as const;
    const boardCase = reportCase('AFG', counted);
    expect(standingOf({ step: 'report', boardCase, now: after })).toBe('missed');
    expect(standingOf({ step: 'receipt', boardCase, now: after })).toBe('notNeeded');
    expect(statusOf(boardCase, after)).toBe('done');
  });

  it('needs no reminders when the report came before any', () => {
    const boardCase = reportCase('AFG', received('2026-12-20'));
    expect(standingOf({ step: 'reminders', boardCase, now })).toBe('notNeeded');
  });

  it('goes on reminding until the report is there', () => {
    const steps = { invitation: 'done', reminders: 'done' } as const;
    expect(standingOf({ step: 'reminders', boardCase: reportCase('AFG', { steps }), now })).toBe('inProgress');
  });
});

describe('The address of the board', () => {
  it('holds what was asked for and nothing else', () => {
    const query = readBoardQuery({ query: { year: '2027', q: 'Côte', show: 'overdue' }, latestYear: 2026 });
    expect(boardAddress({ query })).toBe('/board?year=2027&show=overdue&q=C%C3%B4te');
    expect(boardAddress({ query, change: { page: 3 } })).toContain('&page=3');
  });

  it.each([
    [{ year: 'x', page: '-1', show: 'all', sort: '__proto__' }],
    [{ year: ['1', '2'], q: { a: 1 }, page: '1e9' }],
    [{ q: 'x'.repeat(5000), region: '\u0000' }],
    [undefined],
  ])('is read as if what cannot be understood had not been said: %j', (query) => {
    const read = readBoardQuery({ query, latestYear: 2027 });
    expect(read).toMatchObject({ year: 2027, show: '', sort: 'urgency', page: 1 });
  });
});
