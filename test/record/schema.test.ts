import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { openRecords, type Records } from '../../adapters/records.ts';
import { testDatabase } from '../support/database.ts';

let records: Records;
beforeAll(async () => {
  records = openRecords({ url: await testDatabase() });
});
afterAll(() => records.$disconnect());

const schema = readFileSync(resolve(import.meta.dirname, '../../prisma/schema.prisma'), 'utf8');
const models = [...schema.matchAll(/^model (\w+) \{\n([\s\S]*?)^\}/gm)].map(([, name, body]) => ({
  name: name!,
  body: body!,
}));

const TYPES: Record<string, string> = {
  String: 'text',
  Int: 'integer',
  BigInt: 'bigint',
  Json: 'jsonb',
  Bytes: 'bytea',
  DateTime: 'timestamp with time zone',
  'String[]': 'ARRAY',
};

/** `name type nullable` of each column, as schema.prisma has it; relations have no column. */
function columnsOf(body: string): string[] {
  const lines = [...body.matchAll(/^ {2}(\w+)\s+(\w+)(\[\])?(\?)?(.*)$/gm)];
  return lines
    .filter(([, , type, list]) => TYPES[`${type}${list ?? ''}`])
    .map(([, name, type, list, optional, rest]) => {
      const column = rest!.includes('@db.Uuid') ? 'uuid' : TYPES[`${type}${list ?? ''}`];
      return `${name} ${column} ${optional || list ? 'YES' : 'NO'}`;
    })
    .toSorted();
}

describe('the record', () => {
  it('knows all its models', () => expect(models.length).toBeGreaterThanOrEqual(20));

  it.each(models)('of $name has in the database the columns that the schema names', async ({ name, body }) => {
    const columns = await records.$queryRaw<{ column: string }[]>`
      SELECT concat_ws(' ', column_name, data_type, is_nullable) AS column
      FROM information_schema.columns WHERE table_name = ${name} AND table_schema = 'public'`;
    expect(columns.map(({ column }) => column).toSorted()).toEqual(columnsOf(body));
  });

  it.each(models)('of $name can be read', async ({ name }) => {
    const delegate = `${name[0]!.toLowerCase()}${name.slice(1)}` as 'case';
    expect(await records[delegate].findMany()).toEqual([]);
  });

  it('keeps its moments to the millisecond', async () => {
    const columns = await records.$queryRaw<{ precision: number }[]>`
      SELECT datetime_precision AS precision FROM information_schema.columns
      WHERE table_schema = 'public' AND data_type = 'timestamp with time zone' AND table_name NOT LIKE '\\_%'`;
    expect(new Set(columns.map(({ precision }) => precision))).toEqual(new Set([3]));
  });
});
