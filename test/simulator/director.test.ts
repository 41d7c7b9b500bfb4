import { setImmediate as moment } from 'node:timers/promises';
import { createDirector, type Director } from '../../simulator/director.ts';

/** Lets as many days pass as the director allows, and counts them. */
function dayAfterDay(director: Director, { each = () => {} }: { each?: (day: number) => void } = {}) {
  const passed = { days: 0 };
  const pass = async () => {
    for (;;) {
      await director.turn();
      passed.days++;
      await moment();
      each(passed.days);
      if (passed.days >= 40) director.over();
    }
  };
  void pass();
  return passed;
}

describe('The clock of a demonstration', () => {
  it('plays by itself to the end of the year, and then stands still', async () => {
    const director = createDirector({ waitsForPeople: false });
    const passed = dayAfterDay(director);
    expect(director.state().mode).toBe('playing');
    await director.standsStill();
    expect(passed.days).toBe(40);
    expect(director.state().mode).toBe('over');
  });

  it('stands still when paused, passes the days that are asked for, and goes on to the end', async () => {
    const director = createDirector({ waitsForPeople: false });
    const passed = dayAfterDay(director);
    await moment();
    director.pause();
    await director.standsStill();
    const before = passed.days;
    expect(director.state().mode).toBe('waiting');
    director.advance(7);
    expect(director.state().mode).toBe('playing');
    await director.standsStill();
    expect(passed.days).toBe(before + 7);
    director.goOn();
    await director.standsStill();
    expect(passed.days).toBe(40);
  });

  it('is still playing while the last day that was asked for passes', async () => {
    const director = createDirector({ waitsForPeople: false });
    director.pause();
    const modes: string[] = [];
    dayAfterDay(director, { each: () => modes.push(director.state().mode) });
    director.advance(1);
    await director.standsStill();
    expect(modes).toEqual(['playing']);
    expect(director.state().mode).toBe('waiting');
  });

  it('stops at the next decision when it is asked to, and stays there', async () => {
    const director = createDirector({ waitsForPeople: false });
    const passed = dayAfterDay(director, { each: (day) => director.decisionIsOpen(day === 12) });
    director.toNextDecision();
    await director.standsStill();
    expect(passed.days).toBe(12);
    director.decisionIsOpen(false);
    expect(director.state().mode).toBe('waiting');
  });

  it('passes an open decision by when it is asked to go on', async () => {
    const director = createDirector({ waitsForPeople: true });
    const passed = dayAfterDay(director, { each: () => director.decisionIsOpen(true) });
    await director.standsStill();
    expect(passed.days).toBe(1);
    director.goOn();
    await director.standsStill();
    expect(passed.days).toBe(40);
  });

  it('goes on by itself after each decision when people were to be waited for', async () => {
    const director = createDirector({ waitsForPeople: true });
    const passed = dayAfterDay(director, { each: (day) => director.decisionIsOpen(day === 5 || day === 30) });
    for (const day of [5, 30]) {
      await director.standsStill();
      expect(passed.days).toBe(day);
      director.decisionIsOpen(false);
    }
    await director.standsStill();
    expect(passed.days).toBe(40);
  });

  it('goes on by itself also after a decision that was let wait for a day', async () => {
    const director = createDirector({ waitsForPeople: true });
    const passed = dayAfterDay(director, { each: (day) => director.decisionIsOpen(day === 5 || day === 6) });
    await director.standsStill();
    director.advance(1);
    await director.standsStill();
    expect(passed.days).toBe(6);
    director.decisionIsOpen(false);
    await director.standsStill();
    expect(passed.days).toBe(40);
  });

  it('lets single days pass after the year, and no more than these', async () => {
    const director = createDirector({ waitsForPeople: false });
    const passed = dayAfterDay(director);
    await director.standsStill();
    for (const more of [() => director.toNextDecision(), () => director.goOn()]) more();
    director.advance(1);
    await director.standsStill();
    expect(passed.days).toBe(41);
    expect(director.state().mode).toBe('over');
  });
});
