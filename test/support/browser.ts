import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const PATHS = [process.env['CHROMIUM_PATH'], '/usr/bin/chromium', '/usr/bin/chromium-browser'];
const ARGS = ['--no-sandbox', '--headless', '--disable-gpu', '--disable-background-networking'];

const path = PATHS.find((each) => each && existsSync(each));

/** `describe` where a Chromium is there; where it is missing the tests are skipped with a word, unless one is required. */
export const describeInBrowser: (title: string, tests: () => void) => void = (title, tests) => {
  if (path || process.env['FOCALPOINT_REQUIRE_BROWSER'] === '1') describe(title, tests);
  else describe.skip(`${title} (no Chromium: install it or name it in CHROMIUM_PATH)`, tests);
};

export async function openBrowser(): Promise<Browser> {
  if (!path) throw new Error('A browser is required and there is none: install chromium or name it in CHROMIUM_PATH.');
  return await chromium.launch({ executablePath: path, args: ARGS });
}
