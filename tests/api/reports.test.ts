import { parse } from 'csv-parse/sync';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { as, anActor, testApp, type Actor, type TestApp } from './test-app.js';
import { anAccount, aSale, someRegions, type Regions } from './test-data.js';

let test: TestApp;
let regions: Regions;
let planner: Actor;
beforeEach(async () => {
  test = await testApp();
  regions = await someRegions(test.database);
  planner = await anActor(test.database, 'planner');
});
afterEach(async () => {
  await test.close();
});

const get = (url: string) => as(test, planner, { url });

async function readCsv(url: string): Promise<Record<string, string>[]> {
  const response = await get(url);
  expect(response.statusCode).toBe(200);
  expect(response.headers['content-type']).toContain('text/csv');
  return parse(response.rawPayload, { columns: true, bom: true });
}

describe('the export of accounts', () => {
  it('holds exactly the filtered accounts with their regions and sales', async () => {
    const id = await anAccount(test.database, {
      name: 'Bakker; "de Beste"\nHavenstad',
      segment: 'gold',
      point: [4.5, 52.5],
      regionId: regions.harbour,
    });
    await anAccount(test.database, { name: 'Other', segment: 'silver' });
    await aSale(test.database, id, 10.5);
    await aSale(test.database, id, 1);
    const rows = await readCsv('/api/exports/accounts.csv?segment=gold');

    expect(rows).toEqual([
      expect.objectContaining({
        account_id: String(id),
        name: 'Bakker; "de Beste"\nHavenstad',
        region_level_1: 'Noordland',
        region_level_2: 'Havenstad',
        lon: '4.5',
        lat: '52.5',
        orders: '2',
        revenue: '11.5',
      }),
    ]);
  });

  it('goes on over more rows than one page', async () => {
    await test.database.rows(
      `INSERT INTO crm.accounts (name) SELECT 'Account ' || n FROM generate_series(1, 4500) n`,
    );
    const rows = await readCsv('/api/exports/accounts.csv');

    expect(new Set(rows.map((row) => row['account_id'])).size).toBe(4500);
    expect(rows).toHaveLength(4500);
  });

  it('takes the power from formulas', async () => {
    const names = ['=1+1', '+31 20', '-2', '@SUM(A1)', '  =1', '\u0001=1', '\u00a0=1', '＝1', '|x'];
    for (const name of [...names, '\t=1']) await anAccount(test.database, { name });
    const rows = await readCsv('/api/exports/accounts.csv');

    expect(rows.map((row) => row['name'])).toEqual([...names.map((name) => `'${name}`), "'\t'=1"]);
  });

  it('leaves negative coordinates numbers', async () => {
    await anAccount(test.database, { name: 'West', point: [-46.6, -23.5] });
    const [row] = await readCsv('/api/exports/accounts.csv');

    expect(row).toMatchObject({ lon: '-46.6', lat: '-23.5' });
  });
});

describe('reports of imports', () => {
  async function anImport(): Promise<number> {
    const row = await test.database.row<{ import_id: number }>(
      `INSERT INTO app.imports (importer, source_name, status, finished_at, rows_read, rows_rejected)
       VALUES ('accounts', 'customers.csv', 'succeeded', now(), 10, 2) RETURNING import_id`,
    );
    const importId = row!.import_id;
    await test.database.rows(
      `INSERT INTO app.import_issues (import_id, severity, line, field, value, reason) VALUES
         ($1, 'rejected', 3, 'lat', '=cmd', 'is not a number'),
         ($1, 'rejected', 7, 'lat', 'north', 'is not a number'),
         ($1, 'warning', 9, 'postcode', '0000', 'is not known')`,
      [importId],
    );
    return importId;
  }

  it('count the issues by reason', async () => {
    const id = await anImport();
    const list = (await get('/api/imports')).json();
    const report = (await get(`/api/imports/${id}`)).json();

    expect(list).toMatchObject({ total: 1, items: [{ id, sourceName: 'customers.csv' }] });
    expect(report.issues).toEqual([
      { severity: 'rejected', reason: 'is not a number', field: 'lat', count: 2, firstLine: 3 },
      { severity: 'warning', reason: 'is not known', field: 'postcode', count: 1, firstLine: 9 },
    ]);
  });

  it('give every issue as CSV, without formulas', async () => {
    const rows = await readCsv(`/api/imports/${await anImport()}/issues.csv`);

    expect(rows.map((row) => row['line'])).toEqual(['3', '7', '9']);
    expect(rows[0]!['value']).toBe("'=cmd");
  });

  it('are not found by an unknown id', async () => {
    expect((await get('/api/imports/4242')).statusCode).toBe(404);
    expect((await get('/api/imports/4242/issues.csv')).statusCode).toBe(404);
  });
});

describe('differences between map and postcode', () => {
  const differences = async (query = '') =>
    (await get(`/api/matching/postcode-differences?${query}`)).json();

  it('lists accounts in another region than their postcode’s, at the postcode’s level', async () => {
    const { north, south, harbour } = regions;
    const { database } = test;
    await anAccount(database, {
      name: 'agrees',
      point: [4.5, 52.5],
      regionId: harbour,
      postcodeRegionId: north,
    });
    await anAccount(database, {
      name: 'coarser map',
      point: [4.1, 52.1],
      regionId: north,
      postcodeRegionId: harbour,
    });
    await anAccount(database, { name: 'not placed', postcodeRegionId: north });
    await anAccount(database, { name: 'no postcode', point: [4.5, 52.5], regionId: harbour });
    await anAccount(database, {
      name: 'differs',
      point: [4.5, 52.5],
      regionId: harbour,
      postcodeRegionId: south,
    });
    await anAccount(database, { name: 'outside', point: [9, 9], postcodeRegionId: south });
    const { items, total } = await differences();

    expect(total).toBe(2);
    expect(items).toEqual([
      expect.objectContaining({
        name: 'differs',
        mapRegion: { id: north, level: 1, name: 'Noordland' },
        postcodeRegion: { id: south, level: 1, name: 'Zuidland' },
      }),
      expect.objectContaining({ name: 'outside', mapRegion: null }),
    ]);
  });

  it('pages with the total', async () => {
    for (const name of ['a', 'b', 'c']) {
      await anAccount(test.database, { name, point: [9, 9], postcodeRegionId: regions.south });
    }
    const first = await differences('limit=2');
    const second = await differences(`limit=2&cursor=${first.nextCursor}`);

    expect([first.total, second.total]).toEqual([3, 3]);
    expect(first.items).toHaveLength(2);
    expect(second.items.map(({ name }: { name: string }) => name)).toEqual(['c']);
    expect(second.nextCursor).toBeNull();
  });
});
