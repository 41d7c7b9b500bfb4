import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Frame, Page } from 'playwright-core';
import { createLetters } from '../../adapters/letters.ts';
import { freePort } from '../../embedded/ports.ts';
import { describeInBrowser, openBrowser } from '../support/browser.ts';
import { type ConsoleStage, openConsole } from '../support/console.ts';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser().catch(() => null as never);
});
afterAll(() => browser?.close());

describeInBrowser('The page where letters are written', () => {
  let stage: ConsoleStage;
  let base: string;
  beforeAll(async () => {
    const port = await freePort();
    base = `http://localhost:${port}`;
    stage = await openConsole({ baseUrl: base, seeded: false });
    await stage.app.listen({ port, host: '127.0.0.1' });
  });
  afterAll(() => stage.close());

  async function open({ width = 1280, script = true } = {}): Promise<Page> {
    const context = await browser.newContext({ viewport: { width, height: 900 }, javaScriptEnabled: script });
    await context.addCookies([{ name: 'session', value: 'admin', url: base }]);
    const page = await context.newPage();
    await page.goto(`${base}/letter-texts/report-intake/reminder`);
    return page;
  }

  it('previews what is typed beside it, without any script and without leaving the page', async () => {
    const page = await open({ script: false });
    const field = page.locator('#en');
    const source = await field.inputValue();
    expect(source.startsWith('---\nsubject:')).toBe(true);
    await field.fill(source.replace('has the honour', 'has the *very special* honour'));
    await page.selectOption('#state', 'SEN');
    await page.getByRole('button', { name: 'Preview in English' }).click();
    const letter = page.frameLocator('iframe[name=preview]').frameLocator('iframe');
    await letter.locator('em', { hasText: 'very special' }).waitFor();
    expect(await letter.locator('body').innerText()).toContain('of the Republic of Senegal');
    expect(await page.frameLocator('iframe[name=preview]').locator('pre').innerText()).toContain('very special');
    expect(await letter.locator('.sheet').evaluate((sheet) => getComputedStyle(sheet).maxWidth)).toBe('600px');
    expect(await field.inputValue()).toContain('very special');
    expect(page.url()).toBe(`${base}/letter-texts/report-intake/reminder`);
    await page.context().close();
  });

  it.each([1280, 390])(
    'has nothing axe finds fault with, nor anything that sticks out, at %d pixels',
    async (width) => {
      const page = await open({ width });
      // Axe cannot look into a frame that runs no script; the letters have tests of their own below.
      await page.locator('iframe').evaluate((frame) => frame.remove());
      const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze();
      expect(violations.map(({ id, nodes }) => [id, nodes[0]!.html])).toEqual([]);
      expect(await sticksOut(page)).toBe(0);
      await page.goto(`${base}/letter-texts`);
      expect(await sticksOut(page)).toBe(0);
      await page.context().close();
    },
  );
});

describeInBrowser('A letter in a mail program', () => {
  const letters = createLetters({ folder: 'templates' });
  const all = letters
    .list()
    .flatMap(({ template, languages }) => languages.map((language) => ({ template, language })));
  const html = (which: (typeof all)[number]) => {
    const values = letters.sample(which.template, which.language);
    return letters.render({ ...which, values }).html;
  };

  it.each([600, 320])('fits into %d pixels, whichever it is', async (width) => {
    const page = await browser.newPage({ viewport: { width, height: 900 }, javaScriptEnabled: false });
    for (const which of all) {
      await page.setContent(html(which));
      expect([which, await sticksOut(page)]).toEqual([which, 0]);
    }
    await page.close();
  });

  it.each(['light', 'dark'] as const)('is legible in %s', async (colorScheme) => {
    const context = await browser.newContext({ colorScheme, viewport: { width: 640, height: 900 } });
    const page = await context.newPage();
    for (const which of ['annual-cycle/approval-request', 'report-intake/receipt'].map((template) => ({
      template,
      language: 'fr' as const,
    }))) {
      await page.setContent(html(which));
      const { violations } = await new AxeBuilder({ page }).withRules(['color-contrast']).analyze();
      expect([which, violations.map(({ nodes }) => nodes[0]!.html)]).toEqual([which, []]);
    }
    await context.close();
  });
});

/** By how many pixels what stands on the page is wider than its window. */
function sticksOut(page: Page | Frame): Promise<number> {
  return page.evaluate(() => Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth));
}
