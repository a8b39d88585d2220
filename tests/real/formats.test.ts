import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inspectSource } from '../../geodata/inspect-source.js';
import { importFile } from '../db/geodata/import-files.js';
import { testDatabase, type TestDatabase } from '../support/database.js';
import { hasRealData, realData } from '../support/real-data.js';

const planarKm2 = 35_022.748;

describe.skipIf(!hasRealData)('files of publishers', () => {
  it.each([
    ['regions/nl/amsterdam_ses_woa_2019.csv', 'CSV, utf-8, separator ;, decimal point', 9],
    [
      'crm/superstore/superstore_orders.csv.gz',
      'CSV in gzip, utf-8, separator ,, decimal point, mm/dd/yyyy',
      21,
    ],
    [
      'crm/stores/walmart_openings.csv.gz',
      'CSV in gzip, utf-8, separator ,, decimal point, mm/dd/yy',
      16,
    ],
    ['zones/us_chicago_zoning_2025.geojson.gz', 'GeoJSON in gzip, EPSG:4326', 6],
    ['addresses/geonames_cities1000.csv.gz', 'CSV in gzip, utf-8, separator ,, decimal point', 8],
  ])('%s is read as its publisher wrote it', async (file, readAs, columns) => {
    const found = await inspectSource(realData(file));
    expect(found.readAs).toContain(readAs);
    expect(found.detection.columns).toHaveLength(columns);
  });

  describe('postcode areas on the Dutch grid', () => {
    let test: TestDatabase;

    beforeAll(async () => {
      test = await testDatabase();
    });

    afterAll(() => test.close());

    it('load whole, with the area that the publisher gives and within the country', async () => {
      const file = realData('regions/nl/pc4_rd.gpkg.gz');
      const report = await importFile(test.database, 'regions', file, {
        options: {
          level: 1,
          levelName: 'Postcode',
          code: 'postcode',
          statistics: { population: 'inwoners', published_km2: 'oppervlakte_km2' },
        },
      });
      expect(report.counts.read).toBe(4068);
      const sums = await test.database.row<Record<string, number>>(
        `SELECT count(*) AS areas, sum(area_km2) AS measured,
           sum((statistics ->> 'published_km2')::float8) FILTER (WHERE geom IS NOT NULL) AS published,
           ST_XMin(ST_Transform(ST_SetSRID(ST_Extent(geom), 4326), 28992)) AS west,
           ST_YMax(ST_Transform(ST_SetSRID(ST_Extent(geom), 4326), 28992)) AS north,
           ST_XMin(ST_Extent(geom)) AS lon, ST_YMax(ST_Extent(geom)) AS lat
         FROM geo.regions WHERE level = 1`,
      );
      expect(sums?.['areas']).toBe(4068 - report.counts.rejected);
      // Sum over the rings on the grid itself; the plane of the grid is true to scale to 1 in 10,000.
      expect((sums?.['measured'] ?? 0) / planarKm2).toBeCloseTo(1, 3);
      // The publisher measured the shapes before they were generalised: 0.3 % less than they are now.
      expect(Math.abs((sums?.['measured'] ?? 0) / (sums?.['published'] ?? 1) - 1)).toBeLessThan(
        0.004,
      );
      // The corner of the box of the file is a corner of a shape only on the grid: degrees turn it.
      expect(Math.abs((sums?.['west'] ?? 0) - 13_565)).toBeLessThan(5000);
      expect(Math.abs((sums?.['north'] ?? 0) - 615_045)).toBeLessThan(5000);
      expect(sums?.['lon']).toBeGreaterThan(3.2);
      expect(sums?.['lat']).toBeLessThan(53.7);
    });
  });
});
