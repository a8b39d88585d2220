import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { resolveZones } from '../../../../geodata/zones/resolve-zones.js';
import type { Database } from '../../../../server/db/database.js';
import { testDatabase, type TestDatabase } from '../../../support/database.js';

let opened: TestDatabase;
let database: Database;

beforeAll(async () => {
  opened = await testDatabase();
  database = opened.database;
});

afterAll(async () => opened.close());

beforeEach(async () => {
  for (const table of ['geo.zone_parts', 'geo.business_zones', 'geo.places']) {
    await database.rows(`DELETE FROM ${table}`);
  }
});

type Box = readonly [west: number, south: number, east: number, north: number];

/** A box in thousandths of a degree east and north of 5/52: about 69 by 111 m each. */
function polygon([west, south, east, north]: Box): string {
  const corners = [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ] as const;
  const text = corners.map(([x, y]) => `${5 + x / 1000} ${52 + y / 1000}`).join(', ');
  return `SRID=4326;MULTIPOLYGON(((${text})))`;
}

async function aPart(
  key: string,
  kind: string,
  box: Box,
  given: { name?: string; importId?: number } = {},
) {
  await database.rows(
    `INSERT INTO geo.zone_parts (source_key, kind, name, geom, area_m2, import_id)
     SELECT $1, $2, $3, g, ST_Area(g::geography), $5 FROM (SELECT $4::geometry AS g) s`,
    [key, kind, given.name ?? null, polygon(box), given.importId ?? 1],
  );
}

async function aPlace(
  key: string,
  category: string,
  name: string,
  [x, y]: readonly [number, number],
) {
  await database.rows(
    `INSERT INTO geo.places (source_key, category, kind, name, geom)
     VALUES ($1, $2, 'x', $3, ST_SetSRID(ST_MakePoint($4, $5), 4326))`,
    [key, category, name, 5 + x / 1000, 52 + y / 1000],
  );
}

async function zones() {
  return database.rows<Record<string, unknown>>(
    `SELECT source_key AS key, kind, name, part_keys AS parts,
            round(ST_Area(geom)::numeric * 1000000, 2)::float8 AS size
     FROM geo.business_zones ORDER BY source_key`,
  );
}

/** m² that the parts cover, that the zones cover, and the largest area that two zones share. */
async function sums() {
  return (await database.row<{ parts: number; zones: number; shared: number }>(
    `SELECT (SELECT ST_Area(ST_Union(geom)::geography) FROM geo.zone_parts) AS parts,
            (SELECT sum(ST_Area(geom::geography)) FROM geo.business_zones) AS zones,
            COALESCE((SELECT max(ST_Area(ST_Intersection(a.geom, b.geom)::geography))
             FROM geo.business_zones a JOIN geo.business_zones b ON a.zone_id < b.zone_id AND a.geom && b.geom), 0) AS shared`,
  ))!;
}

const resolve = (options = {}) => database.transaction((client) => resolveZones(client, options));

test('a zone inside another is cut out of it and inherits its name; the areas add up', async () => {
  await aPart('way/1', 'industrial', [0, 0, 10, 10], { name: 'De Hoef' });
  await aPart('way/2', 'retail', [2, 2, 4, 4]);
  await aPart('way/3', 'port', [8, 8, 12, 12], { name: 'Haven' });

  const report = await resolve();

  expect(report).toMatchObject({ parts: 3, inserted: 3, absorbed: 0, namesInherited: 1 });
  expect(await zones()).toEqual([
    { key: 'way/1', kind: 'industrial', name: 'De Hoef', parts: ['way/1'], size: 92 },
    { key: 'way/2', kind: 'retail', name: 'De Hoef', parts: ['way/2'], size: 4 },
    { key: 'way/3', kind: 'port', name: 'Haven', parts: ['way/3'], size: 16 },
  ]);
  const { parts, zones: covered, shared } = await sums();
  expect(covered).toBeCloseTo(parts, 0);
  expect(shared).toBeLessThan(0.01);
});

test('the same kind inside the same kind is one zone that remembers both', async () => {
  await aPart('relation/1', 'industrial', [0, 0, 10, 10]);
  await aPart('way/1', 'industrial', [0, 0, 10, 10]);
  await aPart('way/2', 'industrial', [1, 1, 3, 3]);
  expect(await resolve()).toMatchObject({ inserted: 1, absorbed: 2 });
  const [zone] = await zones();
  expect(zone).toMatchObject({ size: 100 });
  expect((zone!['parts'] as string[]).toSorted()).toEqual(['relation/1', 'way/1', 'way/2']);
});

test('a sliver that cutting leaves goes to the neighbour with the longest border', async () => {
  // The retail zone leaves a strip of 0.7 m of the industrial one along its western side.
  await aPart('way/1', 'industrial', [0, 0, 5, 10]);
  await aPart('way/2', 'retail', [0.01, -1, 4, 11]);

  const report = await resolve();

  expect(report.slivers).toMatchObject({ merged: 1, dropped: 0 });
  expect(
    await database.rows('SELECT ST_NumGeometries(geom) AS parts FROM geo.business_zones'),
  ).toEqual([{ parts: 1 }, { parts: 1 }]);
  const { parts, zones: covered, shared } = await sums();
  expect(Math.abs(covered - parts)).toBeLessThan(1);
  expect(shared).toBeLessThan(0.01);
});

test('a part that smaller ones cover whole is no zone, and is told', async () => {
  await aPart('way/1', 'retail', [0, 0, 5, 10]);
  await aPart('way/2', 'port', [5, 0, 10, 10]);
  await aPart('way/3', 'industrial', [0, 0, 10, 10]);
  expect(await resolve()).toMatchObject({ inserted: 2, covered: 1 });
});

test('the places inside tell what commercial is, and the one business names its ground', async () => {
  await aPart('way/1', 'commercial', [0, 0, 5, 5]);
  for (let i = 0; i < 4; i++) await aPlace(`node/${i}`, 'office', `Kantoor ${i}`, [1 + i, 2]);
  await aPart('way/2', 'industrial', [20, 0, 21, 1]);
  await aPlace('node/9', 'works', 'Van Dam Staal', [20.5, 0.5]);
  expect(await resolve()).toMatchObject({ kindsDerived: 1, namesInherited: 1 });
  expect(
    await database.rows(
      'SELECT kind, tagged_kind, kind_source, name, name_source FROM geo.business_zones ORDER BY source_key',
    ),
  ).toEqual([
    {
      kind: 'office_park',
      tagged_kind: 'commercial',
      kind_source: 'derived',
      name: null,
      name_source: null,
    },
    {
      kind: 'industrial',
      tagged_kind: 'industrial',
      kind_source: 'tagged',
      name: 'Van Dam Staal',
      name_source: 'occupant',
    },
  ]);
});

test('repeated, it writes nothing; after an import only what hangs together with it is looked at', async () => {
  await aPart('way/1', 'industrial', [0, 0, 10, 10]);
  await aPart('way/9', 'industrial', [50, 0, 60, 10]);
  await resolve();
  expect(await resolve()).toMatchObject({ inserted: 0, updated: 0, removed: 0, unchanged: 2 });

  await aPart('way/2', 'retail', [9, 9, 12, 12], { importId: 2 });
  const report = await resolve({ importId: 2 });
  expect(report).toMatchObject({ parts: 2, inserted: 1, updated: 1, unchanged: 0 });
  expect(report.bbox?.[2]).toBeCloseTo(5.012, 6);

  await database.rows(`DELETE FROM geo.zone_parts WHERE source_key = 'way/2'`);
  expect(await resolve()).toMatchObject({ updated: 1, removed: 1 });
  expect((await zones())[0]).toMatchObject({ key: 'way/1', size: 100 });
});

test('zones that were not made of parts are left alone', async () => {
  await database.rows(
    `INSERT INTO geo.business_zones (source_key, kind, geom) VALUES ('demo/zone/1', 'port', $1)`,
    [polygon([0, 0, 1, 1])],
  );
  await resolve();
  expect(await zones()).toHaveLength(1);
});
