import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assertClean, proveVirusCheck } from '../../adapters/virus-check.ts';
import { seedReportCase } from '../support/seed.ts';
import { openSite } from '../support/site.ts';
import { type FakeClamd, fakeClamd, type Manner } from './fake-clamd.ts';
import { pdfOf } from './pdf.ts';

let clamd: FakeClamd | null = null;
afterEach(async () => {
  await clamd?.close();
  clamd = null;
});

async function listening(manner: Manner, tcp = false): Promise<string> {
  clamd = await fakeClamd({ manner, tcp });
  return clamd.url;
}

const check = async (url: string, bytes = Buffer.from('a report')) =>
  await assertClean({ url, bytes, patienceMs: 500 });

describe('a file', () => {
  it.each([false, true])('is sent whole, and passes when it is said to be clean (over TCP: %s)', async (tcp) => {
    const bytes = Buffer.alloc(200_001, 'report ');
    await expect(check(await listening({ text: 'stream: OK\0' }, tcp), bytes)).resolves.toBeUndefined();
    expect(clamd!.received).toHaveLength(1);
    expect(clamd!.received[0]!.equals(bytes)).toBe(true);
  });

  it('does not pass when something is found in it', async () => {
    const url = await listening({ text: 'stream: Win.Test.EICAR_HDB-1 FOUND\0' });
    await expect(check(url)).rejects.toMatchObject({ code: 'fileInfected' });
  });

  it.each<[string, Manner]>([
    ['an error', { text: 'stream: Can’t allocate memory ERROR\0' }],
    ['that it is too large, and hangs up', { text: 'INSTREAM size limit exceeded. ERROR\0', whole: false, ends: true }],
    ['nothing', { text: '' }],
    ['nothing, and hangs up', { text: '', ends: true }],
    ['nothing, and hangs up before it has all', { text: '', whole: false, ends: true }],
    ['half an answer', { text: 'stream: O' }],
    ['half an answer, and hangs up', { text: 'stream: O', ends: true }],
    ['an answer without its end, and hangs up', { text: 'stream: OK', ends: true }],
    ['that something else is clean', { text: 'other: OK\0' }],
    ['two answers', { text: 'stream: OK\0stream: Eicar FOUND\0' }],
    ['that it does not know the command', { text: 'UNKNOWN COMMAND\0' }],
    ['words without end', { text: 'word '.repeat(10_000) }],
    ['as a web server does', { text: 'HTTP/1.1 400 Bad Request\r\n\r\n', ends: true }],
  ])('does not pass when the virus check says %s', async (_, manner) => {
    await expect(check(await listening(manner), Buffer.alloc(500_000))).rejects.toMatchObject({
      code: 'fileUnchecked',
    });
  });

  it.each(['tcp://127.0.0.1:9', `unix://${join(tmpdir(), 'nobody-listens-here')}`])(
    'does not pass when nobody listens at %s',
    async (url) => {
      await expect(check(url)).rejects.toMatchObject({ code: 'fileUnchecked' });
    },
  );
});

describe('the proof of a virus check', () => {
  it.each<[string, Manner]>([
    ['does not let 9000 harmless bytes pass', { text: 'stream: Eicar FOUND\0', whole: false }],
    ['does not find the test file', { text: 'stream: OK\0', whole: false }],
    ['does not answer in time', { text: '' }],
  ])('says that it %s', async (what, manner) => {
    const url = await listening(manner);
    await expect(proveVirusCheck({ url, maxBytes: 9_000, patienceMs: 500 })).rejects.toThrow(what);
  });
});

describe('a report sent while the virus check does not answer', () => {
  it.each([
    ['LAO', 'The file could not be checked for viruses now.', 'Nothing was stored. Try again in an hour'],
    ['SEN', 'Le contrôle antivirus n’a pas pu examiner le fichier pour le moment.', 'Réessayez dans une heure'],
    ['PER', 'El antivirus no ha podido examinar el archivo por el momento.', 'Inténtelo de nuevo dentro de una hora'],
  ])('by %s is not stored, and the page says when to try again', async (iso3, sentence, later) => {
    const site = await openSite({ virusCheck: await listening({ text: '', ends: true }) });
    try {
      const { token } = await seedReportCase(site, { iso3 });
      const before = await site.facts();
      const visitor = site.visitor();
      const file = { fileName: 'report.pdf', bytes: pdfOf(), mediaType: 'application/pdf' };
      const page = await visitor.submit(await visitor.get(`/u/${token}`), { file, fields: { note: 'A note' } });
      expect(page.status).toBe(503);
      expect(page.text).toContain(sentence);
      expect(page.text).toContain(later);
      expect(page.root.querySelector('textarea')!.text).toContain('A note');
      expect(await site.facts()).toEqual(before);
    } finally {
      await site.close();
    }
  });

  it('with something in it is not stored', async () => {
    const site = await openSite({ virusCheck: await listening({ text: 'stream: Eicar FOUND\0' }) });
    try {
      const { token } = await seedReportCase(site, { iso3: 'LAO' });
      const before = await site.facts();
      const visitor = site.visitor();
      const file = { fileName: 'report.pdf', bytes: pdfOf(), mediaType: 'application/pdf' };
      const page = await visitor.submit(await visitor.get(`/u/${token}`), { file });
      expect(page.status).toBe(415);
      expect(page.text).toContain('The virus check found something in the file.');
      expect(await site.facts()).toEqual(before);
    } finally {
      await site.close();
    }
  });
});
