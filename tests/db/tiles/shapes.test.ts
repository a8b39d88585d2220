import { VectorTile } from '@mapbox/vector-tile';
import { PbfReader } from 'pbf';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refreshStaleShapes } from '../../../geodata/shapes/refresh-shapes.js';
import { tileOf, toWorld, type TileId } from '../../../server/column-store/world.js';
import { doubleArea } from '../../../server/modules/tiles/geometry.js';
import { encodeShapes, maxTileBytes, shapeTile } from '../../../server/modules/tiles/shape-tile.js';
import { shapeLayers } from '../../../server/modules/tiles/shape-layers.js';
import {
  listLayerVersions,
  listShapes,
  shapeSql,
} from '../../../server/modules/tiles/shapes.repository.js';
import { testDatabase, type TestDatabase } from '../../support/database.js';

let test: TestDatabase;

beforeAll(async () => {
  test = await testDatabase();
  await insertRegions();
  await insertRoads();
  await insertBuildings();
});

afterAll(async () => {
  await test.close();
});

type Shape = {
  readonly id: number | undefined;
  readonly properties: Record<string, string | number | boolean>;
  readonly rings: [number, number][][];
};

describe('tiles of regions', () => {
  it('leave no gap between neighbours at any zoom, and no overlap', async () => {
    for (const z of [3, 5, 7, 9]) {
      const shapes = decode((await regionTile(tileAt(5, 52, z))).bytes, 'regions');
      expect(shapes.map(({ properties }) => properties['name']).sort()).toEqual(['East', 'West']);
      const corners = shapes.flatMap(({ rings }) => rings.flat());
      const [xs, ys] = [corners.map(([x]) => x), corners.map(([, y]) => y)];
      const width = Math.max(...xs) - Math.min(...xs);
      const height = Math.max(...ys) - Math.min(...ys);
      const areas = shapes.flatMap(({ rings }) => rings.map((ring) => areaOf(ring)));
      const covered = areas.reduce((sum, area) => sum + area, 0);
      expect({ z, covered }).toEqual({ z, covered: width * height });
    }
  });

  it('carry id, level, name, code and parent, with rings turned the right way', async () => {
    const shapes = decode((await regionTile(tileAt(5, 52, 6))).bytes, 'regions');
    for (const { id, properties, rings } of shapes) {
      expect(properties).toMatchObject({ region_id: id, level: 1, code: expect.any(String) });
      expect(areaOf(rings[0]!)).toBeGreaterThan(0);
    }
  });

  it('hold the level asked for', async () => {
    const { bytes } = await shapeTile(test.database, shapeLayers.regions, tileAt(5, 52, 6), 2);
    expect(bytes).toHaveLength(0);
  });
});

describe('names of regions', () => {
  it('stand once at every zoom where there is room, inside their region', async () => {
    for (const z of [7, 9, 11]) {
      const names: string[] = [];
      const corner = tileAt(4.5, 52.3, z);
      const end = tileAt(5.3, 51.7, z);
      for (let x = corner.x; x <= end.x; x++) {
        for (let y = corner.y; y <= end.y; y++) {
          const { bytes } = await regionTile({ z, x, y });
          names.push(...labelsOf(bytes, 'regions:labels'));
        }
      }
      expect({ z, names: names.sort() }).toEqual({ z, names: ['East', 'West'] });
    }
  });

  it('wait until the region is as wide as a few letters', async () => {
    expect(labelsOf((await regionTile(tileAt(5, 52, 3))).bytes, 'regions:labels')).toEqual([]);
  });
});

describe('tiles of roads', () => {
  it('show each class from its zoom on', async () => {
    const classesAt = async (z: number) => {
      const { bytes } = await shapeTile(
        test.database,
        shapeLayers.roads,
        tileAt(4.9, 52.3, z),
        null,
      );
      return decode(bytes, 'roads')
        .map(({ properties }) => properties['class'])
        .sort();
    };
    expect(await classesAt(4)).toEqual([]);
    expect(await classesAt(5)).toEqual(['motorway']);
    expect(await classesAt(7)).toEqual(['motorway', 'primary']);
    expect(await classesAt(13)).toEqual(['motorway', 'primary', 'residential']);
  });
});

describe('a tile that would be too large', () => {
  it('leaves out the smallest shapes and says how many', async () => {
    const layer = shapeLayers.buildings;
    const tile = tileAt(4.9, 52.3, 14);
    const rows = await listShapes(test.database, { layer, tile, level: null });
    const { bytes, omitted } = encodeShapes(layer, rows, 1, 6000);
    expect(bytes.length).toBeLessThanOrEqual(6000);
    expect(omitted).toBeGreaterThan(0);
    expect(decode(bytes, 'buildings')).toHaveLength(rows.length - omitted);
    expect(decode(bytes, 'buildings:omitted')[0]?.properties).toEqual({ omitted });
  });

  it('is made of coarser shapes before any is left out', async () => {
    const tile = tileAt(4.9, 52.3, 14);
    const { bytes, omitted } = await shapeTile(test.database, shapeLayers.buildings, tile, null);
    expect(bytes.length).toBeLessThanOrEqual(maxTileBytes);
    expect(omitted).toBe(0);
  });
});

describe('the version of a layer', () => {
  it('grows with every refresh and comes with facts for the catalog', async () => {
    const before = await versionOf('roads');
    await test.database.rows(`SELECT geo.refresh_shapes('roads')`);
    const after = await versionOf('roads');
    expect(after.version).toBe(before.version + 1);
    expect(after.featureCount).toBe(3);
    expect(after.attributions).toEqual(['© OpenStreetMap contributors']);
    expect(after.bounds?.[0]).toBeCloseTo(4.9, 5);
  });

  it('is behind after a change of its rows until the shapes are made anew, once', async () => {
    expect((await versionOf('roads')).isStale).toBe(false);
    await test.database.rows(`UPDATE geo.roads SET name = 'High Street' WHERE class = 'primary'`);
    const { isStale, version } = await versionOf('roads');
    expect(isStale).toBe(true);
    expect(await refreshStaleShapes(test.database)).toContain('roads');
    expect(await refreshStaleShapes(test.database)).toEqual([]);
    expect(await versionOf('roads')).toMatchObject({ isStale: false, version: version + 1 });
  });

  it('stays behind where rows change while the shapes are being made', async () => {
    const change = `UPDATE geo.roads SET name = name || '!' WHERE class = 'primary'`;
    await test.database.rows(change);
    let changed: Promise<unknown> | undefined;
    const onProgress = () => void (changed ??= test.database.rows(change));
    await refreshStaleShapes(test.database, { onProgress });
    await changed;
    expect((await versionOf('roads')).isStale).toBe(true);
    expect(await refreshStaleShapes(test.database)).toEqual(['roads']);
    const { bytes } = await shapeTile(
      test.database,
      shapeLayers.roads,
      tileAt(4.9, 52.3, 10),
      null,
    );
    const names = decode(bytes, 'roads').map(({ properties }) => properties['name']);
    expect(names).toContain('High Street!!');
  });

  it('stays behind when making the shapes was cut off, and loses none of them', async () => {
    await test.database.rows(`UPDATE geo.buildings SET levels = 3`);
    const cancel = new AbortController();
    cancel.abort(new Error('Enough.'));
    const refreshed = refreshStaleShapes(test.database, { signal: cancel.signal });
    await expect(refreshed).rejects.toThrow('Enough.');
    expect((await versionOf('buildings')).isStale).toBe(true);
    await refreshStaleShapes(test.database);
    const shapes = await test.database.row<{ count: number; levels: number }>(
      'SELECT count(*), min(levels) AS levels FROM geo.building_shapes',
    );
    expect(shapes).toEqual({ count: 1000, levels: 3 });
  });

  it('goes without rows that were deleted', async () => {
    await test.database.rows(`DELETE FROM geo.roads WHERE class = 'residential'`);
    await refreshStaleShapes(test.database);
    expect((await versionOf('roads')).featureCount).toBe(2);
    const classes = await test.database.rows<{ class: string }>(
      'SELECT DISTINCT class FROM geo.road_shapes ORDER BY 1',
    );
    expect(classes.map((row) => row.class)).toEqual(['motorway', 'primary']);
  });

  it('of an unknown layer cannot be raised', async () => {
    await expect(test.database.rows(`SELECT geo.refresh_shapes('clouds')`)).rejects.toThrow(
      'no layer of shapes called clouds',
    );
  });
});

it('a tile reads its shapes through the spatial index', async () => {
  const values = [0, 0, 1, 1, 0, 0, 1, 14];
  const plan = await test.database.transaction(async (client) => {
    await client.query('SET LOCAL enable_seqscan = off');
    const text = `EXPLAIN ${shapeSql(shapeLayers.buildings, false)}`;
    return (await client.query<Record<string, string>>(text, values)).rows;
  });
  expect(JSON.stringify(plan)).toContain('building_shapes_geom_idx');
});

/** Names of the points of a layer of labels. */
function labelsOf(bytes: Uint8Array, name: string): string[] {
  return decode(bytes, name).map(({ properties }) => String(properties['name']));
}

/** Area of a closed ring in tile units, negative for a hole. */
function areaOf(ring: [number, number][]): number {
  return doubleArea(ring.slice(0, -1).flat()) / 2;
}

async function versionOf(layer: string) {
  const versions = await listLayerVersions(test.database);
  return versions.find((version) => version.layer === layer)!;
}

function regionTile(tile: TileId) {
  return shapeTile(test.database, shapeLayers.regions, tile, 1);
}

function tileAt(lon: number, lat: number, z: number): TileId {
  const { x, y } = toWorld(lon, lat);
  return { z, x: tileOf(x, z), y: tileOf(y, z) };
}

function decode(bytes: Uint8Array, name: string): Shape[] {
  const layer = new VectorTile(new PbfReader(bytes)).layers[name];
  if (layer === undefined) return [];
  return Array.from({ length: layer.length }, (_, index) => {
    const feature = layer.feature(index);
    const rings = feature
      .loadGeometry()
      .map((ring) => ring.map(({ x, y }): [number, number] => [x, y]));
    return { id: feature.id, properties: feature.properties, rings };
  });
}

/** Two regions side by side whose common border has 400 corners. */
async function insertRegions(): Promise<void> {
  const border = Array.from({ length: 400 }, (_, n) => {
    const lat = 51.9 + (0.2 * n) / 399;
    return `${5 + 0.01 * Math.sin(n)} ${lat}`;
  });
  const west = `4.8 51.9, ${border.join(', ')}, 4.8 52.1, 4.8 51.9`;
  const east = `5.2 51.9, 5.2 52.1, ${[...border].reverse().join(', ')}, 5.2 51.9`;
  await test.database.rows(
    `INSERT INTO geo.region_levels (level, name, plural_name) VALUES (1, 'Part', 'Parts')`,
  );
  await test.database.rows(
    `INSERT INTO geo.regions (level, code, name, geom)
     VALUES (1, 'w', 'West', ST_Multi(ST_GeomFromText($1, 4326))),
            (1, 'e', 'East', ST_Multi(ST_GeomFromText($2, 4326)))`,
    [`POLYGON((${west}))`, `POLYGON((${east}))`],
  );
  await test.database.rows(`SELECT geo.refresh_shapes('regions')`);
}

async function insertRoads(): Promise<void> {
  await test.database.rows(
    `INSERT INTO geo.roads (source_key, class, condition, length_m, geom, source)
     SELECT class, class, 'good', 100,
            ST_SetSRID(ST_MakeLine(ST_MakePoint(4.9, 52.3), ST_MakePoint(4.901, 52.301)), 4326), 'OpenStreetMap'
     FROM unnest(ARRAY['motorway', 'primary', 'residential']) class`,
  );
  await test.database.rows(`SELECT geo.refresh_shapes('roads')`);
}

async function insertBuildings(): Promise<void> {
  await test.database.rows(
    `INSERT INTO geo.buildings (source_key, housing_type, geom)
     SELECT 'b' || n, 'detached', ST_Multi(ST_MakeEnvelope(lon, lat, lon + 0.0001, lat + 0.0001, 4326))
     FROM generate_series(0, 999) n,
          LATERAL (SELECT 4.9 + (n % 40) * 0.0002 AS lon, 52.3 + (n / 40) * 0.0002 AS lat) at`,
  );
  await test.database.rows(`SELECT geo.refresh_shapes('buildings')`);
}
