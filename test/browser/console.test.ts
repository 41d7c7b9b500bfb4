import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { freePort } from '../../embedded/ports.ts';
import { describeInBrowser, openBrowser } from '../support/browser.ts';
import { type ConsoleStage, openConsole } from '../support/console.ts';

const SIZES = { desktop: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } };
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

describeInBrowser('The console in a browser', () => {
  let stage: ConsoleStage;
  let browser: Browser;
  let base: string;
  const contexts: BrowserContext[] = [];

  beforeAll(async () => {
    const port = await freePort();
    base = `http://localhost:${port}`;
    const simulation = { state: () => ({ mode: 'waiting', until: null }) } as never;
    stage = await openConsole({ baseUrl: base, simulation });
    await stage.app.listen({ port, host: '127.0.0.1' });
    browser = await openBrowser();
  });
  afterAll(async () => {
    for (const context of contexts) await context.close();
    await browser?.close();
    await stage?.close();
  });

  async function open(address: string, { size = SIZES.desktop, script = true } = {}): Promise<Page> {
    const context = await browser.newContext({ viewport: size, javaScriptEnabled: script });
    contexts.push(context);
    await context.addCookies([{ name: 'session', value: 'admin', url: base }]);
    const page = await context.newPage();
    await page.goto(base + address);
    return page;
  }

  /** Every kind of page; long lists cut short by a filter, because axe looks at each row. */
  async function pages(): Promise<string[]> {
    const { id: taskId } = await stage.records.task.findFirstOrThrow({ where: { doneAt: null } });
    const { id: letterId } = await stage.records.letter.findFirstOrThrow({ where: { state: 'refused' } });
    const cases = ['/cases/report-intake/2027/HND', '/cases/report-intake/2027/SYC', '/cases/annual-cycle/2027'];
    const lists = [
      '/board?region=Asia',
      '/board?q=atlantis',
      '/calendar?q=honduras',
      '/tasks',
      '/tray',
      '/cycles',
      '/cycles/2027',
      '/register?q=honduras',
    ];
    return [...lists, ...cases, '/about', `/tasks/${taskId}`, `/letters/${letterId}`];
  }

  it('has no page that axe finds fault with', async () => {
    const page = await open('/board');
    const faults: unknown[] = [];
    for (const address of await pages()) {
      await page.goto(base + address);
      const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze();
      for (const { id, nodes } of violations)
        faults.push({ address, id, at: nodes.slice(0, 3).map(({ html }) => html) });
    }
    expect(faults).toEqual([]);
  }, 180_000);

  it('has no page that is wider than a phone', async () => {
    const page = await open('/board', { size: SIZES.phone });
    const beyond: Record<string, number> = {};
    for (const address of await pages()) {
      await page.goto(base + address);
      beyond[address] = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
    }
    expect(Object.entries(beyond).filter(([, width]) => width > 0)).toEqual([]);
  });

  it('takes "/" to the search, and a search without script finds the same', async () => {
    const page = await open('/board');
    await page.keyboard.press('/');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('q');
    await page.keyboard.type('cote d ivoire');
    await page.keyboard.press('Enter');
    await page.waitForURL(/q=cote/);
    expect(await page.locator('.fp-board tbody tr').count()).toBe(1);
    const plain = await open('/board?q=C%C3%94TE', { script: false });
    expect(await plain.locator('tbody th a').allTextContents()).toEqual(["Côte d'Ivoire"]);
  });

  it('lets a keyboard reach everything, and never hides the focus under the head of the table', async () => {
    const page = await open('/board');
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toContain('Skip to main content');
    const links = page.locator('.fp-board tbody th a');
    await links.nth(80).focus();
    for (let back = 0; back < 40; back++) await page.keyboard.press('Shift+Tab');
    const isCovered = await page.evaluate(() => {
      const head = document.querySelector('.fp-board thead')!.getBoundingClientRect();
      const focused = document.activeElement!.getBoundingClientRect();
      return head.bottom > focused.top && head.top < focused.bottom && head.top >= 0;
    });
    expect(isCovered).toBe(false);
  });

  it('keeps the names of States Parties in sight when a phone moves the board sideways', async () => {
    const page = await open('/board', { size: SIZES.phone });
    const board = page.locator('.fp-scroll');
    await board.evaluate((element) => element.scrollTo(400, 0));
    const left = await page
      .locator('.fp-board tbody th')
      .first()
      .evaluate((cell) => cell.getBoundingClientRect().left);
    const wrap = await board.evaluate((element) => element.getBoundingClientRect().left);
    expect(Math.abs(left - wrap)).toBeLessThan(3);
  });

  it('opens a letter in place, without script', async () => {
    const page = await open('/cases/report-intake/2027/HND', { script: false });
    const letter = page.locator('details', { hasText: 'Invitation' }).first();
    await letter.locator('summary').click();
    expect(await letter.locator('pre').isVisible()).toBe(true);
  });
});
