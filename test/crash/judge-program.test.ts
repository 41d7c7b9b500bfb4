import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { testDatabase } from '../support/database.ts';
import { handedOver, receipt } from './clean-run.ts';

const ROOT = resolve(import.meta.dirname, '../..');

let folder: string;
let url: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'judge-'));
  url = await testDatabase();
});
afterAll(() => rmSync(folder, { recursive: true }));

function judge() {
  const args = ['--import', 'tsx', 'bench/crash/judge.ts', folder];
  const env = { ...process.env, DATABASE_URL: url };
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: ROOT, env, encoding: 'utf8' });
  return { status, verdict: JSON.parse(stdout), findings: stderr };
}

describe('The judge as a program', () => {
  it('ends with 0 over an empty database of ours and a mail server that accepted nothing', () => {
    expect(judge()).toMatchObject({ status: 0, verdict: { letters: 0, unapproved: 0 } });
  });

  it('ends with 1 and says what went wrong when the mail server accepted what the database does not hold', () => {
    const lines = handedOver({ letter: receipt(), session: 'worker 1 1' }).map((line) => JSON.stringify(line));
    writeFileSync(join(folder, 'peer.log'), `${lines.join('\n')}\n`);
    const { status, verdict, findings } = judge();
    expect({ status, verdict }).toMatchObject({ status: 1, verdict: { duplicates: 0, unapproved: 1 } });
    expect(findings).toContain('unapproved: <receipt.mission@lao.example> went out and is no letter');
  });
});
