import { mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { defaultFolder, lockFolder, openFolder, temporaryFolder } from '../../embedded/folder.ts';
import { livingHolders, takeLock } from '../../embedded/lock.mjs';
import { kill, killAll, startOther } from './others.ts';

const folder = temporaryFolder('folder-test');
afterAll(() => {
  killAll();
  rmSync(folder, { recursive: true, force: true });
});

describe('A data folder', () => {
  test('lies where FOCALPOINT_DATA says', () => {
    expect(defaultFolder({ FOCALPOINT_DATA: '/srv/year' })).toBe('/srv/year');
  });

  test('is made so that nobody else can look around in it', () => {
    const path = openFolder(join(folder, 'new/deep'));
    expect(statSync(path).mode & 0o066).toBe(0);
  });

  test('that is a file is refused with the fix', () => {
    writeFileSync(join(folder, 'file'), '', { mode: 0o600 });
    expect(() => openFolder(join(folder, 'file/inside'))).toThrow(/cannot be used: .* set FOCALPOINT_DATA/);
  });

  const asRoot = process.getuid?.() === 0 ? test : test.skip;
  asRoot('that PostgreSQL could not reach is refused with the fix', () => {
    mkdirSync(join(folder, 'closed'), { mode: 0o700 });
    expect(() => openFolder(join(folder, 'closed/inside'))).toThrow(/may not pass through .*closed\..* chmod o\+x/);
  });
});

describe('The lock of a data folder', () => {
  test('keeps a second copy off, which says who holds it', async () => {
    const lock = await lockFolder(folder);
    await expect(lockFolder(folder)).rejects.toThrow(
      `Focalpoint is already running on ${folder} (process ${process.pid}). Stop it first`,
    );
    lock.release();
    (await lockFolder(folder)).release();
  });

  test('is taken over from a copy that was killed', async () => {
    const other = await startOther({ script: 'contender.mjs', args: [folder] });
    expect(other.firstLine).toBe('holds');
    expect(await takeLock(folder)).toEqual({ heldBy: other.child.pid });
    await kill(other);
    (await lockFolder(folder)).release();
  });

  test('counts for nothing when its process number belongs to another process by now', async () => {
    writeFileSync(join(folder, `running.${process.pid}.1`), '');
    (await lockFolder(folder)).release();
    expect(livingHolders(folder)).toEqual([]);
  });

  test('goes to one at most of those who come at the same moment', async () => {
    const contenders = Array.from({ length: 6 }, () => startOther({ script: 'contender.mjs', args: [folder] }));
    const holders = (await Promise.all(contenders)).filter(({ firstLine }) => firstLine === 'holds');
    expect(holders.length).toBeLessThanOrEqual(1);
    expect(livingHolders(folder)).toHaveLength(holders.length);
  });
});
