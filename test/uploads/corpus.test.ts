import { setTimeout as pause } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { CAUTIONS } from '../../domain/file-cautions.ts';
import { REFUSALS } from '../../domain/refusals.ts';
import { seedReportCase } from '../support/seed.ts';
import { openSite, type Site } from '../support/site.ts';
import { CORPUS, type Hostile } from './corpus.ts';
import { readersOf } from './processes.ts';

let site: Site;
let caseId: string;
let token: string;
let heldBefore: number;

beforeAll(async () => {
  site = await openSite();
  ({ caseId, token } = await seedReportCase(site, { iso3: 'LAO' }));
  await send(CORPUS.find(({ verdict }) => verdict === 'fileUnsafe')!);
  heldBefore = await held();
});

afterAll(() => site.close());

async function send({ fileName, bytes }: Hostile) {
  const visitor = site.visitor();
  const file = { fileName, bytes: bytes(), mediaType: 'application/octet-stream' };
  return await visitor.submit(await visitor.get(`/u/${token}`), { file });
}

/** The bytes of files this process holds, once what nobody needs is thrown away. */
async function held(): Promise<number> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  for (let round = 0; round < 3; round++) {
    collect();
    await pause(100);
  }
  return process.memoryUsage().arrayBuffers;
}

const refused = CORPUS.filter(({ verdict }) => typeof verdict === 'string');
const received = CORPUS.filter(({ verdict }) => typeof verdict !== 'string');
const newest = () => site.records.submission.findFirstOrThrow({ where: { caseId }, orderBy: { version: 'desc' } });

describe('by the link of a letter', () => {
  it.each(refused)('$what is turned away ($verdict), and the case is untouched', async (file) => {
    const code = file.verdict as keyof typeof REFUSALS;
    const before = await site.facts();
    const page = await send(file);
    expect(page.status).toBe(REFUSALS[code].status);
    expect(page.text).toContain(REFUSALS[code].sentence);
    expect(page.text).toContain('Nothing was stored. Choose the file again.');
    expect(await site.facts()).toEqual(before);
  });

  it.each(received)('$what is received ($verdict)', async (file) => {
    const before = await site.records.submission.count({ where: { caseId } });
    const receipt = await send(file);
    expect(receipt.status).toBe(200);
    expect(receipt.text).toContain('The report has been received');
    const { version, cautions, fileName, documentId } = await newest();
    expect({ version, cautions }).toEqual({ version: before + 1, cautions: file.verdict });
    expect(fileName).toBe(file.keptAs ?? file.fileName);
    const { bytes } = await site.records.document.findUniqueOrThrow({ where: { sha256: documentId } });
    expect(Buffer.from(bytes).equals(file.bytes())).toBe(true);
  });

  it('all that leaves no memory held and no process but the one that waits, which ends with the site', async () => {
    expect((await held()) - heldBefore).toBeLessThan(5 * 1024 * 1024);
    const readers = readersOf(process.pid);
    expect(readers).toHaveLength(1);
    site.files.close();
    for (let tries = 0; readersOf(process.pid).length > 0 && tries < 50; tries++) await pause(100);
    expect(readersOf(process.pid)).toEqual([]);
  });
});

describe('the corpus', () => {
  it('meets each verdict on a file once at least', () => {
    const met = new Set(CORPUS.flatMap(({ verdict }) => verdict));
    const ofFiles = Object.keys(REFUSALS).filter((code) => code.startsWith('file'));
    // Met elsewhere: without a file, without a reader, and with a virus check.
    const elsewhere = ['fileMissing', 'fileUnreadable', 'fileInfected', 'fileUnchecked'];
    const expected = [...ofFiles, ...Object.keys(CAUTIONS)].filter((code) => !elsewhere.includes(code));
    expect([...met].toSorted()).toEqual(expected.toSorted());
  });
});
