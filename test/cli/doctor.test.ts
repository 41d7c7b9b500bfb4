import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const PROGRAM = join(import.meta.dirname, '../../cli/focalpoint.mjs');

describe('The doctor', () => {
  test('names each part that does not answer, with the fix, and ends with exit code 1', () => {
    const { status, findings } = examine({
      DATABASE_URL: 'postgresql://focalpoint@127.0.0.1:9/year',
      SMTP_URL: 'smtp://127.0.0.1:9',
      IMAP_URL: 'imap://isu:hidden@127.0.0.1:9',
      CLAMD_URL: 'tcp://127.0.0.1:9',
      TEMPORAL_CLI_PATH: '/nowhere',
      PORT: 'http',
    });
    expect(status).toBe(1);
    expect(findings['database']).toMatch('127.0.0.1:9/year does not answer');
    expect(findings['mail']).toMatch('correct SMTP_URL');
    expect(findings['answers']).toBe('the mailbox at 127.0.0.1 cannot be read (ECONNREFUSED): correct IMAP_URL');
    expect(findings['viruses']).toMatch(
      'files that come in are refused: the virus check at tcp://127.0.0.1:9 is not fit',
    );
    expect(findings['programs']).toMatch('TEMPORAL_CLI_PATH names /nowhere');
    expect(findings['settings']).toMatch('PORT is wrong');
    expect(findings['Node']).toBeUndefined();
  });
});

/** What is wrong, by part. */
function examine(env: NodeJS.ProcessEnv): { status: number | null; findings: Record<string, string> } {
  const command = [PROGRAM, 'doctor', '--json'];
  const { status, stdout } = spawnSync(process.execPath, command, {
    env: { ...process.env, ...env },
    encoding: 'utf8',
  });
  const findings: { what: string; state: string; says: string }[] = JSON.parse(stdout).findings;
  const wrong = findings.filter(({ state }) => state === 'wrong');
  return { status, findings: Object.fromEntries(wrong.map(({ what, says }) => [what, says])) };
}
