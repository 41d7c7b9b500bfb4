import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createIncomingFiles, type IncomingFiles } from '../../adapters/incoming-file.ts';
import { assertClean, proveVirusCheck } from '../../adapters/virus-check.ts';
import { docxOf, zipOf } from '../support/zip.ts';
import { shrinking } from './noise.ts';
import { FIRST, pdfOf, streamOf } from './pdf.ts';

const CLAMD = ['/usr/sbin/clamd', '/usr/local/sbin/clamd', '/opt/homebrew/sbin/clamd'].find(existsSync);
/** In halves: this file must not be found by the virus checks of those who read it. */
const EICAR = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-', 'ANTIVIRUS-TEST-FILE!$H+H*'].join('');
const MEGABYTE = 1024 * 1024;
const MAX_BYTES = 25 * MEGABYTE;

let folder: string;
let url: string;
let clamd: ChildProcess;
let files: IncomingFiles;

/** Where CI looks, a test that was skipped must not pass for one that ran. */
(CLAMD || process.env['CI'] ? describe : describe.skip)('with the clamd of this machine', () => {
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'clamd-'));
    mkdirSync(join(folder, 'signatures'));
    // One signature: the test file itself, wherever it stands.
    const signature = `Eicar-Test-Signature:0:*:${Buffer.from(EICAR).toString('hex')}\n`;
    writeFileSync(join(folder, 'signatures/eicar.ndb'), signature);
    writeFileSync(join(folder, 'clamd.conf'), settings());
    url = `unix://${join(folder, 'clamd.sock')}`;
    clamd = spawn(CLAMD!, ['--config-file', join(folder, 'clamd.conf')], { stdio: 'ignore' });
    files = createIncomingFiles({ maxBytes: MAX_BYTES, clamdUrl: url });
    for (let tries = 0; !existsSync(join(folder, 'clamd.sock')) && tries < 300; tries++) await pause(100);
  });

  afterAll(async () => {
    files.close();
    clamd.kill('SIGKILL');
    if (clamd.exitCode === null && clamd.signalCode === null) await once(clamd, 'exit');
    rmSync(folder, { recursive: true, force: true });
  });

  it('the proof of the virus check names its version', async () => {
    expect(await proveVirusCheck({ url, maxBytes: MAX_BYTES, patienceMs: 30_000 })).toMatch(/^ClamAV \d/);
  });

  it.each<[string, string, () => Buffer]>([
    ['a PDF', 'report.pdf', () => pdfOf()],
    ['a Word file', 'report.docx', () => docxOf()],
    ['a PDF of 25 MB', 'report.pdf', () => Buffer.concat([pdfOf(), Buffer.alloc(MAX_BYTES - 2_000), pdfOf()])],
  ])('%s passes', async (_, fileName, bytes) => {
    expect(await files.check({ fileName, bytes: bytes() })).toMatchObject({ fileName });
  });

  it.each<[string, string, () => Buffer]>([
    ['a Word file with it', 'report.docx', () => docxOf({ name: 'word/media/a.bin', content: EICAR })],
    ['a Word file with it in a zip', 'report.docx', () => docxOf(inside(zipOf([{ name: 'a', content: EICAR }])))],
    ['a Word file with it at the end of 25 MB', 'report.docx', () => docxOf(inside(behind(25 * MEGABYTE)))],
    ['a Word file with it behind 60 MB', 'report.docx', () => docxOf(...padding(), inside(behind(20 * MEGABYTE)))],
    ['a PDF with it as a file inside', 'report.pdf', pdfWithIt],
  ])('%s does not pass', async (_, fileName, bytes) => {
    await expect(files.check({ fileName, bytes: bytes() })).rejects.toMatchObject({ code: 'fileInfected' });
  });

  it.each<[string, () => Buffer]>([
    [
      'in a zip in a zip',
      () => docxOf(inside(zipOf([{ name: 'b.zip', content: zipOf([{ name: 'a', content: EICAR }]) }]))),
    ],
    ['at the end of more than it looks into', () => docxOf(inside(behind(26 * MEGABYTE)))],
    ['behind more than it looks into', () => docxOf(...padding(), ...padding('more'), inside(Buffer.from(EICAR)))],
  ])('a Word file with it %s does not come as far', async (_, bytes) => {
    await expect(files.check({ fileName: 'report.docx', bytes: bytes() })).rejects.toMatchObject({
      code: 'fileUnsafe',
    });
  });

  it('what is larger than clamd takes does not pass', async () => {
    const bytes = Buffer.alloc(31 * MEGABYTE);
    await expect(assertClean({ url, bytes })).rejects.toMatchObject({ code: 'fileUnchecked' });
  });

  it('nothing passes once it is gone', async () => {
    clamd.kill('SIGKILL');
    await once(clamd, 'exit');
    const bytes = pdfOf();
    await expect(files.check({ fileName: 'report.pdf', bytes })).rejects.toMatchObject({ code: 'fileUnchecked' });
  });
});

/** The limits that Debian ships. */
function settings(): string {
  return [
    'Foreground yes',
    `LocalSocket ${join(folder, 'clamd.sock')}`,
    `DatabaseDirectory ${join(folder, 'signatures')}`,
    `TemporaryDirectory ${folder}`,
    'StreamMaxLength 25M',
    'MaxFileSize 25M',
    'MaxScanSize 100M',
    '',
  ].join('\n');
}

const inside = (content: Buffer) => ({ name: 'word/embeddings/a.bin', content });

function padding(name = 'a') {
  return [0, 1, 2].map((at) => ({ name: `word/media/${name}${at}.bin`, content: shrinking(20 * MEGABYTE) }));
}

function behind(size: number): Buffer {
  return Buffer.concat([shrinking(size - EICAR.length), Buffer.from(EICAR)]);
}

function pdfWithIt(): Buffer {
  const file = streamOf({ dictionary: '/Type /EmbeddedFile', content: Buffer.from(EICAR) });
  return pdfOf({ catalog: `/Names << /EmbeddedFiles ${FIRST} 0 R >>`, objects: [file] });
}
