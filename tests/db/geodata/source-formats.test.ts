import { writeFileSync } from 'node:fs';
import path from 'node:path';
import iconv from 'iconv-lite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDatabase, type TestDatabase } from '../../support/database.js';
import { areas, geopackage, shapefileZip } from '../../support/format-files.js';
import { importFile, issuesOf, TestFiles } from './import-files.js';

let test: TestDatabase;
const files = new TestFiles();

beforeAll(async () => {
  test = await testDatabase();
});

afterAll(async () => {
  files.remove();
  await test.close();
});

function written(name: string, bytes: Uint8Array): string {
  const file = path.join(files.folder, name);
  writeFileSync(file, bytes);
  return file;
}

/** The areas moved onto the Dutch grid: one kilometre each side, at its origin. */
const onGrid = {
  ...areas,
  features: areas.features.map((feature, index) => ({
    ...feature,
    geometry: {
      type: 'Polygon' as const,
      coordinates: [
        [
          [155_000 + index * 1000, 463_000],
          [155_000 + index * 1000, 464_000],
          [156_000 + index * 1000, 464_000],
          [156_000 + index * 1000, 463_000],
          [155_000 + index * 1000, 463_000],
        ],
      ],
    },
  })),
};

/** As Esri writes it: without the shift of the datum, and without a code. */
const esriText =
  'PROJCS["RD_New",GEOGCS["GCS_Amersfoort",DATUM["D_Amersfoort",SPHEROID["Bessel_1841",6377397.155,' +
  '299.1528128]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION[' +
  '"Double_Stereographic"],PARAMETER["False_Easting",155000.0],PARAMETER["False_Northing",463000.0],' +
  'PARAMETER["Central_Meridian",5.38763888888889],PARAMETER["Scale_Factor",0.9999079],' +
  'PARAMETER["Latitude_Of_Origin",52.1561605555556],UNIT["Meter",1.0]]';

describe('regions on the grid of a country', () => {
  it.each([
    ['GeoPackage', 'grid.gpkg', () => geopackage(onGrid, { srs: 28992 }), 'EPSG:28992'],
    [
      'Shapefile',
      'grid.zip',
      () => shapefileZip(onGrid, { prj: esriText, cpg: 'UTF-8' }),
      'EPSG:28992 (by its parameters)',
    ],
  ])('come from a %s to where PostGIS puts them', async (_title, name, make, crs) => {
    const report = await importFile(test.database, 'regions', written(name, make()), {
      options: { level: 1, levelName: 'Area', code: 'name', statistics: { population: 'people' } },
    });
    expect(report.counts).toMatchObject({ read: 2, rejected: 0 });
    const [source] = report.summary['sources'] as { readAs: string }[];
    expect(source?.readAs).toContain(crs);
    const rows = await test.database.rows<{ name: string; metres: number; area: number }>(
      `SELECT name, population, area_km2 AS area,
         ST_Distance(ST_Centroid(geom)::geography, ST_Transform(ST_SetSRID(ST_MakePoint(
           155500 + CASE name WHEN 'Zuid' THEN 1000 ELSE 0 END, 463500), 28992), 4326)::geography) AS metres
       FROM geo.regions WHERE level = 1 ORDER BY name`,
    );
    expect(rows).toMatchObject([
      { name: 'Café Noord', population: 1200 },
      { name: 'Zuid', population: 35 },
    ]);
    // The projection alone, without the datum shift, is a hundred metres off.
    for (const { metres, area } of rows) {
      expect(metres).toBeLessThan(0.5);
      expect(area).toBeCloseTo(1, 2);
    }
  });
});

describe('accounts as a spreadsheet in Dutch writes them', () => {
  const text =
    'Klanten per 1 januari;;;;\r\n' +
    'Klantnummer;Naam;Klant sinds;x;y\r\n' +
    '1;Café José;25-12-2023;155000;463000\r\n' +
    '2;Müller;03-04-2024;156000,5;463000\r\n';

  it('are read by what was found, and the report says so', async () => {
    const file = written('klanten.txt', iconv.encode(text, 'windows-1252'));
    const report = await importFile(test.database, 'accounts', file, {
      options: { crs: 'EPSG:28992' },
    });
    expect(await issuesOf(test.database, report.importId)).toEqual([]);
    expect(report.summary['sources']).toMatchObject([
      {
        file: 'klanten.txt',
        readAs:
          'CSV, windows-1252 (guessed), separator ;, header on line 2, decimal comma, dd-mm-yyyy, ' +
          'EPSG:28992',
      },
    ]);
    const rows = await test.database.rows(
      `SELECT external_id, name, customer_since::text AS since, round(ST_X(geom)::numeric, 3)::text AS lon
       FROM crm.accounts ORDER BY external_id`,
    );
    expect(rows).toEqual([
      { external_id: '1', name: 'Café José', since: '2023-12-25', lon: '5.387' },
      { external_id: '2', name: 'Müller', since: '2024-04-03', lon: '5.402' },
    ]);
  });

  it('are refused where their coordinates cannot be degrees and nothing says what they are', async () => {
    const file = written('klanten.txt', iconv.encode(text, 'windows-1252'));
    await expect(importFile(test.database, 'accounts', file)).rejects.toThrow(
      /not degrees \(for example 155000 463000\).*--crs/,
    );
  });

  it('go by the option where a person says how dates are written', async () => {
    const file = files.write('b.csv', 'id;since\n9;03-04-2024\n10;25-12-2023\n');
    const map = {
      columns: { external_id: 'id', customer_since: 'since' },
      dates: 'mdy',
    };
    await importFile(test.database, 'accounts', file, { options: { map } });
    const row = await test.database.row(
      `SELECT customer_since::text AS since FROM crm.accounts WHERE external_id = '9'`,
    );
    expect(row).toEqual({ since: '2024-03-04' });
  });
});
