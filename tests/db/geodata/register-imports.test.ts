import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { businessZonesImporter } from '../../../geodata/importers/business-zones.importer.js';
import { dwellingsImporter } from '../../../geodata/importers/dwellings.importer.js';
import type { Importer } from '../../../geodata/importer.js';
import { runImport } from '../../../geodata/run-import.js';
import type { Database } from '../../../server/db/database.js';
import { testDatabase, type TestDatabase } from '../../support/database.js';

let opened: TestDatabase;
let database: Database;
let folder: string;

beforeAll(async () => {
  opened = await testDatabase();
  database = opened.database;
  folder = await mkdtemp(path.join(os.tmpdir(), 'catchment-registers-'));
});

afterAll(async () => {
  await opened.close();
  await rm(folder, { recursive: true });
});

async function importText(importer: Importer, name: string, text: string, options: object) {
  const file = path.join(folder, name);
  await writeFile(file, text);
  return runImport({ database, importer, source: { path: file }, options });
}

const box = (x: number, y: number, size: number) => [
  [
    [5 + x, 52 + y],
    [5 + x + size, 52 + y],
    [5 + x + size, 52 + y + size],
    [5 + x, 52 + y + size],
    [5 + x, 52 + y],
  ],
];

test('units are linked by reference, else by point, and the unlinked are told', async () => {
  const shape = (x: number) =>
    JSON.stringify({ type: 'MultiPolygon', coordinates: [box(x, 0, 0.0002)] });
  await database.rows(
    `INSERT INTO geo.buildings (source_key, housing_type, tagged_housing_type, register_ref, area_m2, geom)
     SELECT k, 'unknown', 'unknown', r, 300, ST_SetSRID(ST_GeomFromGeoJSON(g), 4326)
     FROM (VALUES ('way/1', '200100000086721', $1), ('way/2', NULL, $2), ('way/3', NULL, $3)) v (k, r, g)`,
    [shape(0), shape(0.01), shape(0.02)],
  );
  const options = {
    ...{
      key: 'id',
      building: 'pand',
      use: 'use',
      status: 'status',
      floorArea: 'area',
      year: 'year',
    },
    inUse: 'In gebruik',
  };
  const text = [
    'id;pand;use;status;area;year;lon;lat',
    '1;0200100000086721;woonfunctie;In gebruik;80;1970;;',
    '2;0200100000086721;woonfunctie;In gebruik;75;1970;;',
    '3;0200100000086721;woonfunctie,kantoorfunctie;In gebruik;60;1970;;',
    '4;0200100000086721;woonfunctie;Gevormd;60;2030;;',
    '5;999;industriefunctie;In gebruik;500;1990;5.0101;52.0001',
    '6;998;woonfunctie;In gebruik;90;1990;5.5;52.5',
    ';998;woonfunctie;In gebruik;90;1990;5.5;52.5',
  ].join('\n');

  const report = await importText(dwellingsImporter, 'units.csv', text, options);

  expect(report.counts).toMatchObject({ read: 7, inserted: 6, rejected: 1, warned: 1 });
  expect(report.summary['links']).toEqual({
    byReference: 4,
    byPoint: 1,
    unlinked: 1,
    buildingsChanged: 2,
  });
  expect(
    await database.rows(
      `SELECT source_key, housing_type, register_units, register_dwellings, register_year
       FROM geo.buildings ORDER BY source_key`,
    ),
  ).toEqual([
    {
      ...{ source_key: 'way/1', housing_type: 'apartments', register_year: 1970 },
      ...{ register_units: 3, register_dwellings: 3 },
    },
    {
      ...{ source_key: 'way/2', housing_type: 'non_residential', register_year: 1990 },
      ...{ register_units: 1, register_dwellings: 0 },
    },
    {
      ...{ source_key: 'way/3', housing_type: 'unknown', register_year: null },
      ...{ register_units: null, register_dwellings: null },
    },
  ]);
  const issues = await database.rows(
    `SELECT severity, line, value FROM app.import_issues WHERE import_id = $1 ORDER BY line`,
    [report.importId],
  );
  expect(issues).toEqual([
    { severity: 'warning', line: 7, value: '998' },
    { severity: 'rejected', line: 8, value: null },
  ]);

  const again = await importText(dwellingsImporter, 'units.csv', text, options);
  expect(again.counts).toMatchObject({ inserted: 0, updated: 0, unchanged: 6 });
  expect(again.summary['links']).toMatchObject({ buildingsChanged: 0 });
});

test('a zoning plan becomes zones by class; classes that are no business are counted', async () => {
  const feature = (id: number, zone: string, coordinates: number[][][]) => ({
    ...{ type: 'Feature', properties: { id, zone_class: zone } },
    geometry: { type: 'Polygon', coordinates },
  });
  const plan = JSON.stringify({
    type: 'FeatureCollection',
    features: [
      feature(1, 'M1-2', box(0, 0, 0.01)),
      feature(2, 'B3-1', box(0.002, 0.002, 0.002)),
      feature(3, 'RS-3', box(0.1, 0, 0.01)),
      feature(4, 'RT-4', box(0.2, 0, 0.01)),
      feature(5, 'RS-1', box(0.3, 0, 0.01)),
    ],
  });
  const options = {
    class: 'zone_class',
    kinds: { M: 'industrial', B: 'retail' },
    key: 'plan/{id}',
  };

  const report = await importText(businessZonesImporter, 'plan.geojson', plan, options);

  expect(report.counts).toMatchObject({ read: 5, inserted: 2, rejected: 0 });
  expect(report.summary).toMatchObject({ leftOut: { RS: 2, RT: 1 }, zones: { inserted: 2 } });
  expect(
    await database.rows(
      `SELECT source_key, kind, round(ST_Area(geom)::numeric * 1e6)::int AS size
       FROM geo.business_zones ORDER BY source_key`,
    ),
  ).toEqual([
    { source_key: 'plan/1', kind: 'industrial', size: 96 },
    { source_key: 'plan/2', kind: 'retail', size: 4 },
  ]);
  const again = await importText(businessZonesImporter, 'plan.geojson', plan, options);
  expect(again.counts).toMatchObject({ inserted: 0, updated: 0, unchanged: 2 });
});
