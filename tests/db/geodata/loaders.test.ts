import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  bulkLoaderFor,
  createStagingTable,
  dropStagingTables,
  type StagingValue,
} from '../../../geodata/loaders/bulk-loader.js';
import { unnestLoader } from '../../../geodata/loaders/unnest-loader.js';
import { testDatabase, type TestDatabase } from '../../support/database.js';
import { stagingTables } from './import-files.js';

let test: TestDatabase;

beforeAll(async () => {
  test = await testDatabase();
});

afterAll(() => test.close());

const columns = {
  line: 'bigint',
  name: 'text',
  amount: 'double precision',
  yes: 'boolean',
  day: 'date',
  data: 'jsonb',
  geom: 'geometry',
} as const;

const rows: readonly (readonly StagingValue[])[] = [
  [
    1,
    'tab\tnew\nline \\N "quote" {brace}, ünï',
    -1.5,
    true,
    '2024-02-29',
    '{"a": 1}',
    'SRID=4326;POINT(4 52)',
  ],
  [2, '', 0, false, null, '[]', '{"type":"Point","coordinates":[5,51]}'],
  [3, null, null, null, null, null, null],
];

async function* generate(count = rows.length) {
  for (let index = 0; index < count; index += 1) yield rows[index % rows.length] ?? [];
}

const loaders = [
  ['the loader of this engine', () => bulkLoaderFor(test.database)],
  ['the loader by arrays', () => unnestLoader(test.database)],
] as const;

describe.each(loaders)('%s', (_name, loaderOf) => {
  it('keeps every value as it is', async () => {
    const table = await createStagingTable(test.database.pool, 900, 'values', columns);
    expect(await loaderOf().load(table, generate())).toBe(3);
    const stored = await test.database.rows(
      `SELECT line, name, amount, yes, day, data, ST_AsText(geom) AS geom FROM ${table.name} ORDER BY line`,
    );
    expect(stored).toEqual([
      {
        line: 1,
        name: rows[0]?.[1],
        amount: -1.5,
        yes: true,
        day: '2024-02-29',
        data: { a: 1 },
        geom: 'POINT(4 52)',
      },
      { line: 2, name: '', amount: 0, yes: false, day: null, data: [], geom: 'POINT(5 51)' },
      { line: 3, name: null, amount: null, yes: null, day: null, data: null, geom: null },
    ]);
  });

  it('loads more than one batch and counts', async () => {
    const table = await createStagingTable(test.database.pool, 901, 'many', columns);
    let counted = 0;
    const onRows = (count: number) => (counted += count);
    expect(await loaderOf().load(table, generate(12_001), { onRows })).toBe(12_001);
    expect(counted).toBe(12_001);
    expect(await test.database.row(`SELECT count(*) FROM ${table.name}`)).toEqual({
      count: 12_001,
    });
  });

  it('stops with the reason of the signal', async () => {
    const table = await createStagingTable(test.database.pool, 902, 'stopped', columns);
    const controller = new AbortController();
    const reason = new Error('enough');
    async function* endless() {
      for (let index = 0; ; index += 1) {
        if (index === 7000) controller.abort(reason);
        yield rows[0] ?? [];
      }
    }
    const load = loaderOf().load(table, endless(), { signal: controller.signal });
    await expect(load).rejects.toBe(reason);
    expect(await test.database.row('SELECT 1 AS one')).toEqual({ one: 1 });
  });

  it('fails with what the database says about a value', async () => {
    const table = await createStagingTable(test.database.pool, 903, 'failed', columns);
    async function* broken() {
      yield [1, 'x', 'not a number', null, null, null, null];
    }
    await expect(loaderOf().load(table, broken())).rejects.toThrow(/double precision/);
    expect(await test.database.row('SELECT 1 AS one')).toEqual({ one: 1 });
  });
});

describe('dropStagingTables', () => {
  it('drops the tables of one import only', async () => {
    await createStagingTable(test.database.pool, 91, 'one', { line: 'bigint' });
    await createStagingTable(test.database.pool, 910, 'other', { line: 'bigint' });
    await dropStagingTables(test.database.pool, 91);
    const left = await stagingTables(test.database);
    expect(left).not.toContain('staging_91_one');
    expect(left).toContain('staging_910_other');
  });
});
