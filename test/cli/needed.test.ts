import { rmSync } from 'node:fs';
import { PORTS, type Started, startNeeded } from '../../cli/needed.ts';
import { temporaryFolder } from '../../embedded/folder.ts';
import { testDatabase } from '../support/database.ts';

/** Nobody listens there. */
const DEAD = '127.0.0.1:9';
const AWAY = { TEMPORAL_ADDRESS: DEAD, SMTP_URL: `smtp://${DEAD}`, IMAP_URL: `imap://isu:secret@${DEAD}/INBOX` };

const folder = temporaryFolder('needed-test');
let started: Started = [];
beforeEach(() => {
  started = [];
});
afterEach(async () => {
  for (const stop of started.reverse()) await stop();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function start(env: NodeJS.ProcessEnv, said: string[] = []) {
  const ports = { ...PORTS, mailbox: 0, smtp: 0, temporal: 0, postgres: 0 };
  return startNeeded({ env, folder, ports, started, say: (sentence) => void said.push(sentence) });
}

describe('What worker and web stand on', () => {
  test('is started where the environment names nothing, and only there', async () => {
    const said: string[] = [];
    const found = await start({ DATABASE_URL: await testDatabase(), TEMPORAL_ADDRESS: DEAD }, said);
    expect(Object.keys(found)).toEqual(['SMTP_URL', 'MAILBOX_URL']);
    expect(said).toContain('Starting the mailbox …');
    expect(said.join()).not.toMatch(/Starting (PostgreSQL|Temporal)/);
  });

  test('is waited for when it is an engine or a mail server that does not answer, and told with the fix', async () => {
    const said: string[] = [];
    expect(await start({ DATABASE_URL: await testDatabase(), ...AWAY }, said)).toEqual({});
    for (let tries = 0; tries < 100 && said.length < 3; tries++) await new Promise((look) => setTimeout(look, 100));
    expect(said.toSorted()).toEqual([
      expect.stringMatching(/engine at 127\.0\.0\.1:9 does not answer.*\n +Cases stand still until it answers\.$/),
      expect.stringMatching(
        /server at 127\.0\.0\.1:9 .*correct SMTP_URL\n +Letters wait until it does; none is lost\.$/,
      ),
      expect.stringMatching(
        /mailbox at 127\.0\.0\.1 .*correct IMAP_URL\n +What people write is read once it can be\.$/,
      ),
    ]);
    expect(said.join()).not.toContain('secret');
  });

  test('ends the start when it is a database that refuses, and what was started meanwhile can be stopped', async () => {
    const refusal = start({ DATABASE_URL: `postgresql://isu:secret@${DEAD}/year`, TEMPORAL_ADDRESS: DEAD });
    await expect(refusal).rejects.toThrow(
      /^The database 127\.0\.0\.1:9\/year does not answer \(.*\)\. Is DATABASE_URL right\?$/,
    );
    expect(started).toHaveLength(1);
  });
});
