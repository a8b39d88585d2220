import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  createColumnStores,
  type ColumnStores,
} from '../../../server/column-store/column-stores.js';
import { maxTileZoom, type TileId } from '../../../server/column-store/world.js';
import type { AccountFilter } from '../../../server/contract/account-filter.js';
import { accountTile } from '../../../server/modules/tiles/point-tiles.js';
import { maxTileBytes } from '../../../server/modules/tiles/shape-tile.js';
import type { RowPolicy } from '../../../server/policy/row-policy.js';
import { SqlParameters } from '../../../server/policy/sql-parameters.js';
import { toSqlCondition } from '../../../server/policy/row-policy.js';
import { testDatabase, type TestDatabase } from '../../support/database.js';
import {
  decodePoints,
  insertAccounts,
  lifecycles,
  owners,
  randomNumbers,
  segments,
  tilesAround,
  type TestAccount,
} from './support.js';

const accountCount = 6000;

let test: TestDatabase;
let stores: ColumnStores;
let positions: [number, number][];
let regionId: number;
let tilesByZoom: TileId[][];

beforeAll(async () => {
  test = await testDatabase();
  regionId = await insertRegion();
  const accounts = makeAccounts();
  await insertAccounts(test.database, accounts);
  positions = accounts.flatMap(({ lon, lat }): [number, number][] =>
    lon === null || lat === null ? [] : [[lon, lat]],
  );
  tilesByZoom = Array.from({ length: maxTileZoom + 1 }, (_, z) => tilesAround(positions, z));
  stores = createColumnStores(test.database);
  await stores.ready;
});

afterAll(async () => {
  await stores.stop();
  await test.close();
});

const all: RowPolicy = { kind: 'all' };

const filters: [name: string, filter: Partial<AccountFilter>][] = [
  ['no filter', {}],
  ['one lifecycle', { lifecycle: ['lead'] }],
  ['several names', { lifecycle: ['customer', 'former'], segment: ['a', 'none'] }],
  ['nobody', { owner: ['somebody else'] }],
  ['only those without an owner', { owner: ['none'] }],
];

describe('the sum over all tiles of a zoom', () => {
  it.each(filters)('is the total of the table with %s', (_name, filter) => {
    expectSumsOfTotals(filter, all);
  });

  it('is the total inside a region', () => {
    expectSumsOfTotals({ region: [regionId] }, all);
  });

  it.each<[string, () => RowPolicy]>([
    ['a prospector', () => scoped({ ownerId: 'anna', openLeads: true })],
    [
      'a prospector with a region',
      () => scoped({ ownerId: 'anna', openLeads: true, regionIds: [regionId] }),
    ],
    ['a manager of a region', () => scoped({ regionIds: [regionId] })],
    ['somebody who may see nothing', () => scoped({ regionIds: [] })],
  ])('is what SQL counts for %s', async (_name, policy) => {
    const { count, cents } = await sqlTotals(policy());
    const summary = stores.summary({}, policy());
    expect(summary).toMatchObject({ placed: count, placedValue: cents });
    expectSumsOfTotals({}, policy());
  });

  it('counts accounts without a point as not placed', () => {
    const { total, placed, notPlaced } = stores.summary({}, all);
    expect(total).toBe(accountCount);
    expect(placed).toBe(positions.length);
    expect(notPlaced).toBe(accountCount - positions.length);
  });
});

describe('a tile', () => {
  it('holds cells below the point zoom and points from there on', () => {
    const selection = stores.select({}, all);
    const pointZoom = stores.accounts.pointZoom(selection);
    expect(pointZoom).toBeGreaterThan(0);
    for (const z of [pointZoom - 1, pointZoom]) {
      const features = tilesAround(positions, z).flatMap((tile) =>
        decodePoints(
          accountTile(stores.accounts, selection, tile, { measure: 'count' }),
          'accounts',
        ),
      );
      expect(features.every(({ properties }) => 'cell' in properties === z < pointZoom)).toBe(true);
    }
  });

  it('holds points at every zoom where a filter leaves few accounts', () => {
    const selection = stores.select({ lifecycle: ['lead'] }, all);
    expect(stores.accounts.pointZoom(selection)).toBe(0);
  });

  it('holds each position once', () => {
    const selection = stores.select({}, all);
    for (const tile of tilesAround(positions, 14)) {
      const bytes = accountTile(stores.accounts, selection, tile, { measure: 'count' });
      const places = decodePoints(bytes, 'accounts').map(({ x, y }) => `${x} ${y}`);
      expect(new Set(places).size).toBe(places.length);
    }
  });
});

function scoped(policy: Partial<Extract<RowPolicy, { kind: 'scoped' }>>): RowPolicy {
  return { kind: 'scoped', ownerId: null, regionIds: [], openLeads: false, ...policy };
}

function expectSumsOfTotals(filter: Partial<AccountFilter>, policy: RowPolicy): void {
  const selection = stores.select(filter, policy);
  const expected = stores.summary(filter, policy);
  for (let z = 0; z <= maxTileZoom; z++) {
    let count = 0;
    let cents = 0;
    for (const tile of tilesByZoom[z]!) {
      const bytes = accountTile(stores.accounts, selection, tile, { measure: 'revenue' });
      if (bytes.length === 0) continue;
      expect(bytes.length).toBeLessThanOrEqual(maxTileBytes);
      for (const { properties } of decodePoints(bytes, 'accounts')) {
        count += Number(properties['count']);
        cents += Math.round(Number(properties['value']) * 100);
      }
    }
    expect({ z, count, cents }).toEqual({
      z,
      count: expected.placed,
      cents: expected.placedValue,
    });
  }
}

async function sqlTotals(policy: RowPolicy): Promise<{ count: number; cents: number }> {
  const parameters = new SqlParameters();
  const condition = toSqlCondition(policy, parameters);
  const row = await test.database.row<{ count: number; cents: number }>(
    `SELECT count(DISTINCT a.account_id) AS count, (COALESCE(sum(l.revenue), 0) * 100)::bigint AS cents
     FROM crm.accounts a LEFT JOIN crm.sales s USING (account_id) LEFT JOIN crm.sale_lines l USING (sale_id)
     WHERE a.geom IS NOT NULL AND ${condition}`,
    parameters.values,
  );
  return { count: row?.count ?? -1, cents: row?.cents ?? -1 };
}

/** A town with coincident points, the corners of the world, and some accounts without a point. */
function makeAccounts(): TestAccount[] {
  const random = randomNumbers(7);
  const pick = <Value>(values: readonly Value[]) => values[Math.floor(random() * values.length)]!;
  const corners = [
    [180, 0],
    [-180, 0],
    [180, 90],
    [-180, -90],
    [0, 89.9],
    [0, 0],
  ] as const;
  return Array.from({ length: accountCount }, (_, index) => {
    const corner = corners[index % 500];
    const [lon, lat] = corner ?? [4.8 + random() * 0.3, 52.3 + random() * 0.2];
    const isInHeap = corner === undefined && random() < 0.1;
    const isPlaced = corner !== undefined || random() > 0.02;
    const position = isInHeap ? { lon: 4.9, lat: 52.37 } : { lon, lat };
    return {
      ...(isPlaced ? position : { lon: null, lat: null }),
      lifecycle: pick(lifecycles),
      segment: pick(segments),
      owner: pick(owners),
      regionId: isPlaced && position.lon === 4.9 ? regionId : null,
      revenue: Math.round(random() * 100_000) / 100,
    };
  });
}

async function insertRegion(): Promise<number> {
  await test.database.rows(
    `INSERT INTO geo.region_levels (level, name, plural_name) VALUES (1, 'Part', 'Parts')`,
  );
  const row = await test.database.row<{ region_id: number }>(
    `INSERT INTO geo.regions (level, code, name, parent_id)
     SELECT 1, 'p1', 'Part 1', region_id FROM geo.regions WHERE level = 0 RETURNING region_id`,
  );
  await test.database.rows('SELECT geo.refresh_region_members()');
  return row?.region_id ?? 0;
}
