import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Importer } from '../../geodata/importer.js';
import { businessZonesImporter } from '../../geodata/importers/business-zones.importer.js';
import { osmImporter } from '../../geodata/osm/osm.importer.js';
import { runImport } from '../../geodata/run-import.js';
import { resolveZones, type ZoneReport } from '../../geodata/zones/resolve-zones.js';
import { testDatabase, type TestDatabase } from '../support/database.js';
import { hasRealData, realData } from '../support/real-data.js';

if (!hasRealData) {
  console.warn('SKIPPED: business zones, because ../shared/data with the real data is not there.');
}

const chicago = {
  class: 'zone_class',
  key: 'chicago/{objectid}',
  kinds: {
    B: 'retail',
    C: 'commercial',
    DC: 'commercial',
    DX: 'commercial',
    DS: 'commercial',
    M: 'industrial',
    PMD: 'industrial',
  },
};

describe.skipIf(!hasRealData)('business zones of real land use', () => {
  let opened: TestDatabase;

  beforeAll(async () => {
    opened = await testDatabase();
  });

  afterAll(() => opened?.close());

  async function load(importer: Importer, file: string, options: object = {}) {
    const source = { path: realData(file) };
    const report = await runImport({ database: opened.database, importer, source, options });
    return report.summary as { zones: ZoneReport; leftOut?: Record<string, number> };
  }

  /** m² that parts cover, and zones; m² that pairs of zones share, in all. */
  async function areas() {
    return (await opened.database.row<{ parts: number; zones: number; shared: number }>(
      `SELECT (SELECT ST_Area(ST_Union(geom)::geography) FROM geo.zone_parts) AS parts,
              (SELECT sum(ST_Area(geom::geography)) FROM geo.business_zones) AS zones,
              COALESCE((SELECT sum(ST_Area(ST_CollectionExtract(ST_Intersection(a.geom, b.geom), 3)::geography))
               FROM geo.business_zones a JOIN geo.business_zones b
                 ON a.zone_id < b.zone_id AND a.geom && b.geom), 0) AS shared`,
    ))!;
  }

  it.each([
    ['Liechtenstein', 'osm/liechtenstein-2015.osm.pbf', { parts: 33, inserted: 32 }],
    ['Monaco', 'osm/monaco.osm.pbf', { parts: 36, inserted: 3 }],
    ['Porto Alegre', 'osm/porto-alegre.osm.pbf', { parts: 53, inserted: 17 }],
  ])('%s', async (_name, file, expected) => {
    const { zones } = await load(osmImporter, file);
    expect(zones).toMatchObject(expected);
  });

  it('Chicago: 14,670 polygons of a zoning plan, of which the business classes become zones', async () => {
    const { zones, leftOut } = await load(
      businessZonesImporter,
      'zones/us_chicago_zoning_2025.geojson.gz',
      chicago,
    );
    expect(zones).toMatchObject({ parts: 7574, absorbed: 5 });
    expect(zones.slivers.droppedM2).toBeLessThan(1000);
    expect(leftOut).toMatchObject({ PD: 1443, RS: 1378, RT: 2214 });
  });

  it('no ground lies in two zones, and the zones cover what the parts cover', async () => {
    const { parts, zones, shared } = await areas();
    // Borders that were drawn twice share up to 1 m² a pair, and slivers that border nothing are dropped.
    expect(shared / zones).toBeLessThan(1e-5);
    expect(Math.abs(zones - parts) / parts).toBeLessThan(1e-5);
  });

  it('resolving all of them again writes nothing', async () => {
    const report = await opened.database.transaction((client) => resolveZones(client));
    expect(report).toMatchObject({ inserted: 0, updated: 0, removed: 0 });
  });
});
