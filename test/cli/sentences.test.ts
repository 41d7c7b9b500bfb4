import { spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sentenceOf } from '../../cli/sentence.ts';
import { temporaryFolder } from '../../embedded/folder.ts';
import { copyOfTreaty } from '../treaty/breaking.ts';

const PROGRAM = join(import.meta.dirname, '../../cli/focalpoint.mjs');
const folder = temporaryFolder('sentences-test');
const treaty = copyOfTreaty();
afterAll(() => {
  treaty.remove();
  rmSync(folder, { recursive: true, force: true });
});

/** What a command that cannot do its work says, line by line. */
function complaintOf(args: string[], env: NodeJS.ProcessEnv = {}): { status: number | null; says: string[] } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [PROGRAM, ...args], {
    env: { ...process.env, FOCALPOINT_DATA: folder, ...env },
    encoding: 'utf8',
  });
  return { status, says: `${stdout}${stderr}`.trim().split('\n') };
}

describe('A command that cannot do its work ends with exit code 1 and says why', () => {
  test.each([
    ['a file that is not there', 'missing.csv', 'cannot be read: it does not exist.'],
    ['a folder in place of a file', '.', 'cannot be read: it is a folder.'],
  ])('%s', (_, name, reason) => {
    const file = join(folder, name);
    expect(complaintOf(['import', 'contacts', file])).toEqual({
      status: 1,
      says: [`The file ${file} ${reason}`, 'Nothing was imported.'],
    });
  });

  test('a row that is wrong, and how many there are', () => {
    const file = join(folder, 'contacts.csv');
    writeFileSync(file, 'state,kind,name,email\nAtlantis,mission,Mission,mission@atlantis.example\n');
    const { status, says } = complaintOf(['import', 'contacts', file]);
    expect(status).toBe(1);
    expect(says[0]).toMatch(/^Row 2: /);
    expect(says.at(-1)).toBe('Nothing was imported: 1 of the rows above must be put right first.');
  });

  test('a treaty that is broken, once, whoever needs it', () => {
    treaty.write('policy.json', '{}');
    for (const command of ['start', 'demo']) {
      const { status, says } = complaintOf([command], { FOCALPOINT_TREATY: treaty.folder });
      expect(status).toBe(1);
      expect(says.filter((line) => line.startsWith('The treaty in '))).toHaveLength(1);
      expect(says.filter((line) => !/^(The treaty in|- policy\.json)/.test(line))).toEqual([]);
    }
  });

  test('a data folder that cannot be used, a variable that is wrong, a command that is not there', () => {
    expect(complaintOf(['start'], { FOCALPOINT_DATA: '/dev/null/nowhere' })).toMatchObject({
      status: 1,
      says: [expect.stringMatching(/^The data folder \/dev\/null\/nowhere cannot be used: .* FOCALPOINT_DATA/)],
    });
    expect(complaintOf(['start'], { PORT: 'http' })).toMatchObject({
      status: 1,
      says: [expect.stringMatching(/^The variable PORT is wrong/)],
    });
    expect(complaintOf(['commence'])).toMatchObject({
      status: 1,
      says: [/unknown command 'commence'/, /--help/].map(expect.stringMatching),
    });
  });
});

describe('An error of a library', () => {
  test('of the database client is told by its last line, without the code that asked', () => {
    const error = new Error(
      "\nInvalid `records.person.findMany()` invocation in\nfile.ts:3:1\n\nCan't reach the database",
    );
    error.name = 'PrismaClientKnownRequestError';
    expect(sentenceOf(error)).toBe("Can't reach the database");
  });

  test('that stands for several is told by the first of them', () => {
    expect(sentenceOf(new AggregateError([new Error('connect ECONNREFUSED'), new Error('again')]))).toBe(
      'connect ECONNREFUSED',
    );
  });
});
