import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { withConnection } from '../../embedded/connection.ts';
import { temporaryFolder } from '../../embedded/folder.ts';
import { createDatabase, type Postgres, runningPostgres, startPostgres } from '../../embedded/postgres.ts';
import { isAlive, kill, killAll, startOther } from './others.ts';

describe('The built-in PostgreSQL', () => {
  const folder = temporaryFolder('postgres-test');
  let postgres: Postgres;

  beforeAll(async () => {
    postgres = await startPostgres({ folder });
    await ask(postgres.url, 'create table letter (n int)');
  });
  afterAll(async () => {
    await postgres.stop();
    killAll();
    rmSync(folder, { recursive: true, force: true });
  });

  test('keeps what it acknowledged when its server is killed', async () => {
    await ask(postgres.url, 'insert into letter select generate_series(1, 100)');
    process.kill(postgres.pid, 'SIGKILL');
    expect(await postgres.exited).toBe('ended by SIGKILL');
    postgres = await startPostgres({ folder, port: postgres.port });
    expect(await letters()).toBe(100);
  });

  test('comes back on the port it had', async () => {
    const { port } = postgres;
    await postgres.stop();
    postgres = await startPostgres({ folder, port });
    expect(postgres.port).toBe(port);
  });

  test('ends soon after the program that started it was killed, and keeps what it acknowledged', async () => {
    await postgres.stop();
    const other = await startOther({ script: 'another-copy.ts', args: [folder] });
    const theirs: { url: string; pid: number } = JSON.parse(other.firstLine);
    await ask(theirs.url, 'insert into letter select generate_series(101, 200)');
    await kill(other);
    for (let i = 0; i < 250 && isAlive(theirs.pid); i++) await delay(20);
    expect(isAlive(theirs.pid)).toBe(false);
    postgres = await startPostgres({ folder });
    expect(await letters()).toBe(200);
  });

  test('is started over one that a killed program left running', async () => {
    const left = postgres;
    postgres = await startPostgres({ folder });
    expect(await left.exited).toBe('exit code 0');
    expect(await letters()).toBe(200);
  });

  test('moves to the next port when its port is taken', async () => {
    const second = temporaryFolder('postgres-test');
    const neighbour = await startPostgres({ folder: second, port: postgres.port, durable: false });
    await neighbour.stop();
    rmSync(second, { recursive: true, force: true });
    expect(neighbour.port).toBeGreaterThan(postgres.port);
  });

  test('is made anew when its first start was cut short', async () => {
    const cut = temporaryFolder('postgres-test');
    mkdirSync(join(cut, 'postgres.unfinished'));
    writeFileSync(join(cut, 'postgres.unfinished/PG_VERSION'), '18\n');
    const whole = await startPostgres({ folder: cut, durable: false });
    await whole.stop();
    rmSync(cut, { recursive: true, force: true });
  });

  test('lets in nobody without the password', async () => {
    const address = new URL(postgres.url);
    address.password = 'guessed';
    await expect(ask(address.href, 'select 1')).rejects.toThrow('password authentication failed');
  });

  test('tells its address to a program beside the one that started it', () => {
    expect(runningPostgres(folder)).toBe(postgres.url);
  });

  test('makes a database from a template, once', async () => {
    const wish = { url: postgres.url, name: 'copy of a year', template: 'focalpoint' };
    const first = await createDatabase(wish);
    expect(await createDatabase(wish)).toBe(first);
    expect((await ask(first, 'select count(*)::int as n from letter')).n).toBe(200);
  });

  async function letters(): Promise<number> {
    return (await ask(postgres.url, 'select count(*)::int as n from letter')).n;
  }
});

async function ask(url: string, sql: string) {
  const { rows } = await withConnection({ url, run: (client) => client.query(sql) });
  return rows[0];
}
