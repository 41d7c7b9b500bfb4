import { randomUUID } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withConnection } from '../../embedded/connection.ts';
import { temporaryFolder } from '../../embedded/folder.ts';
import { migrate } from '../../embedded/migrate.ts';
import { createDatabase } from '../../embedded/postgres.ts';

const GUARDED = `
create table letter (state text not null);
create function guard() returns trigger language plpgsql as $$
begin
  if new.state = 'sent' then raise exception 'not approved; never'; end if;
  return new;
end;
$$;
create trigger guard before update on letter for each row execute function guard();
`;

describe('Migrating a database', () => {
  let folder: string;
  let url: string;
  let template: string;

  beforeAll(async () => {
    const empty = {
      url: String(process.env['TEST_DATABASE_URL']),
      name: `empty-${randomUUID()}`,
      template: 'template0',
    };
    template = decodeURIComponent(new URL(await createDatabase(empty)).pathname.slice(1));
  });
  beforeEach(async () => {
    folder = temporaryFolder('migrate-test');
    const name = `migrate-${randomUUID()}`;
    url = await createDatabase({ url: String(process.env['TEST_DATABASE_URL']), name, template });
    write('1_letters', GUARDED);
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  test('applies what is missing, in order, and nothing the second time', async () => {
    write('2_more', 'alter table letter add column n int;');
    expect(await migrate({ url, folder })).toEqual(['1_letters', '2_more']);
    expect(await migrate({ url, folder })).toEqual([]);
    write('3_last', 'alter table letter add column m int;');
    expect(await migrate({ url, folder })).toEqual(['3_last']);
  });

  test('takes the body of a trigger as it is, semicolons and all', async () => {
    await migrate({ url, folder });
    await ask("insert into letter values ('approved')");
    await expect(ask("update letter set state = 'sent'")).rejects.toThrow('not approved; never');
  });

  test('is done once when several begin at the same moment', async () => {
    const done = await Promise.all([1, 2, 3].map(() => migrate({ url, folder })));
    expect(done.flat()).toEqual(['1_letters']);
  });

  test('leaves no trace of a migration that fails', async () => {
    write('2_broken', 'create table half (n int); select nonsense;');
    await expect(migrate({ url, folder })).rejects.toThrow('Migration 2_broken failed and left no trace');
    expect((await ask("select to_regclass('half') as half")).half).toBeNull();
    write('2_broken', 'create table half (n int);');
    expect(await migrate({ url, folder })).toEqual(['2_broken']);
  });

  test('refuses when an applied migration has been changed', async () => {
    await migrate({ url, folder });
    write('1_letters', `${GUARDED}-- better`);
    await expect(migrate({ url, folder })).rejects.toThrow('Migration 1_letters was changed after');
  });

  test('refuses a database that is newer than the program', async () => {
    write('2_more', 'alter table letter add column n int;');
    await migrate({ url, folder });
    rmSync(join(folder, '2_more'), { recursive: true });
    await expect(migrate({ url, folder })).rejects.toThrow('it holds migration 2_more. Upgrade Focalpoint.');
  });

  test('says which database does not answer', async () => {
    const nowhere = 'postgresql://focalpoint@127.0.0.1:9/year';
    await expect(migrate({ url: nowhere, folder })).rejects.toThrow('The database 127.0.0.1:9/year does not answer');
  });

  function write(name: string, script: string): void {
    mkdirSync(join(folder, name), { recursive: true });
    writeFileSync(join(folder, name, 'migration.sql'), script);
  }

  async function ask(sql: string) {
    return (await withConnection({ url, run: (client) => client.query(sql) })).rows[0];
  }
});
