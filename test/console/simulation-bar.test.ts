import type { Simulation } from '../../web/deps.ts';
import { openConsole } from '../support/console.ts';

const PROGRESS = {
  dayNumber: 62,
  of: 368,
  lettersSent: 112,
  reportsIn: 3,
  reportsDue: 113,
  picture: 'States Parties report, until 30 April 2028',
};

describe('The clock of a demonstration', () => {
  const moved: (number | string)[] = [];
  let mode: 'playing' | 'waiting' | 'over' = 'waiting';
  const simulation: Simulation = {
    state: () => ({ mode, progress: PROGRESS }),
    pause: () => moved.push('pause'),
    advance: (days) => moved.push(days),
    toNextDecision: () => moved.push('decision'),
    goOn: () => moved.push('end'),
    standsStill: async () => {},
  };
  let demo: Awaited<ReturnType<typeof openConsole>>;
  beforeAll(async () => {
    demo = await openConsole({ seeded: false, simulation });
  });
  afterAll(() => demo.close());

  it('is moved from every page, and comes back to the clock on it', async () => {
    expect((await demo.get('/tasks')).body).toContain('Thursday 20 May 2027 at 14:34 (Geneva)');
    for (const step of ['day', 'week', 'decision', 'end', 'pause', 'century', 'constructor']) {
      const { headers } = await demo.post('/clock?back=%2Ftasks', { step });
      expect(headers['location']).toBe('/tasks#clock');
    }
    expect(moved).toEqual([1, 7, 'decision', 'end', 'pause']);
    const { headers } = await demo.post('/clock?back=%2F%2Fevil.example', { step: 'day' });
    expect(headers['location']).toBe('/board#clock');
    expect((await demo.post('/clock', { step: 'day' }, 'auditor')).statusCode).toBe(403);
  });

  it('shows how far the year is, and what is waited for', async () => {
    const { body } = await demo.get('/tasks');
    expect(body).toContain('Day 62 of 368');
    expect(body).toContain('112 letters sent · 3 of 113 reports in · States Parties report, until 30 April 2028');
  });

  it('offers what fits: a pause while days pass, the end while it stands still, single days after it', async () => {
    const offered = async (now: typeof mode) => {
      mode = now;
      const { body } = await demo.get('/tasks');
      return [...body.matchAll(/name="step" value="(\w+)"/g)].map(([, step]) => step);
    };
    expect(await offered('playing')).toEqual(['pause', 'day', 'week', 'decision']);
    expect(await offered('waiting')).toEqual(['day', 'week', 'decision', 'end']);
    expect(await offered('over')).toEqual(['day', 'week']);
  });

  it('is not there in the product itself', async () => {
    const product = await openConsole({ seeded: false });
    expect((await product.post('/clock', { step: 'day' })).statusCode).toBe(404);
    expect((await product.get('/tasks')).body).not.toContain('Demonstration');
    await product.close();
  });
});
