import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createReader, GaveUp, type Limits, type Reader } from '../../adapters/incoming-file/reader.ts';
import { createIncomingFiles } from '../../adapters/incoming-file.ts';
import { pdfOf } from './pdf.ts';
import { isAlive } from './processes.ts';

const HOSTILE = join(import.meta.dirname, 'hostile-tasks.ts');
const NOTHING = Buffer.alloc(0);
/** Of the memory; so much time that time is not what ends it. */
const HALF = { memoryMb: 256, seconds: 25, cpuSeconds: 100 };

const opened: Reader[] = [];
afterEach(() => {
  for (const reader of opened.splice(0)) reader.close();
});

function readerWith(limits: Partial<Limits> = {}, program = HOSTILE): Reader {
  const reader = createReader({ program, limits });
  opened.push(reader);
  return reader;
}

const pidOf = async (reader: Reader) => (await reader.ask({ task: 'process', bytes: NOTHING })) as number;

async function isGone(pid: number): Promise<boolean> {
  for (let tries = 0; isAlive(pid) && tries < 500; tries++) await pause(100);
  return !isAlive(pid);
}

describe('the process that looks into files', () => {
  it('is not this one, and the same for one file after another', async () => {
    const reader = readerWith();
    const pid = await pidOf(reader);
    expect(pid).not.toBe(process.pid);
    expect(await pidOf(reader)).toBe(pid);
  });

  it('is given each file whole, and one at a time', async () => {
    const reader = readerWith();
    const pid = await pidOf(reader);
    const sizes = [0, 1, 3, 70_000, 26_214_400, 5];
    const answers = sizes.map((size) => reader.ask({ task: 'length', bytes: Buffer.alloc(size, '\n') }));
    expect(await Promise.all(answers)).toEqual(sizes);
    expect(await pidOf(reader)).toBe(pid);
  });

  it('knows nothing of our passwords', async () => {
    process.env['SMTP_URL'] = 'smtp://user:password@host';
    try {
      const known = (await readerWith().ask({ task: 'environment', bytes: NOTHING })) as string[];
      expect(known).toContain('TMPDIR');
      expect(known).not.toContain('SMTP_URL');
      expect(known).not.toContain('TEST_DATABASE_URL');
    } finally {
      delete process.env['SMTP_URL'];
    }
  });

  it.each([
    ['does not come to an end', 'spin', 'It took too long.', { seconds: 1 }],
    ['takes the processor for too long', 'spin', 'It took too much, or failed.', { cpuSeconds: 2 }],
    ['takes more memory for numbers than it may', 'hoardNumbers', 'It took too much, or failed.', HALF],
    ['takes more memory for bytes than it may', 'hoardBytes', 'It took too much, or failed.', HALF],
    ['says more than it may', 'talk', 'Its answer is too long.', {}],
    ['says what is no answer', 'talkNonsense', 'Its answer is no answer.', {}],
    ['stumbles over a bug', 'stumble', 'It took too much, or failed.', {}],
    ['leaves', 'leave', 'It took too much, or failed.', {}],
  ])('is ended when it %s, and the next file meets a new one', async (_, task, why, limits) => {
    const reader = readerWith(limits);
    const pid = await pidOf(reader);
    await expect(reader.ask({ task, bytes: NOTHING })).rejects.toThrow(new GaveUp(why));
    expect(await isGone(pid)).toBe(true);
    const next = await pidOf(reader);
    expect(next).not.toBe(pid);
    expect(isAlive(next)).toBe(true);
  });

  it('is replaced when it ended while it waited, and the file that finds it gone is not blamed', async () => {
    const reader = readerWith();
    const pid = await pidOf(reader);
    process.kill(pid, 'SIGKILL');
    expect(await pidOf(reader)).not.toBe(pid);
  });

  it('ends when no file has come for a while', async () => {
    const pid = await pidOf(readerWith({ idleSeconds: 1 }));
    expect(await isGone(pid)).toBe(true);
  });

  it.each(['', 'wait', 'spin'])('ends when we are killed while it does this: "%s"', async (task) => {
    const command = ['--import', 'tsx', join(import.meta.dirname, 'asker.ts'), task];
    const asker = spawn(process.execPath, command, { stdio: ['ignore', 'pipe', 'inherit'] });
    const [said] = (await once(asker.stdout, 'data')) as [Buffer];
    const pid = Number(said.toString());
    expect(isAlive(pid)).toBe(true);
    await pause(200);
    asker.kill('SIGKILL');
    await once(asker, 'exit');
    expect(await isGone(pid)).toBe(true);
  });
});

describe('a file', () => {
  const limits = { maxBytes: 1_000_000, clamdUrl: null };
  const file = { fileName: 'report.pdf', bytes: pdfOf() };

  it.each(['spin', 'stumble'])('whose reader has to be ended ("%s") is kept, for a person', async (task) => {
    const hostile = readerWith({ seconds: 1 });
    const reader: Reader = { ...hostile, ask: ({ bytes }) => hostile.ask({ task, bytes }) };
    const { check } = createIncomingFiles({ ...limits, reader });
    expect(await check(file)).toEqual({ ...file, mediaType: 'application/pdf', cautions: ['unread'] });
  });

  it.each([[{ cautions: ['other'] }], [{ refused: 'other' }], [{ cautions: [], more: 1 }], [null], ['script']])(
    'whose reader answers what no reader says (%j) is kept, for a person',
    async (answer) => {
      const reader: Reader = { ask: async () => answer, close() {} };
      const { check } = createIncomingFiles({ ...limits, reader });
      expect((await check(file)).cautions).toEqual(['unread']);
    },
  );

  it('is not taken while no reader can be started', async () => {
    const { check } = createIncomingFiles({ ...limits, reader: readerWith({}, '/nowhere/child.ts') });
    await expect(check(file)).rejects.toThrow('The process that looks into files does not start.');
  });
});
