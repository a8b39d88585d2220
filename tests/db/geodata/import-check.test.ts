import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { checkImport } from '../../../geodata/check/check-import.js';
import { importerNamed } from '../../../geodata/importers.js';
import { ImportFailure } from '../../../geodata/run-import.js';
import { contentHashes } from '../../support/content-hash.js';
import { testDatabase, type TestDatabase } from '../../support/database.js';
import {
  featureCollection,
  importFile,
  issuesOf,
  square,
  stagingTables,
  TestFiles,
} from './import-files.js';

let test: TestDatabase;
const files = new TestFiles();

beforeAll(async () => {
  test = await testDatabase();
  await importFile(test.database, 'regions', files.write('west.geojson', regions('W')), {
    options: regionOptions,
  });
  await importFile(
    test.database,
    'postcodes',
    files.write('postcodes.csv', 'postcode,lat,lon\n1000,52.2,4.2\n'),
  );
  await importFile(test.database, 'accounts', files.write('stored.csv', stored));
});

afterAll(async () => {
  files.remove();
  await test.close();
});

const regionOptions = { level: 1, levelName: 'Province', code: 'code', name: 'name' };
const header = 'id,name,postcode,city,lat,lon\n';
const stored = `${header}1,Ann,,,52.5,4.5\n2,Ben,,,52.6,4.6\n`;

function regions(...codes: readonly string[]): string {
  return featureCollection(
    codes.map((code, index) => ({
      properties: { code, name: `Region ${code}` },
      geometry: square(4 + index, 52, 1),
    })),
  );
}

function check(kind: string, file: string, options: Record<string, unknown> = {}) {
  return checkImport({
    database: test.database,
    importer: importerNamed(kind),
    source: { path: file },
    options,
  });
}

/** Rows of geography and customers; the report of a check is its own business. */
async function data(): Promise<Record<string, string>> {
  const hashes = Object.entries(await contentHashes(test.database));
  return Object.fromEntries(hashes.filter(([name]) => /^(geo|crm)\./.test(name)));
}

describe('the check of an import', () => {
  let before: Record<string, string>;

  beforeEach(async () => {
    before = await data();
  });

  it('counts what is new, changed, equal and rejected, and writes nothing', async () => {
    const text = `${header}1,Ann,,,52.5,4.5\n2,Bea,,,52.6,4.6\n3,Cas,,,52.7,4.7\n3,Cas again,,,52.7,4.7\n,Nobody,,,52,4\n`;
    const { report, isCompared } = await check('accounts', files.write('new.csv', text));

    expect(report.counts).toEqual({
      read: 5,
      inserted: 1,
      updated: 1,
      unchanged: 1,
      rejected: 2,
      warned: 0,
    });
    expect(isCompared).toBe(true);
    expect(await issuesOf(test.database, report.importId)).toMatchObject([
      {
        severity: 'rejected',
        line: 5,
        field: 'external_id',
        reason: expect.stringContaining('already on line 4') as string,
      },
      { severity: 'rejected', line: 6, field: 'external_id', reason: 'is empty' },
    ]);
    expect(await data()).toEqual(before);
    expect(await stagingTables(test.database)).toEqual([]);
  });

  it('finds the numbers that the load then reports', async () => {
    const file = files.write('again.csv', `${header}1,Anna,,,52.5,4.5\n9,New,,,52.1,4.1\n,x,,,,\n`);
    const { report } = await check('accounts', file);
    const loaded = await importFile(test.database, 'accounts', file);
    expect(report.counts).toEqual(loaded.counts);
  });

  it('says where rows would land and how they would be placed', async () => {
    const text = `${header}11,A,,,52.5,4.5\n12,B,1000,,,\n13,C,,Delft,,\n14,D,,,,\n`;
    const { shapes, placement } = await check('accounts', files.write('placed.csv', text));

    expect(placement).toEqual({ byCoordinates: 1, byPostcode: 1, byAddress: 1, notPlaced: 1 });
    expect(shapes).toHaveLength(1);
    expect(shapes[0]).toMatchObject({ layer: 'accounts', kind: 'points', total: 2, shown: 2 });
    expect([...(shapes[0]?.places ?? [])].sort()).toEqual([
      [4.2, 52.2, 1],
      [4.5, 52.5, 1],
    ]);
  });

  it('gathers many points in cells without losing one', async () => {
    const rows = Array.from({ length: 3000 }, (_, row) => {
      return `m${row},M,,,${52 + (row % 60) / 60},${4 + (row % 50) / 50}`;
    });
    const file = files.write('many.csv', header + rows.join('\n'));
    const { shapes } = await check('accounts', file);
    const numbers = (shapes[0]?.places ?? []).map(([, , number]) => number);
    expect(numbers.length).toBeLessThan(3000);
    expect(numbers.reduce((sum, number) => sum + number, 0)).toBe(3000);
  });

  it('checks regions with their shapes without making a level', async () => {
    const file = files.write('new.geojson', regions('N', 'O'));
    const { report, shapes } = await check('regions', file, { ...regionOptions, level: 'Borough' });
    expect(report.counts).toMatchObject({ inserted: 2, updated: 0 });
    expect(shapes[0]).toMatchObject({ kind: 'areas', total: 2, shown: 2, extent: [4, 52, 6, 53] });
    expect(await data()).toEqual(before);
  });

  it('carries orders through to their lines and takes both back', async () => {
    const text =
      'order_id,account_id,order_date,line,quantity,amount\n' +
      'a,1,2024-01-31,1,2,10\na,1,2024-01-31,2,1,5\nb,2,2024-02-01,1,1,\nc,77,2024-02-01,1,1,3\n';
    const { report, further } = await check('sales', files.write('orders.csv', text));
    expect(report.counts).toMatchObject({ read: 4, inserted: 2, rejected: 2 });
    expect(further).toEqual([{ inserted: 2, updated: 0, unchanged: 0 }]);
    expect(await data()).toEqual(before);
  });

  it('takes ranges of postcodes back, which are written in a way of their own', async () => {
    const file = files.write('ranges.csv', 'region,first,last\nW,1000,1999\nX,2000,2999\n');
    const options = { level: 1, region: 'region', first: 'first', last: 'last' };
    const { report } = await check('postcode-ranges', file, options);
    expect(report.counts).toMatchObject({ inserted: 1, rejected: 1 });
    expect(await data()).toEqual(before);
  });

  it('is marked as a check and leaves nothing behind when it is cancelled', async () => {
    const cancelled = checkImport({
      database: test.database,
      importer: importerNamed('accounts'),
      source: { path: files.write('stopped.csv', stored) },
      options: {},
      signal: AbortSignal.abort(new Error('Cancelled.')),
    });
    await expect(cancelled).rejects.toThrow(ImportFailure);
    const last = await test.database.row(
      'SELECT status, is_check FROM app.imports ORDER BY import_id DESC LIMIT 1',
    );
    expect(last).toEqual({ status: 'cancelled', is_check: true });
    expect(await stagingTables(test.database)).toEqual([]);
  });
});
