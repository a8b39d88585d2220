import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { deriveHousing } from '../../../../geodata/housing/derive-housing.js';
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
  for (const table of ['geo.buildings', 'geo.addresses', 'geo.places', 'geo.business_zones']) {
    await database.rows(`DELETE FROM ${table}`);
  }
});

const eastDegree = 111_320 * Math.cos((52 * Math.PI) / 180);

/** A point so many metres east and north of 5/52. */
function at(east: number, north: number): string {
  return `${5 + east / eastDegree} ${52 + north / 111_132}`;
}

function rectangle([east, north, width, depth]: readonly [number, number, number, number]): string {
  const corners = [
    [east, north],
    [east + width, north],
    [east + width, north + depth],
    [east, north + depth],
    [east, north],
  ] as const;
  return `SRID=4326;MULTIPOLYGON(((${corners.map(([x, y]) => at(x, y)).join(', ')})))`;
}

/** A building from its south-west corner, width and depth in metres. */
async function aBuilding(
  key: string,
  tagged: string,
  box: readonly [number, number, number, number],
  importId = 1,
) {
  await database.rows(
    `INSERT INTO geo.buildings (source_key, housing_type, tagged_housing_type, area_m2, geom, import_id)
     SELECT $1, geo.housing_type_of_tag($2), $2, ST_Area(g::geography), g, $4
     FROM (SELECT $3::geometry AS g) s`,
    [key, tagged, rectangle(box), importId],
  );
}

async function anAddress(key: string, east: number, north: number) {
  await database.rows(
    `INSERT INTO geo.addresses (source_key, street, house_number, geom) VALUES ($1, 'Laan', $1, $2)`,
    [key, `SRID=4326;POINT(${at(east, north)})`],
  );
}

async function types(): Promise<Record<string, string>> {
  const rows = await database.rows<{ source_key: string; housing_type: string }>(
    'SELECT source_key, housing_type FROM geo.buildings ORDER BY source_key',
  );
  return Object.fromEntries(rows.map((row) => [row.source_key, row.housing_type]));
}

test('a house is detached, one of two, or one of a row, by the walls it shares', async () => {
  await aBuilding('alone', 'house', [0, 0, 10, 12]);
  await aBuilding('left', 'house', [30, 0, 8, 10]);
  await aBuilding('right', 'house', [38, 0, 8, 10]);
  for (const [i, name] of ['first', 'second', 'third'].entries()) {
    await aBuilding(name, 'house', [60 + 6 * i, 0, 6, 10]);
  }
  await aBuilding('shed', 'unknown', [10, 3, 3, 3]);

  const report = await deriveHousing(database.pool);

  expect(report).toEqual({ examined: 7, derived: 7, changed: 7 });
  expect(await types()).toEqual({
    ...{ alone: 'detached', left: 'semi_detached', right: 'semi_detached' },
    ...{ first: 'terrace', second: 'terrace', third: 'terrace', shed: 'non_residential' },
  });
});

test('footprints that a slit of 30 cm parts still share their wall', async () => {
  await aBuilding('left', 'house', [0, 0, 8, 10]);
  await aBuilding('right', 'house', [8.3, 0, 8, 10]);
  await deriveHousing(database.pool);
  expect(await types()).toEqual({ left: 'semi_detached', right: 'semi_detached' });
});

test('says how it was found and how sure it is, keeps the tag, and writes nothing a second time', async () => {
  for (let i = 0; i < 5; i++) await aBuilding(`way/${i}`, 'unknown', [i * 20, 0, 10, 12]);
  await aBuilding('way/9', 'detached', [0, 30, 10, 12]);

  await deriveHousing(database.pool);

  const rows = await database.rows(
    `SELECT housing_type, tagged_housing_type, housing_type_source, housing_type_rule,
            round(housing_type_confidence::numeric, 2)::float8 AS confidence
     FROM geo.buildings WHERE source_key IN ('way/2', 'way/9') ORDER BY source_key`,
  );
  expect(rows).toEqual([
    {
      ...{ housing_type: 'detached', tagged_housing_type: 'unknown' },
      ...{ housing_type_source: 'derived', housing_type_rule: 'free_standing_house' },
      confidence: expect.closeTo(0.8, 1) as number,
    },
    {
      ...{ housing_type: 'detached', tagged_housing_type: 'detached', confidence: null },
      ...{ housing_type_source: 'tagged', housing_type_rule: null },
    },
  ]);
  expect(await deriveHousing(database.pool)).toMatchObject({ examined: 5, changed: 0 });
});

test('addresses, land use and size tell apartments, works and outbuildings', async () => {
  await aBuilding('flats', 'unknown', [0, 0, 20, 15]);
  for (let i = 1; i <= 4; i++) await anAddress(`${i}`, 2 + 4 * i, 7);
  await aBuilding('works', 'unknown', [200, 0, 20, 20]);
  await database.rows(
    `INSERT INTO geo.business_zones (source_key, kind, geom) VALUES ('zone', 'industrial', $1)`,
    [rectangle([190, -10, 60, 60])],
  );
  await aBuilding('lonely', 'unknown', [400, 0, 15, 15]);
  await deriveHousing(database.pool);
  expect(await types()).toEqual({
    ...{ flats: 'apartments', works: 'non_residential' },
    lonely: 'unknown',
  });
});

test('what a register says of a building outweighs everything else', async () => {
  await aBuilding('way/1', 'unknown', [0, 0, 10, 12]);
  await aBuilding('way/2', 'unknown', [50, 0, 10, 12]);
  await database.rows(
    `UPDATE geo.buildings SET register_units = 6,
       register_dwellings = CASE source_key WHEN 'way/1' THEN 6 ELSE 0 END`,
  );
  await deriveHousing(database.pool);
  expect(await types()).toEqual({ 'way/1': 'apartments', 'way/2': 'non_residential' });
});

test('after an import only what it changed and its neighbours are looked at', async () => {
  await aBuilding('old', 'house', [0, 0, 8, 10]);
  await aBuilding('far', 'house', [300, 0, 8, 10]);
  await deriveHousing(database.pool);
  await aBuilding('new', 'house', [8, 0, 8, 10], 2);

  const report = await deriveHousing(database.pool, { importId: 2 });

  expect(report).toEqual({ examined: 2, derived: 2, changed: 2 });
  expect(await types()).toEqual({ far: 'detached', new: 'semi_detached', old: 'semi_detached' });
});

test('stops between chunks when it is cancelled, and tells how far it is', async () => {
  for (let i = 0; i < 3; i++) await aBuilding(`way/${i}`, 'unknown', [i * 20, 0, 10, 12]);
  const told: [number, number][] = [];
  await deriveHousing(database.pool, { progress: (done, total) => told.push([done, total]) });
  expect(told).toEqual([[3, 3]]);
  await expect(
    deriveHousing(database.pool, { signal: AbortSignal.abort(new Error('Enough.')) }),
  ).rejects.toThrow('Enough.');
});
