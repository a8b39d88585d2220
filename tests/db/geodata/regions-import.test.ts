import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
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
});

afterAll(async () => {
  files.remove();
  await test.close();
});

const provinces = featureCollection([
  { properties: { code: 'P1', name: 'West' }, geometry: square(4, 52, 1) },
  { properties: { code: 'P2', name: 'East' }, geometry: square(5, 52, 1) },
]);

const towns = featureCollection([
  { properties: { code: 'P1A', name: 'Arel', people: '1.200' }, geometry: square(4.1, 52.1, 0.2) },
  { properties: { code: 'P1B', name: 'Berk', people: '800' }, geometry: square(4.6, 52.1, 0.2) },
  { properties: { code: 'P2C', name: 'Corl', people: '.' }, geometry: square(5.1, 52.1, 0.2) },
]);

const townOptions = {
  level: 'Town',
  code: 'code',
  name: 'name',
  decimal: 'comma',
  statistics: { population: 'people' },
};

beforeEach(async () => {
  await test.database.pool.query('UPDATE geo.regions SET parent_id = NULL WHERE level > 0');
  await test.database.pool.query('DELETE FROM geo.regions WHERE level > 0');
  await test.database.pool.query('DELETE FROM geo.region_levels WHERE level > 0');
  const options = { level: 1, levelName: 'Province', code: 'code', name: 'name' };
  await importFile(test.database, 'regions', files.write('provinces.geojson', provinces), {
    options,
  });
});

const importTowns = (options: Record<string, unknown> = townOptions, text = towns) =>
  importFile(test.database, 'regions', files.write('towns.geojson', text), { options });

const parents = () =>
  test.database.rows(
    `SELECT r.code, p.code AS parent FROM geo.regions r JOIN geo.regions p ON p.region_id = r.parent_id
     WHERE r.level = 2 ORDER BY r.code`,
  );

const expectedParents = [
  { code: 'P1A', parent: 'P1' },
  { code: 'P1B', parent: 'P1' },
  { code: 'P2C', parent: 'P2' },
];

it('leaves the map of regions ready, names included', async () => {
  await importTowns();
  const version = await test.database.row(
    `SELECT is_stale, feature_count FROM geo.layer_versions WHERE layer = 'regions'`,
  );
  expect(version).toEqual({ is_stale: false, feature_count: 5 });
  const names = await test.database.rows<{ name: string }>(
    'SELECT DISTINCT name FROM geo.region_shapes WHERE ST_Contains(geom, label) ORDER BY name',
  );
  expect(names.map(({ name }) => name)).toEqual(['Arel', 'Berk', 'Corl', 'East', 'West']);
});

describe('the regions importer', () => {
  it('makes the next level for a new name and finds parents by shape', async () => {
    const report = await importTowns();
    expect(report.counts).toMatchObject({ read: 3, inserted: 3, rejected: 0 });
    expect(report.summary).toMatchObject({ level: 2 });
    expect(await parents()).toEqual(expectedParents);
    expect(await test.database.row('SELECT * FROM geo.region_levels WHERE level = 2')).toEqual({
      level: 2,
      name: 'Town',
      plural_name: 'Towns',
    });
  });

  it('finds parents by a part of the code, and by name', async () => {
    await importTowns({ ...townOptions, parent: '{code:2}' });
    expect(await parents()).toEqual(expectedParents);
    const named = towns.replaceAll('"name"', '"province":"east","name"');
    await importTowns({ ...townOptions, parent: 'province', parentMatch: 'name' }, named);
    expect((await parents()).map(({ parent }) => parent)).toEqual(['P2', 'P2', 'P2']);
  });

  it('leaves out and counts rows that are not meant', async () => {
    const part = (code: string, water: string | number, lon: number) => ({
      properties: { code, name: code, people: 10, water },
      geometry: square(lon, 52.1, 0.2),
    });
    const parts = featureCollection([
      ...[part('P1A', 'NEE', 4.1), part('P1A', 'JA', 4.3), part('P1B', 'B', 4.6)],
      part('P2C', 4, 5.1),
    ]);
    const counted = async (where: Record<string, unknown>) => {
      await test.database.pool.query('DELETE FROM geo.regions WHERE level = 2');
      const { counts, summary } = await importTowns({ ...townOptions, where }, parts);
      const { read, inserted, rejected } = counts;
      return { read, in: inserted, rejected, leftOut: summary['leftOut'] };
    };
    const common = { read: 4, rejected: 0 };
    expect(await counted({ water: 'NEE' })).toEqual({ ...common, in: 1, leftOut: 3 });
    expect(await counted({ water: ['NEE', 4] })).toEqual({ ...common, in: 2, leftOut: 2 });
    expect(await counted({ 'water!': 'JA' })).toEqual({ ...common, in: 3, leftOut: 1 });
    expect(await counted({ water: 'NEE', code: 'P2C' })).toEqual({ ...common, in: 0, leftOut: 4 });
  });

  it('tells that a condition names a column that is not there', async () => {
    const table = files.write('towns.csv', 'code,name\nP1A,Arel\n');
    const options = { level: 'Town', code: 'code', name: 'name', where: { water: 'NEE' } };
    await expect(importFile(test.database, 'regions', table, { options })).rejects.toThrow(
      'the column water, which the file does not have. It has: code, name.',
    );
  });

  it('writes nothing the second time', async () => {
    await importTowns();
    const before = await test.database.rows(
      'SELECT region_id, xmin::text FROM geo.regions ORDER BY 1',
    );
    const report = await importTowns();
    expect(report.counts).toMatchObject({ inserted: 0, updated: 0, unchanged: 3 });
    const after = await test.database.rows(
      'SELECT region_id, xmin::text FROM geo.regions ORDER BY 1',
    );
    expect(after).toEqual(before);
  });

  it('sums people up to regions that have no number of their own', async () => {
    await importTowns();
    const rows = await test.database.rows(
      `SELECT code, population, statistics FROM geo.regions WHERE level < 2 ORDER BY level, code`,
    );
    expect(rows).toEqual([
      { code: 'project', population: 2000, statistics: { population_from_children: 1 } },
      { code: 'P1', population: 2000, statistics: { population_from_children: 2 } },
      { code: 'P2', population: null, statistics: {} },
    ]);
    const numbers = files.write('people.csv', 'province;inhabitants;cars\nP1;2.500;9\nP9;1;1\n');
    const statistics = { population: 'inhabitants', cars: 'cars' };
    const options = { level: 'Provinces', code: 'province', decimal: 'comma', statistics };
    const report = await importFile(test.database, 'region-stats', numbers, { options });
    expect(report.counts).toMatchObject({ read: 2, updated: 1, rejected: 1 });
    expect(await issuesOf(test.database, report.importId)).toEqual([
      {
        severity: 'rejected',
        line: 3,
        field: 'code',
        value: 'P9',
        reason: 'no region of level 1 has this code',
      },
    ]);
    const own = await test.database.rows(
      `SELECT code, population, statistics FROM geo.regions WHERE code IN ('P1', 'project') ORDER BY level`,
    );
    expect(own).toEqual([
      { code: 'project', population: 2500, statistics: { population_from_children: 1 } },
      { code: 'P1', population: 2500, statistics: { cars: 9 } },
    ]);
  });

  it('repairs shapes and tells, rejects what has no area and what is double', async () => {
    const bowTie = [
      [4.1, 52.1],
      [4.3, 52.3],
      [4.3, 52.1],
      [4.1, 52.3],
      [4.1, 52.1],
    ];
    const flat = [
      [4.1, 52.1],
      [4.3, 52.1],
      [4.1, 52.1],
      [4.1, 52.1],
    ];
    const text = featureCollection([
      {
        properties: { code: 'A', name: 'A' },
        geometry: { type: 'Polygon', coordinates: [bowTie] },
      },
      { properties: { code: 'B', name: 'B' }, geometry: { type: 'Polygon', coordinates: [flat] } },
      { properties: { code: 'A', name: 'Again' }, geometry: square(4, 52, 0.1) },
      { properties: { name: 'No code' }, geometry: square(4, 52, 0.1) },
      { properties: { code: 'D' }, geometry: { type: 'Polygon', coordinates: [['x']] } },
    ]);
    const report = await importTowns({ level: 2, code: 'code', name: 'name' }, text);
    expect(report.counts).toEqual({
      ...{ read: 5, inserted: 1, updated: 0, unchanged: 0 },
      ...{ rejected: 4, warned: 1 },
    });
    expect(await issuesOf(test.database, report.importId)).toMatchObject([
      {
        severity: 'warning',
        line: 1,
        field: 'geometry',
        value: 'A',
        reason: expect.stringMatching(/repaired: Self-intersection/),
      },
      {
        severity: 'rejected',
        line: 2,
        field: 'geometry',
        value: 'B',
        reason: expect.stringMatching(/no area/),
      },
      {
        severity: 'rejected',
        line: 3,
        field: 'code',
        value: 'A',
        reason: 'is already on line 1 of the file',
      },
      { severity: 'rejected', line: 4, field: 'code', reason: 'code is empty' },
      { severity: 'rejected', line: 5, field: 'geometry' },
    ]);
    expect(
      await test.database.row(
        `SELECT ST_IsValid(geom) AS valid, area_km2 > 100 AS large FROM geo.regions WHERE code = 'A'`,
      ),
    ).toEqual({ valid: true, large: true });
  });

  it('takes shapes in another coordinate system', async () => {
    const rd = featureCollection([
      { properties: { code: 'AMS', name: 'Dam' }, geometry: square(121000, 487000, 1000) },
    ]);
    await importTowns({ level: 2, code: 'code', name: 'name', crs: 'EPSG:28992' }, rd);
    const row = await test.database.row<{ lon: number; lat: number; area_km2: number }>(
      `SELECT ST_X(ST_Centroid(geom)) AS lon, ST_Y(ST_Centroid(geom)) AS lat, area_km2
       FROM geo.regions WHERE code = 'AMS'`,
    );
    expect(row?.lon).toBeCloseTo(4.89, 1);
    expect(row?.lat).toBeCloseTo(52.37, 1);
    expect(row?.area_km2).toBeCloseTo(1, 2);
  });

  it('hangs deeper regions under a level that is put in between', async () => {
    await importTowns({ ...townOptions, level: 3, levelName: 'Town' });
    const counties = featureCollection([
      { properties: { code: 'C1', name: 'Coast' }, geometry: square(4, 52, 0.5) },
    ]);
    const report = await importTowns(
      { level: 2, levelName: 'County', code: 'code', name: 'name' },
      counties,
    );
    expect(report.summary).toMatchObject({ level: 2, childrenAdopted: 1 });
    const path = await test.database.row(
      `SELECT level_1_name, level_2_name, level_3_name FROM geo.region_paths WHERE level_3_name = 'Arel'`,
    );
    expect(path).toEqual({ level_1_name: 'West', level_2_name: 'Coast', level_3_name: 'Arel' });
  });

  it('leaves everything as it was when it is cancelled or fails', async () => {
    await importTowns();
    const before = await test.database.rows('SELECT * FROM geo.regions ORDER BY region_id');
    const controller = new AbortController();
    controller.abort(new Error('stop'));
    const changed = towns.replaceAll('Arel', 'Other');
    const file = files.write('towns.geojson', changed);
    const run = importFile(test.database, 'regions', file, {
      options: townOptions,
      signal: controller.signal,
    });
    await expect(run).rejects.toMatchObject({ report: { status: 'cancelled' } });
    const missing = { ...townOptions, level: 99 };
    await expect(importTowns(missing, changed)).rejects.toMatchObject({
      report: { status: 'failed', error: 'A region level is a number from 1 to 8.' },
    });
    expect(await test.database.rows('SELECT * FROM geo.regions ORDER BY region_id')).toEqual(
      before,
    );
    expect(await stagingTables(test.database)).toEqual([]);
  });

  it('names the option at fault before anything is entered', async () => {
    const count = () => test.database.row('SELECT count(*) FROM app.imports');
    const before = await count();
    await expect(importTowns({ level: 2, name: 'name' })).rejects.toThrow(/option code/);
    await expect(importTowns({ level: 2, code: 'code', colour: 'red' })).rejects.toThrow(/colour/);
    expect(await count()).toEqual(before);
  });
});
