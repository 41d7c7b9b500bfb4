import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createActivities } from '../../activities/index.ts';
import { openTemplate } from '../../adapters/letters/template.ts';
import { createLetters } from '../../adapters/letters.ts';
import { keepTexts, lettersWith } from '../../adapters/letters-in-force.ts';
import { openRecords, type Records } from '../../adapters/records.ts';
import { seedRegister } from '../../prisma/seed.ts';
import { perform } from '../support/activity.ts';
import { testDatabase } from '../support/database.ts';
import { treatyOf } from '../support/small-treaty.ts';

const TEMPLATE = 'report-intake/reminder';
const now = new Date('2030-10-01T08:00:00Z');
const letters = createLetters({ folder: 'templates' });

let records: Records;
let folder: string;
beforeAll(async () => {
  records = openRecords({ url: await testDatabase() });
  folder = mkdtempSync(join(tmpdir(), 'letters-'));
  cpSync('templates', folder, { recursive: true });
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await records.$disconnect();
});

/** The letters as a later release of the product would supply them. */
function upgraded(file: string, change: (source: string) => string) {
  const path = join(folder, file);
  writeFileSync(path, change(readFileSync(path, 'utf8')));
  return createLetters({ folder });
}

describe('a plan of letters', () => {
  it('is written as it was approved after an upgrade has changed the words and the look of its letters', async () => {
    const treaty = treatyOf(['LAO']);
    await seedRegister({ records, treaty, now });
    const outside = { post: {} as never, engine: {} as never, baseUrl: 'http://localhost', mailFrom: 'a@isu.example' };
    const before = createActivities({ records, treaty, letters, ...outside });
    const cycle = { caseType: 'annual-cycle', year: 2031 };
    await perform(before.openCase, { caseId: 'ccm/2031/cycle', opening: cycle, schedule: null, now: now.getTime() });
    const draft = { cycleId: 'ccm/2031/cycle', version: 1, changeId: null, now: now.getTime() };
    const { approvalId } = await perform(before.draftPlan, draft);
    upgraded('_layout/letter.html.hbs', (layout) => layout.replace('max-width:600px', 'max-width:640px'));
    const later = upgraded(`${TEMPLATE}/en.hbs`, (source) => source.replace('courtesy reminder', 'friendly word'));
    const after = createActivities({ records, treaty, letters: later, ...outside });
    const caseId = 'ccm/2031/report-intake/LAO';
    const opening = { caseType: 'report-intake', year: 2031, iso3: 'LAO', kind: 'annual' };
    const schedule = { approvalId, ladder: [], freeAt: 0, dueAt: 0, cutOffAt: 0, closesAt: now.getTime() };
    await perform(after.openCase, { caseId, opening, schedule, now: now.getTime() });
    const wanted = { caseId, approvalId, purpose: 'reminder', occurrence: 1, submissionId: null, now: now.getTime() };
    const { letterIds } = await perform(after.draftLetters, wanted);
    const letter = await records.letter.findUniqueOrThrow({ where: { id: letterIds[0]! } });
    const item = await records.approvalItem.findFirstOrThrow({ where: { purpose: 'reminder', occurrence: 1 } });
    expect(letter).toMatchObject({ contentHash: item.hash, templateVersion: item.templateVersion });
    expect(letter.subject).toContain('courtesy reminder');
  });
});

describe('a text that is kept', () => {
  const text = letters.text({ template: TEMPLATE, language: 'fr' })!;

  it('renders byte for byte as on the day it was kept', () => {
    const values = letters.sample(TEMPLATE, 'fr');
    const wanted = { template: TEMPLATE, language: 'fr', values } as const;
    expect(letters.with([openTemplate(text.content)]).render(wanted)).toEqual(letters.render(wanted));
  });

  it('is kept once, and never changed nor removed', async () => {
    await keepTexts({ records, texts: [text, text], now });
    await keepTexts({ records, texts: [text], now });
    expect(await records.letterText.count({ where: { version: text.version } })).toBe(1);
    const touch = { where: { version: text.version } };
    await expect(records.letterText.update({ ...touch, data: { content: 'x' } })).rejects.toThrow(/append-only/);
    await expect(records.letterText.delete(touch)).rejects.toThrow(/append-only/);
  });

  it('stands under nothing but its own hash', async () => {
    const row = { version: 'f'.repeat(64), content: text.content, createdAt: now };
    await expect(records.letterText.create({ data: row })).rejects.toThrow(/LetterText_is_its_version/);
  });

  it('that nobody kept reads as the files do, and the hash of a letter tells', async () => {
    const texts = [{ template: TEMPLATE, language: 'fr', version: '0'.repeat(64) } as const];
    const then = await lettersWith({ records, letters, texts });
    expect(then.text(texts[0]!)!.version).toBe(text.version);
  });
});
