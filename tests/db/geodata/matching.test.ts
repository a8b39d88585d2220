import { cellToParent, getResolution, latLngToCell } from 'h3-js';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { matchAccounts, placeAndMatchAccounts } from '../../../geodata/matching/match-accounts.js';
import { rematchForLayer } from '../../../geodata/matching/rematch-for-layer.js';
import type { Database } from '../../../server/db/database.js';
import { testDatabase, type TestDatabase } from '../../support/database.js';

let opened: TestDatabase;
let database: Database;

beforeAll(async () => {
  opened = await testDatabase();
  database = opened.database;
});

afterAll(async () => {
  await opened.close();
});

beforeEach(async () => {
  for (const table of [
    'crm.accounts',
    'geo.places',
    'geo.business_zones',
    'geo.buildings',
    'geo.roads',
  ]) {
    await database.rows(`DELETE FROM ${table}`);
  }
  await database.rows('DELETE FROM geo.regions WHERE level > 0');
  await database.rows('DELETE FROM geo.region_levels WHERE level > 0');
  await database.rows(
    `INSERT INTO geo.region_levels VALUES (1, 'Province', 'Provinces'), (2, 'Town', 'Towns')`,
  );
  await database.rows('SELECT geo.refresh_region_members()');
});

/** Metres of a step in longitude along a parallel of the WGS 84 spheroid. */
function metresEast(degrees: number, lat: number): number {
  const phi = (lat * Math.PI) / 180;
  const normal = 6378137 / Math.sqrt(1 - 0.00669437999014 * Math.sin(phi) ** 2);
  return normal * Math.cos(phi) * ((degrees * Math.PI) / 180);
}

/** A rectangle as well-known text. */
function box(west: number, south: number, east: number, north: number): string {
  return `SRID=4326;MULTIPOLYGON(((${west} ${south},${east} ${south},${east} ${north},${west} ${north},${west} ${south})))`;
}

type RegionFields = { population?: number; areaKm2?: number; parent?: number };

async function aRegion(level: number, code: string, shape: string, fields: RegionFields = {}) {
  const row = await database.row<{ region_id: number }>(
    `INSERT INTO geo.regions (level, code, name, geom, population, area_km2, parent_id)
     VALUES ($1, $2, $2, ST_GeomFromEWKT($3), $4, $5, $6) RETURNING region_id`,
    [level, code, shape, fields.population, fields.areaKm2 ?? 100, fields.parent],
  );
  await database.rows('SELECT geo.refresh_region_members()');
  return row!.region_id;
}

async function anAccount(point?: readonly [number, number]): Promise<number> {
  const row = await database.row<{ account_id: number }>(
    `INSERT INTO crm.accounts (name, geom, placement)
     VALUES ('Someone', ST_SetSRID(ST_MakePoint($1::float8, $2::float8), 4326),
             CASE WHEN $1::float8 IS NULL THEN 'not_placed' ELSE 'exact' END)
     RETURNING account_id`,
    [point?.[0], point?.[1]],
  );
  return row!.account_id;
}

async function aRoad(roadClass: string, wkt: string, condition = 'good'): Promise<number> {
  const row = await database.row<{ road_id: number }>(
    `INSERT INTO geo.roads (source_key, class, condition, length_m, geom)
     VALUES (gen_random_uuid()::text, $1, $2, 1, ST_GeomFromText($3, 4326)) RETURNING road_id`,
    [roadClass, condition, wkt],
  );
  return row!.road_id;
}

async function aBuilding(housingType: string, shape: string): Promise<number> {
  const row = await database.row<{ building_id: number }>(
    `INSERT INTO geo.buildings (source_key, housing_type, geom)
     VALUES (gen_random_uuid()::text, $1, ST_GeomFromEWKT($2)) RETURNING building_id`,
    [housingType, shape],
  );
  return row!.building_id;
}

async function aZone(kind: string, shape: string): Promise<number> {
  const row = await database.row<{ zone_id: number }>(
    `INSERT INTO geo.business_zones (source_key, kind, geom, area_m2)
     VALUES (gen_random_uuid()::text, $1, ST_GeomFromEWKT($2),
             ST_Area(ST_GeomFromEWKT($2)::geography)) RETURNING zone_id`,
    [kind, shape],
  );
  return row!.zone_id;
}

type Match = {
  region_id: number | null;
  building_id: number | null;
  housing_type: string | null;
  road_id: number | null;
  road_class: string | null;
  road_condition: string | null;
  road_distance_m: number | null;
  zone_id: number | null;
  zone_kind: string | null;
  zone_distance_m: number | null;
  population_density_km2: number | null;
  h3: string | null;
  matched_at: Date | null;
};

async function matchOf(accountId: number): Promise<Match> {
  const row = await database.row<Match>(
    `SELECT region_id, building_id, housing_type, road_id, road_class, road_condition,
            road_distance_m, zone_id, zone_kind, zone_distance_m, population_density_km2,
            to_hex(h3_cell) AS h3, matched_at
     FROM crm.accounts WHERE account_id = $1`,
    [accountId],
  );
  return row!;
}

describe('regions', () => {
  test('an account belongs to the deepest region that holds its point', async () => {
    const province = await aRegion(1, 'P', box(5, 52, 6, 53));
    const town = await aRegion(2, 'T', box(5, 52, 5.5, 52.5), { parent: province });
    const inTown = await anAccount([5.2, 52.2]);
    const inProvinceOnly = await anAccount([5.8, 52.8]);
    const outside = await anAccount([7, 52.2]);

    await matchAccounts(database.pool, [inTown, inProvinceOnly, outside]);

    expect((await matchOf(inTown)).region_id).toBe(town);
    expect((await matchOf(inProvinceOnly)).region_id).toBe(province);
    expect((await matchOf(outside)).region_id).toBeNull();
    expect((await matchOf(outside)).matched_at).not.toBeNull();
  });

  test('a point on the border of two regions goes to the one with the smaller id', async () => {
    const west = await aRegion(1, 'W', box(5, 52, 5.5, 53));
    await aRegion(1, 'E', box(5.5, 52, 6, 53));
    const account = await anAccount([5.5, 52.5]);
    await matchAccounts(database.pool, [account]);
    expect((await matchOf(account)).region_id).toBe(west);
  });

  test('a point on a cut between the pieces of a large shape is inside it', async () => {
    const region = await database.row<{ region_id: number }>(
      `INSERT INTO geo.regions (level, code, name, geom)
       VALUES (1, 'R', 'R', ST_Multi(ST_Segmentize(ST_MakeEnvelope(5, 52, 6, 53, 4326), 0.005)))
       RETURNING region_id`,
    );
    await database.rows('SELECT geo.refresh_region_members()');
    const cut = await database.row<{ lon: number; lat: number }>(
      `SELECT ST_X(point) AS lon, ST_Y(point) AS lat
       FROM (SELECT ST_LineInterpolatePoint(ST_Intersection(a.geom, b.geom), 0.5) AS point
             FROM geo.region_pieces a JOIN geo.region_pieces b ON a.ctid < b.ctid
             WHERE ST_Dimension(ST_Intersection(a.geom, b.geom)) = 1 LIMIT 1) s`,
    );
    const account = await anAccount([cut!.lon, cut!.lat]);

    await matchAccounts(database.pool, [account]);

    expect((await matchOf(account)).region_id).toBe(region!.region_id);
  });

  test('reshaping and removing a region keeps its pieces right', async () => {
    const region = await aRegion(1, 'R', box(5, 52, 6, 53));
    const account = await anAccount([5.8, 52.5]);
    await database.rows('UPDATE geo.regions SET geom = ST_GeomFromEWKT($2) WHERE region_id = $1', [
      region,
      box(5, 52, 5.5, 53),
    ]);
    await matchAccounts(database.pool, [account]);
    expect((await matchOf(account)).region_id).toBeNull();

    await database.rows('DELETE FROM geo.regions WHERE region_id = $1', [region]);
    expect(await database.rows('SELECT FROM geo.region_pieces')).toHaveLength(0);
  });

  test('a region that changes its level changes places with what it covers', async () => {
    const outer = await aRegion(1, 'A', box(5, 52, 6, 53));
    const inner = await aRegion(2, 'B', box(5, 52, 6, 53));
    const account = await anAccount([5.5, 52.5]);
    await matchAccounts(database.pool, [account]);
    expect((await matchOf(account)).region_id).toBe(inner);

    await database.rows('UPDATE geo.regions SET level = 3 - level WHERE region_id = ANY ($1)', [
      [outer, inner],
    ]);
    await matchAccounts(database.pool, [account]);

    expect((await matchOf(account)).region_id).toBe(outer);
  });

  test('population density is that of the deepest region whose population is known', async () => {
    const province = await aRegion(1, 'P', box(5, 52, 6, 53), { population: 5000, areaKm2: 50 });
    await aRegion(2, 'T', box(5, 52, 5.5, 52.5), { parent: province });
    const account = await anAccount([5.2, 52.2]);
    await matchAccounts(database.pool, [account]);
    expect((await matchOf(account)).population_density_km2).toBe(100);
  });
});

describe('buildings', () => {
  test('the building that holds the point wins over a nearer outline', async () => {
    await aBuilding('terrace', box(5.0002, 52.0, 5.0003, 52.0001));
    const holding = await aBuilding('apartments', box(5.0, 52.0, 5.00019, 52.0001));
    const account = await anAccount([5.00018, 52.00005]);
    await matchAccounts(database.pool, [account]);
    expect(await matchOf(account)).toMatchObject({
      building_id: holding,
      housing_type: 'apartments',
    });
  });

  test('a building counts up to 15 metres away and no further', async () => {
    const building = await aBuilding('detached', box(5, 52, 5.001, 52.001));
    const perMetre = 1 / metresEast(1, 52.0005);
    const near = await anAccount([5.001 + 14.9 * perMetre, 52.0005]);
    const far = await anAccount([5.001 + 15.1 * perMetre, 52.0005]);
    await matchAccounts(database.pool, [near, far]);
    expect((await matchOf(near)).building_id).toBe(building);
    expect(await matchOf(far)).toMatchObject({ building_id: null, housing_type: null });
  });
});

describe('roads', () => {
  test('the nearest road in metres wins, even where another is nearer in degrees', async () => {
    await aRoad('primary', 'LINESTRING(4 60.010, 6 60.010)');
    const east = await aRoad('tertiary', 'LINESTRING(5.015 59, 5.015 61)', 'poor');
    const account = await anAccount([5, 60]);
    await matchAccounts(database.pool, [account]);
    const match = await matchOf(account);
    expect(match).toMatchObject({ road_id: east, road_class: 'tertiary', road_condition: 'poor' });
    expect(match.road_distance_m).toBeCloseTo(metresEast(0.015, 60), 0);
  });

  test('footpaths and service roads are passed over, and nothing is found beyond 2 km', async () => {
    const street = await aRoad('residential', 'LINESTRING(5.01 52, 5.01 52.1)');
    await aRoad('path', 'LINESTRING(5.0001 52, 5.0001 52.1)');
    await aRoad('service', 'LINESTRING(5.0002 52, 5.0002 52.1)');
    const near = await anAccount([5, 52.05]);
    const far = await anAccount([5.01 + 2001 / metresEast(1, 52.05), 52.05]);
    await matchAccounts(database.pool, [near, far]);
    expect((await matchOf(near)).road_id).toBe(street);
    expect(await matchOf(far)).toMatchObject({ road_id: null, road_distance_m: null });
  });
});

describe('business zones', () => {
  test('inside a zone the distance is 0, and of nested zones the smallest counts', async () => {
    await aZone('commercial', box(5, 52, 5.1, 52.1));
    const inner = await aZone('retail', box(5.04, 52.04, 5.06, 52.06));
    const account = await anAccount([5.05, 52.05]);
    await matchAccounts(database.pool, [account]);
    expect(await matchOf(account)).toMatchObject({
      zone_id: inner,
      zone_kind: 'retail',
      zone_distance_m: 0,
    });
  });

  test('outside, the distance is in metres on the spheroid and ends at 20 km', async () => {
    const zone = await aZone('port', box(5, 51.9, 5.1, 52.3));
    const near = await anAccount([5.12, 52.1]);
    const far = await anAccount([5.1 + 20_100 / metresEast(1, 52.1), 52.1]);
    await matchAccounts(database.pool, [near, far]);
    const match = await matchOf(near);
    expect(match.zone_id).toBe(zone);
    expect(Math.abs(match.zone_distance_m! - metresEast(0.02, 52.1))).toBeLessThan(0.5);
    expect(await matchOf(far)).toMatchObject({ zone_id: null, zone_distance_m: null });
  });
});

describe('cells', () => {
  test('the cell is the H3 cell of resolution 10 and its parents agree with h3-js', async () => {
    const points = Array.from({ length: 40 }, (_, index): [number, number] => [
      ((index * 97.13) % 360) - 180,
      ((index * 41.77) % 170) - 85,
    ]);
    for (const [lon, lat] of points) await anAccount([lon, lat]);
    await matchAccounts(database.pool, 'all');

    const rows = await database.rows<{ lon: number; lat: number; cell: string; parents: string[] }>(
      `SELECT ST_X(geom) AS lon, ST_Y(geom) AS lat, to_hex(h3_cell) AS cell,
              ARRAY(SELECT to_hex(geo.h3_parent(h3_cell, r)) FROM generate_series(0, 10) r) AS parents
       FROM crm.accounts`,
    );

    expect(rows).toHaveLength(40);
    for (const row of rows) {
      const cell = latLngToCell(row.lat, row.lon, 10);
      expect(row.cell).toBe(cell);
      const parents = Array.from({ length: getResolution(cell) + 1 }, (_, r) =>
        cellToParent(cell, r),
      );
      expect(row.parents).toEqual(parents);
    }
  });
});

describe('when matching runs', () => {
  test('an account without a point has nothing matched and counts as matched', async () => {
    await aRegion(1, 'P', box(5, 52, 6, 53));
    const account = await anAccount([5.5, 52.5]);
    await matchAccounts(database.pool, 'all');
    await database.rows(
      `UPDATE crm.accounts SET geom = NULL, placement = 'not_placed' WHERE account_id = $1`,
      [account],
    );
    await matchAccounts(database.pool, 'stale');
    expect(await matchOf(account)).toMatchObject({ region_id: null, h3: null });
    expect((await matchOf(account)).matched_at).not.toBeNull();
  });

  test('moving one account re-matches it in the transaction of the edit', async () => {
    await aRegion(1, 'W', box(5, 52, 5.5, 53));
    const east = await aRegion(1, 'E', box(5.5, 52, 6, 53));
    const account = await anAccount([5.2, 52.5]);
    await matchAccounts(database.pool, 'all');

    const inside = await database.transaction(async (client) => {
      await client.query(
        `UPDATE crm.accounts SET geom = ST_SetSRID(ST_MakePoint(5.8, 52.5), 4326), placement_locked = true
         WHERE account_id = $1`,
        [account],
      );
      await placeAndMatchAccounts(client, [account]);
      const { rows } = await client.query(
        'SELECT region_id FROM crm.accounts WHERE account_id = $1',
        [account],
      );
      return rows[0] as { region_id: number };
    });

    expect(inside.region_id).toBe(east);
  });

  test('a second run writes nothing', async () => {
    await aRegion(1, 'P', box(5, 52, 6, 53));
    for (let i = 0; i < 3; i += 1) await anAccount([5.1 + i / 10, 52.5]);
    await anAccount();
    expect(await matchAccounts(database.pool, 'all')).toEqual({ examined: 3, changed: 4 });
    expect(await matchAccounts(database.pool, 'all')).toEqual({ examined: 3, changed: 0 });
  });

  test('many accounts at once are matched as they would be one by one', async () => {
    const province = await aRegion(1, 'P', box(5, 52, 6, 53), { population: 9, areaKm2: 3 });
    await aRegion(2, 'T', box(5, 52, 5.5, 52.5), { parent: province });
    await aRegion(2, 'U', box(5.5, 52, 6, 52.5), { parent: province });
    await aRoad('secondary', 'LINESTRING(5 52.01, 5.1 52.0, 5.9 52.02)');
    await aZone('industrial', box(5.3, 52.1, 5.32, 52.12));
    await aBuilding('farm', box(5.0, 52.0, 5.5, 52.005));
    await database.rows(
      `INSERT INTO crm.accounts (name, geom, placement)
       SELECT 'A' || i, ST_SetSRID(ST_MakePoint(4.9 + (i % 53) / 40.0, 51.99 + (i % 41) / 70.0), 4326), 'exact'
       FROM generate_series(1, 1200) i`,
    );
    const columns = `account_id, region_id, building_id, housing_type, road_id, road_class, road_condition,
      road_distance_m, zone_id, zone_kind, zone_distance_m, population_density_km2, h3_cell`;
    const read = () => database.rows(`SELECT ${columns} FROM crm.accounts ORDER BY account_id`);
    const seen: number[] = [];

    await matchAccounts(database.pool, 'all', { progress: (done) => seen.push(done) });
    const together = await read();
    const ids = together.map((row) => row['account_id'] as number);
    await database.rows(
      'UPDATE crm.accounts SET region_id = NULL, road_id = NULL, matched_at = NULL',
    );
    for (let i = 0; i < ids.length; i += 400) {
      await matchAccounts(database.pool, ids.slice(i, i + 400));
    }

    expect(seen.at(-1)).toBe(1200);
    const metres = ['road_distance_m', 'zone_distance_m'];
    const closely = together.map((row) => {
      const near = metres.map((name) => [name, row[name] && expect.closeTo(Number(row[name]), 0)]);
      return { ...row, ...(Object.fromEntries(near) as object) };
    });
    expect(await read()).toEqual(closely);
    expect(together.filter((row) => row['region_id'] !== null).length).toBeGreaterThan(500);
    expect(together.filter((row) => row['building_id'] !== null).length).toBeGreaterThan(5);
  });

  test('cancelling leaves no working table behind', async () => {
    await database.rows(
      `INSERT INTO crm.accounts (name, geom, placement)
       SELECT 'A' || i, ST_SetSRID(ST_MakePoint(5 + i / 1000.0, 52), 4326), 'exact'
       FROM generate_series(1, 600) i`,
    );
    const signal = AbortSignal.abort(new Error('stopped by the user'));
    await expect(matchAccounts(database.pool, 'all', { signal })).rejects.toThrow('stopped');
    const left = await database.rows(
      `SELECT tablename FROM pg_tables WHERE tablename LIKE 'matching%'`,
    );
    expect(left).toEqual([]);
  });
});

test('working tables of a process that was killed are dropped a day later', async () => {
  await database.rows('CREATE TABLE crm.matching_1700000000_0a1b2c3d (position integer)');
  await rematchForLayer(database.pool, 'places');
  const left = await database.rows(`SELECT FROM pg_tables WHERE tablename LIKE 'matching%'`);
  expect(left).toEqual([]);
});

describe('indexes', () => {
  beforeEach(async () => {
    const grid = `FROM generate_series(1, 60) x, generate_series(1, 60) y`;
    const cell = `ST_Multi(ST_MakeEnvelope(5 + x / 100.0, 52 + y / 100.0, 5.005 + x / 100.0, 52.005 + y / 100.0, 4326))`;
    await database.rows(
      `INSERT INTO geo.roads (source_key, class, condition, length_m, geom)
       SELECT x || '/' || y, 'residential', 'good', 1, ST_ExteriorRing(ST_GeometryN(${cell}, 1)) ${grid}`,
    );
    await database.rows(
      `INSERT INTO geo.buildings (source_key, housing_type, geom)
       SELECT x || '/' || y, 'terrace', ${cell} ${grid}`,
    );
    await database.rows(
      `INSERT INTO geo.business_zones (source_key, kind, geom)
       SELECT x || '/' || y, 'retail', ${cell} ${grid}`,
    );
    await database.rows(
      `INSERT INTO geo.regions (level, code, name, geom) SELECT 1, x || '/' || y, 'R', ${cell} ${grid}`,
    );
    for (const table of ['roads', 'buildings', 'business_zones', 'region_pieces']) {
      await database.rows(`ANALYZE geo.${table}`);
    }
  });

  test.each([
    ['region_at', 'region_pieces_geom_idx', 'region_pieces'],
    ['building_near', 'buildings_geom_idx', 'buildings'],
    ['road_near', 'roads_street_geom_idx', 'roads'],
    ['zone_near', 'business_zones_geom_idx', 'business_zones'],
    ['zone_at', 'business_zones_geom_idx', 'business_zones'],
  ])('geo.%s searches by %s and never reads the whole table', async (name, index, table) => {
    await anAccount([5.3, 52.3]);
    const rows = await database.rows<{ 'QUERY PLAN': string }>(
      `EXPLAIN SELECT f.* FROM crm.accounts a CROSS JOIN LATERAL geo.${name}(a.geom) f`,
    );
    const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
    expect(plan).toContain(index);
    expect(plan).not.toMatch(new RegExp(`Seq Scan on ${table}\\b`));
  });
});

describe('when a layer changes', () => {
  test('a new zone re-matches the accounts it can reach and leaves the others', async () => {
    const near = await anAccount([5.0, 52.0]);
    const far = await anAccount([9.0, 52.0]);
    await matchAccounts(database.pool, 'all');
    const zone = await aZone('retail', box(5.01, 52, 5.02, 52.01));
    await aZone('office_park', box(9.01, 52, 9.02, 52.01));

    const report = await rematchForLayer(database.pool, 'business_zones', {
      bbox: [5.01, 52, 5.02, 52.01],
    });

    expect(report).toEqual({ examined: 1, changed: 1 });
    expect((await matchOf(near)).zone_id).toBe(zone);
    expect((await matchOf(far)).zone_id).toBeNull();
  });

  test('roads, buildings and regions each re-match their own columns', async () => {
    const account = await anAccount([5.0005, 52.0005]);
    await matchAccounts(database.pool, 'all');
    const road = await aRoad('primary', 'LINESTRING(5.001 52, 5.001 52.01)');
    const building = await aBuilding('terrace', box(5, 52, 5.0006, 52.0006));
    const region = await aRegion(1, 'P', box(5, 52, 6, 53), { population: 10, areaKm2: 5 });

    await rematchForLayer(database.pool, 'roads');
    await rematchForLayer(database.pool, 'buildings');
    await rematchForLayer(database.pool, 'regions');

    expect(await matchOf(account)).toMatchObject({
      road_id: road,
      building_id: building,
      housing_type: 'terrace',
      region_id: region,
      population_density_km2: 2,
    });
  });

  test('places get the region and the zone that hold them', async () => {
    const region = await aRegion(1, 'P', box(5, 52, 6, 53));
    const zone = await aZone('retail', box(5.1, 52.1, 5.2, 52.2));
    await database.rows(
      `INSERT INTO geo.places (source_key, category, kind, name, geom)
       VALUES ('in', 'shop', 'bakery', 'In', ST_SetSRID(ST_MakePoint(5.15, 52.15), 4326)),
              ('out', 'shop', 'bakery', 'Out', ST_SetSRID(ST_MakePoint(5.5, 52.5), 4326)),
              ('away', 'shop', 'bakery', 'Away', ST_SetSRID(ST_MakePoint(8, 52.5), 4326))`,
    );
    await rematchForLayer(database.pool, 'places');
    const rows = await database.rows(
      'SELECT source_key, region_id, zone_id FROM geo.places ORDER BY source_key',
    );
    expect(rows).toEqual([
      { source_key: 'away', region_id: null, zone_id: null },
      { source_key: 'in', region_id: region, zone_id: zone },
      { source_key: 'out', region_id: region, zone_id: null },
    ]);
  });
});

describe('many accounts at once', () => {
  test('get what one account at a time gets', async () => {
    await aRegion(2, 'W', box(5, 52, 5.05, 52.1));
    await aRegion(2, 'E', box(5.05, 52, 5.1, 52.1));
    await database.rows(
      `INSERT INTO geo.roads (source_key, class, condition, length_m, geom)
       SELECT 'r' || n, (ARRAY['residential', 'primary', 'path'])[1 + n % 3], 'good', 1,
         ST_SetSRID(ST_MakeLine(ST_MakePoint(5 + x, 52 + y), ST_MakePoint(5.004 + x - (n % 5) * 0.002, 52.003 + y)), 4326)
       FROM generate_series(1, 300) n, LATERAL (SELECT (n * 37 % 100) / 1000.0 AS x, (n * 53 % 97) / 1000.0 AS y) at`,
    );
    await database.rows(
      `INSERT INTO geo.buildings (source_key, housing_type, geom)
       SELECT 'b' || n, 'detached', ST_Multi(ST_SetSRID(ST_MakeEnvelope(5 + x, 52 + y, 5.0008 + x, 52.0008 + y), 4326))
       FROM generate_series(1, 400) n, LATERAL (SELECT (n * 41 % 101) / 1010.0 AS x, (n * 59 % 103) / 1030.0 AS y) at`,
    );
    await database.rows(
      `INSERT INTO geo.business_zones (source_key, kind, area_m2, geom)
       SELECT 'z' || n, 'industrial', n, ST_Multi(ST_Buffer(ST_SetSRID(ST_MakePoint(5 + x, 52 + y), 4326), 0.003, 4))
       FROM generate_series(1, 12) n, LATERAL (SELECT (n * 43 % 90) / 1000.0 AS x, (n * 61 % 89) / 1000.0 AS y) at`,
    );
    await database.rows(
      `INSERT INTO crm.accounts (name, placement, geom)
       SELECT 'a' || n, 'exact', ST_SetSRID(ST_MakePoint(4.99 + (n * 7919 % 1201) / 10000.0, 51.99 + (n * 104729 % 1193) / 10000.0), 4326)
       FROM generate_series(1, 900) n`,
    );

    expect(await matchAccounts(database.pool, 'all')).toEqual({ examined: 900, changed: 900 });

    const wrong = await database.rows(
      `SELECT a.account_id, a.region_id, r.region_id AS region, a.building_id, b.building_id AS building,
         a.road_id, d.road_id AS road, a.road_distance_m, d.distance_m AS road_m,
         a.zone_id, z.zone_id AS zone, a.zone_distance_m, z.distance_m AS zone_m
       FROM crm.accounts a
       LEFT JOIN LATERAL geo.region_at(a.geom) r ON true
       LEFT JOIN LATERAL geo.building_near(a.geom) b ON true
       LEFT JOIN LATERAL geo.road_near(a.geom) d ON true
       LEFT JOIN LATERAL geo.zone_near(a.geom) z ON true
       WHERE (a.region_id, a.building_id, a.road_id, a.zone_id)
           IS DISTINCT FROM (r.region_id, b.building_id, d.road_id, z.zone_id)
         OR abs(a.road_distance_m - d.distance_m) > 0.01 + d.distance_m / 10000
         OR abs(a.zone_distance_m - z.distance_m) > 0.01 + z.distance_m / 10000`,
    );
    expect(wrong).toEqual([]);
  });
});
