import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  createColumnStores,
  type ColumnStores,
} from '../../../server/column-store/column-stores.js';
import type { SelectionDefinition } from '../../../server/contract/selections.js';
import { testDatabase, type TestDatabase } from '../../support/database.js';
import { insertAccounts, randomNumbers } from '../tiles/support.js';
import { aSelection, idsBySql, idsByStore } from './support.js';

let test: TestDatabase;
let stores: ColumnStores;
let region: number;
let accountIds: number[];

beforeAll(async () => {
  test = await testDatabase();
  region = await aRegion();
  accountIds = await insertAccounts(test.database, makeAccounts());
  stores = createColumnStores(test.database);
  await stores.ready;
});
afterAll(async () => {
  await stores.stop();
  await test.close();
});

async function expectSame(definition: SelectionDefinition): Promise<number[]> {
  const id = await aSelection(test.database, definition);
  const bySql = await idsBySql(test.database, id);
  expect(await idsByStore(stores, id)).toEqual(bySql);
  return bySql;
}

describe('the accounts of a selection', () => {
  it('are the same in SQL and in the column store, whatever was drawn', async () => {
    await fc.assert(
      fc.asyncProperty(definitions(), async (definition) => {
        await expectSame(definition);
      }),
      { numRuns: 60 },
    );
  });

  it('have those on the border of a box', async () => {
    const held = await expectSame({ kind: 'box', bounds: [4.9, 52.3, 5, 52.4] });
    const [west, corner, inside, outside] = accountIds;
    expect(held).toEqual(expect.arrayContaining([west, corner, inside]));
    expect(held).not.toContain(outside);
  });

  it('lose those on the border of what is taken away', async () => {
    const held = await expectSame({
      kind: 'minus',
      parts: [
        { kind: 'box', bounds: [4.8, 52.2, 5.1, 52.5] },
        { kind: 'box', bounds: [4.9, 52.3, 5, 52.4] },
      ],
    });
    const [west, corner, , outside] = accountIds;
    expect(held).not.toContain(west);
    expect(held).not.toContain(corner);
    expect(held).toContain(outside);
  });

  it('are within true metres of the middle of a circle', async () => {
    const radiusMeters = 3000;
    const held = await expectSame({ kind: 'circle', center: [4.95, 52.35], radiusMeters });
    const rows = await test.database.rows<{ id: number; distance: number }>(
      `SELECT account_id AS id, ST_Distance(geom::geography,
         ST_SetSRID(ST_MakePoint(4.95, 52.35), 4326)::geography) AS distance
       FROM crm.accounts WHERE geom IS NOT NULL`,
    );
    const near = rows.filter(({ distance }) => distance < radiusMeters * 0.999);
    const far = rows.filter(({ distance }) => distance > radiusMeters * 1.001);
    expect(near.length).toBeGreaterThan(50);
    expect(held).toEqual(expect.arrayContaining(near.map(({ id }) => id)));
    expect(held.filter((id) => far.some((row) => row.id === id))).toEqual([]);
  });

  it('are on both sides of the date line where a circle crosses it', async () => {
    const sides = await insertAccounts(test.database, [
      { lon: 179.99, lat: -17 },
      { lon: -179.99, lat: -17 },
      { lon: 179.9, lat: -17 },
    ]);
    await stores.catchUp();
    const held = await expectSame({
      kind: 'circle',
      center: [179.995, -17],
      radiusMeters: 3000,
    });
    expect(held).toEqual(sides.slice(0, 2));
  });

  it('lie along the whole road, and across it to half the width', async () => {
    await test.database.rows(
      `INSERT INTO geo.roads (source_key, class, name, condition, length_m, geom) VALUES
         ('way/1', 'residential', 'Long Road', 'good', 1, ST_SetSRID(ST_MakeLine(ST_MakePoint(4.80, 52.35), ST_MakePoint(4.90, 52.35)), 4326)),
         ('way/2', 'residential', 'Long Road', 'good', 1, ST_SetSRID(ST_MakeLine(ST_MakePoint(4.90, 52.35), ST_MakePoint(5.00, 52.35)), 4326)),
         ('way/3', 'residential', 'Long Road', 'good', 1, ST_SetSRID(ST_MakeLine(ST_MakePoint(5.05, 52.35), ST_MakePoint(5.10, 52.35)), 4326))`,
    );
    const row = await test.database.row<{ id: number }>(
      `SELECT road_id AS id FROM geo.roads WHERE source_key = 'way/1'`,
    );
    const held = await expectSame({ kind: 'road', roadId: row!.id, widthMeters: 1000 });
    const rows = await test.database.rows<{ lon: number; lat: number }>(
      `SELECT ST_X(geom) AS lon, ST_Y(geom) AS lat FROM crm.accounts WHERE account_id = ANY ($1)`,
      [held],
    );
    expect(Math.max(...rows.map(({ lon }) => lon))).toBeGreaterThan(4.95);
    expect(Math.max(...rows.map(({ lon }) => lon))).toBeLessThan(5.01);
    expect(Math.max(...rows.map(({ lat }) => lat))).toBeLessThan(52.35 + 510 / 111_000);
  });

  it('of a region are those of the region filter, also without a point', async () => {
    const held = await expectSame({ kind: 'regions', ids: [region] });
    expect(stores.summary({ region: [region] }, { kind: 'all' }).total).toBe(held.length);
  });

  it('picked by hand stay although they have no point', async () => {
    const unplaced = await test.database.row<{ id: number }>(
      'SELECT account_id AS id FROM crm.accounts WHERE geom IS NULL LIMIT 1',
    );
    const held = await expectSame({
      kind: 'minus',
      parts: [
        { kind: 'accounts', ids: [unplaced!.id, accountIds[2]!] },
        { kind: 'box', bounds: [4.9, 52.3, 5, 52.4] },
      ],
    });
    expect(held).toEqual([unplaced!.id]);
  });

  it('follow accounts that move, onto the border too', async () => {
    const definition: SelectionDefinition = { kind: 'box', bounds: [10, 20, 11, 21] };
    const id = await aSelection(test.database, definition);
    expect(await idsByStore(stores, id)).toEqual([]);
    const [first, second] = accountIds.slice(100);
    await test.database.rows(
      `UPDATE crm.accounts SET geom = ST_SetSRID(ST_MakePoint(CASE account_id WHEN $1 THEN 10 ELSE 10.00000001 END, 20.5), 4326)
       WHERE account_id IN ($1, $2)`,
      [first, second],
    );
    expect(await idsByStore(stores, id)).toEqual(await idsBySql(test.database, id));
    expect(await idsByStore(stores, id)).toEqual([first, second]);
    await test.database.rows(
      `UPDATE crm.accounts SET geom = ST_SetSRID(ST_MakePoint(9.99999999, 20.5), 4326) WHERE account_id = $1`,
      [first],
    );
    expect(await idsByStore(stores, id)).toEqual([second]);
  });

  it('are told without reading every account', async () => {
    const id = await aSelection(test.database, { kind: 'box', bounds: [4.9, 52.3, 4.905, 52.305] });
    const row = await test.database.row<{ condition: string }>(
      `SELECT app.selection_condition(selection_id, membership) AS condition
       FROM app.selections WHERE selection_id = $1`,
      [id],
    );
    const plan = await test.database.rows<{ 'QUERY PLAN': string }>(
      `EXPLAIN SELECT a.account_id FROM crm.accounts a WHERE ${row!.condition}`,
    );
    expect(plan.map((line) => line['QUERY PLAN']).join('\n')).toContain('accounts_geom_idx');
  });
});

/** Random shapes near the town, with corners that fall on accounts now and then, and what is made of them. */
function definitions(): fc.Arbitrary<SelectionDefinition> {
  const lon = fc.oneof(fc.double({ min: 4.78, max: 5.12, noNaN: true }), fc.constantFrom(4.9, 5));
  const lat = fc.oneof(
    fc.double({ min: 52.28, max: 52.52, noNaN: true }),
    fc.constantFrom(52.3, 52.4),
  );
  const point = fc.tuple(lon, lat);
  const ring = fc.array(point, { minLength: 3, maxLength: 40 }).filter(hasExtent);
  const leaf: fc.Arbitrary<SelectionDefinition> = fc.oneof(
    fc.record({ kind: fc.constantFrom('polygon' as const, 'lasso' as const), ring }),
    fc
      .tuple(point, point)
      .filter(([[x1, y1], [x2, y2]]) => x1 !== x2 && y1 !== y2)
      .map(([[x1, y1], [x2, y2]]): SelectionDefinition => {
        const bounds = [Math.min(x1, x2), Math.min(y1, y2), Math.max(x1, x2), Math.max(y1, y2)];
        return { kind: 'box', bounds: bounds as [number, number, number, number] };
      }),
    fc.record({
      kind: fc.constant('circle' as const),
      center: point,
      radiusMeters: fc.double({ min: 1, max: 8000, noNaN: true }),
    }),
    fc.record({
      kind: fc.constant('corridor' as const),
      line: fc.array(point, { minLength: 2, maxLength: 10 }),
      widthMeters: fc.double({ min: 2, max: 3000, noNaN: true }),
    }),
    fc.constant<SelectionDefinition>({ kind: 'box', bounds: [-180, -90, 180, 90] }),
    fc.constant(null).map((): SelectionDefinition => ({ kind: 'regions', ids: [region] })),
    fc
      .uniqueArray(fc.nat(500), { minLength: 1, maxLength: 5 })
      .map((picked): SelectionDefinition => ({
        kind: 'accounts',
        ids: picked.map((index) => accountIds[index]!),
      })),
  );
  const combined = fc.record({
    kind: fc.constantFrom('union' as const, 'minus' as const, 'intersect' as const),
    parts: fc.array(leaf, { minLength: 2, maxLength: 3 }),
  });
  return fc.oneof({ weight: 3, arbitrary: leaf }, { weight: 1, arbitrary: combined });
}

function hasExtent(ring: readonly (readonly [number, number])[]): boolean {
  return new Set(ring.map(([x]) => x)).size > 2 && new Set(ring.map(([, y]) => y)).size > 2;
}

function makeAccounts() {
  const random = randomNumbers(11);
  const onBorders: [number, number][] = [
    [4.9, 52.35],
    [5, 52.4],
    [4.95, 52.35],
    [5.05, 52.45],
    [180, 0],
    [-180, 10],
    [20, 90],
    [20, -89],
    [4.9, 86],
  ];
  return Array.from({ length: 3000 }, (_, index) => {
    const [lon, lat] = onBorders[index] ?? [4.8 + random() * 0.3, 52.3 + random() * 0.2];
    const isPlaced = index < 50 || index % 40 !== 0;
    return {
      lon: isPlaced ? lon : null,
      lat: isPlaced ? lat : null,
      regionId: index % 7 === 0 ? region : null,
      revenue: index,
    };
  });
}

async function aRegion(): Promise<number> {
  await test.database.rows(
    `INSERT INTO geo.region_levels (level, name, plural_name) VALUES (1, 'Part', 'Parts')`,
  );
  const row = await test.database.row<{ region_id: number }>(
    `INSERT INTO geo.regions (level, code, name, parent_id, geom)
     SELECT 1, 'p1', 'Part 1', region_id, ST_Multi(ST_MakeEnvelope(4.8, 52.3, 5, 52.4, 4326))
     FROM geo.regions WHERE level = 0 RETURNING region_id`,
  );
  await test.database.rows('SELECT geo.refresh_region_members()');
  return row!.region_id;
}
