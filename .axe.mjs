import { chromium } from 'playwright-core';
import axeModule from '@axe-core/playwright';
const AxeBuilder = axeModule.default ?? axeModule;
const b = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--headless', '--disable-gpu', '--disable-background-networking'] });
const c = await b.newContext({ viewport: { width: 1280, height: 900 } });
const p = await c.newPage();
const U = 'http://127.0.0.1:13001';
async function axe(name) {
  const r = await new AxeBuilder({ page: p }).withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice']).analyze();
  console.log(name, 'violations', r.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target + ' ' + n.failureSummary).join(' | ')}`));
}
for (const path of ['/', '/mailboxes', '/mailbox/secretariat%40isu.example', '/message/4', '/message/131', '/write', '/nothing', '/?q=zzz']) { await p.goto(U + path); await axe(path); }
// link in the sandboxed letter opens a tab of its own, outside the sandbox
await p.goto(U + '/message/4');
const [popup] = await Promise.all([c.waitForEvent('page'), p.frameLocator('iframe').getByText('Upload the report').click()]);
await popup.waitForLoadState();
console.log('popup', popup.url(), await popup.title(), 'script runs there:', await popup.evaluate(() => 1 + 1));
await popup.close();
// reply with a file
await p.getByLabel('Text').fill('Merci, voici le rapport.\n\nÇa va?');
await p.setInputFiles('#files', { name: 'Article 7 – République.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7 x') });
await p.getByRole('button', { name: 'Send the reply' }).click();
console.log(p.url(), await p.getByRole('status').innerText());
await p.goto(U + '/mailbox/secretariat%40isu.example');
await p.locator('.letters a').first().click();
console.log(await p.locator('main').innerText());
// empty reply
await p.getByRole('button', { name: 'Send the reply' }).click();
console.log(p.url(), await p.getByRole('alert').innerText()); await axe('reply mistakes'); await p.screenshot({ path: '/tmp/shot-desk-mistakes.png', fullPage: true });
// write, refused
await p.goto(U + '/write'); await p.getByRole('button', { name: 'Send the letter' }).click();
console.log(await p.getByRole('alert').innerText()); await p.screenshot({ path: '/tmp/shot-desk-mistakes2.png', fullPage: true });
await p.getByLabel('From').fill('embassy@laos.example'); await p.getByLabel('To').fill('gone@isu.example'); await p.getByLabel('Text').fill('hello');
await p.getByRole('button', { name: 'Send the letter' }).click();
console.log(await p.getByRole('alert').innerText()); await axe('write refused');
await p.getByLabel('To').fill('secretariat@isu.example'); await p.getByRole('button', { name: 'Send the letter' }).click();
console.log(p.url(), await p.getByRole('status').innerText());
await b.close();
