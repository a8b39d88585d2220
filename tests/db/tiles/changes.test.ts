import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cellCentre, cellKeyAt, parentKey, resolutionAt } from '../../../server/column-store/h3.js';
import {
  createColumnStores,
  type ColumnStores,
} from '../../../server/column-store/column-stores.js';
import { maxTileZoom, tileOf, toWorld, type TileId } from '../../../server/column-store/world.js';
import { TileService } from '../../../server/modules/tiles/tiles.service.js';
import type { CachedTile } from '../../../server/modules/tiles/tile-cache.js';
import { testDatabase, testEngine, type TestDatabase } from '../../support/database.js';
import { insertAccounts } from './support.js';

let test: TestDatabase;
let stores: ColumnStores;
let others: ColumnStores[];

beforeEach(async () => {
  test = await testDatabase();
  others = [];
  stores = createColumnStores(test.database);
  await stores.ready;
});

afterEach(async () => {
  for (const one of [stores, ...others]) await one.stop();
  await test.close();
});

const total = (from: ColumnStores) => from.summary({}, { kind: 'all' });

describe('a change in the database', () => {
  it('shows in the tiles that held and hold the account, and leaves others in the cache', async () => {
    const [moved] = await insertAccounts(test.database, [
      { lon: 4.9, lat: 52.37 },
      { lon: 5.1, lat: 52.09 },
    ]);
    await stores.catchUp();
    const service = new TileService(test.database, stores);
    const far = tileAt(5.1, 52.09, 12);
    const from = tileAt(4.9, 52.37, 12);
    const to = tileAt(4.99, 52.3, 12);
    const before = { far: await ask(service, far), from: await ask(service, from) };

    await test.database.rows(
      'UPDATE crm.accounts SET geom = ST_SetSRID(ST_MakePoint(4.99, 52.3), 4326) WHERE account_id = $1',
      [moved],
    );
    await stores.catchUp();

    expect(await ask(service, far)).toBe(before.far);
    expect((await ask(service, from)).body.length).toBe(0);
    expect((await ask(service, to)).body.length).toBeGreaterThan(0);
    expect((await ask(service, from)).etag).not.toBe(before.from.etag);
  });

  it('leaves no stale tile at any zoom, be it the tile of the point or of its cell', async () => {
    const [id] = await insertAccounts(test.database, [{ lon: 4.9, lat: 52.37, revenue: 10 }]);
    await stores.catchUp();
    const service = new TileService(test.database, stores);
    const tiles = tilesOf(4.9, 52.37);
    const before = await Promise.all(tiles.map((tile) => ask(service, tile)));
    await test.database.rows('DELETE FROM crm.accounts WHERE account_id = $1', [id]);
    await stores.catchUp();
    const after = await Promise.all(tiles.map((tile) => ask(service, tile)));
    expect(before.some(({ body }) => body.length > 0)).toBe(true);
    expect(after.every(({ body }) => body.length === 0)).toBe(true);
  });

  it('reaches a second store on the same database', async () => {
    const other = createColumnStores(test.database);
    others.push(other);
    await other.ready;
    const [id] = await insertAccounts(test.database, [{ lon: 4.9, lat: 52.37 }]);
    await Promise.all([stores.catchUp(), other.catchUp()]);
    expect([total(stores).placed, total(other).placed]).toEqual([1, 1]);
    await test.database.rows(
      `UPDATE crm.accounts SET geom = NULL, placement = 'not_placed' WHERE account_id = $1`,
      [id],
    );
    await Promise.all([stores.catchUp(), other.catchUp()]);
    expect(total(stores)).toMatchObject({ total: 1, placed: 0, notPlaced: 1 });
    expect(total(other)).toEqual(total(stores));
  });

  it('brings in the revenue of new, changed, moved and deleted sales', async () => {
    const [first, second] = await insertAccounts(test.database, [
      { lon: 4.9, lat: 52.37, revenue: 10.1, lifecycle: 'customer' },
      { lon: 5.1, lat: 52.09, lifecycle: 'lead' },
    ]);
    const revenueOf = async (lifecycle: 'customer' | 'lead') => {
      await stores.catchUp();
      return stores.summary({ lifecycle: [lifecycle] }, { kind: 'all' }).value;
    };
    expect(await revenueOf('customer')).toBe(1010);
    await test.database.rows('UPDATE crm.sale_lines SET revenue = 20.05');
    expect(await revenueOf('customer')).toBe(2005);
    await test.database.rows('UPDATE crm.sales SET account_id = $2 WHERE account_id = $1', [
      first,
      second,
    ]);
    expect([await revenueOf('customer'), await revenueOf('lead')]).toEqual([0, 2005]);
    await test.database.rows('DELETE FROM crm.sales');
    expect(await revenueOf('lead')).toBe(0);
  });

  it('that touches many rows at once makes the store read everything again', async () => {
    await insertAccounts(
      test.database,
      Array.from({ length: 2500 }, (_, n) => ({ lon: 4 + n / 1000, lat: 52, revenue: 1 })),
    );
    const log = await test.database.rows('SELECT row_id FROM app.changes WHERE row_id IS NOT NULL');
    expect(log).toEqual([]);
    await stores.catchUp();
    expect(total(stores)).toMatchObject({ placed: 2500, placedValue: 250_000 });
  });

  it('counts once however often rows change between two snapshots', async () => {
    const accounts = Array.from({ length: 1500 }, (_, n) => ({ lon: 4 + n / 1000, lat: 52 }));
    const ids = await insertAccounts(test.database, accounts);
    for (const shift of [0.01, 0.02, 0.03]) {
      await test.database.rows(
        `UPDATE crm.accounts SET geom = ST_Translate(geom, 0, $2) WHERE account_id = ANY ($1)`,
        [ids, shift],
      );
      await stores.catchUp();
      expect(total(stores).placed).toBe(1500);
    }
  });

  it.skipIf(testEngine === 'embedded')(
    'is not missed when it commits after a later one',
    async () => {
      const insert = `INSERT INTO crm.accounts (name, geom, placement)
                    VALUES ('One', ST_SetSRID(ST_MakePoint(5, 52), 4326), 'exact')`;
      await test.database.transaction(async (early) => {
        await early.query(insert);
        await test.database.rows(insert);
        await stores.catchUp();
        expect(total(stores).placed).toBe(1);
      });
      await stores.catchUp();
      expect(total(stores).placed).toBe(2);
    },
  );

  it('of the hierarchy changes what a region holds', async () => {
    await test.database.rows(
      `INSERT INTO geo.region_levels (level, name, plural_name)
       VALUES (1, 'Part', 'Parts'), (2, 'Bit', 'Bits')`,
    );
    const regions = await test.database.rows<{ region_id: number }>(
      `INSERT INTO geo.regions (level, code, name)
       VALUES (1, 'a', 'A'), (1, 'b', 'B'), (2, 'bit', 'Bit') RETURNING region_id`,
    );
    const [a, b, bit] = regions.map((region) => region.region_id) as [number, number, number];
    const inRegion = async (region: number) => {
      await stores.catchUp();
      return stores.summary({ region: [region] }, { kind: 'all' }).total;
    };
    await setParent(bit, a);
    await insertAccounts(test.database, [{ lon: 4.9, lat: 52.37, regionId: bit }]);
    expect([await inRegion(a), await inRegion(b)]).toEqual([1, 0]);
    await setParent(bit, b);
    expect([await inRegion(a), await inRegion(b)]).toEqual([0, 1]);
  });
});

async function setParent(region: number, parent: number): Promise<void> {
  await test.database.rows('UPDATE geo.regions SET parent_id = $2 WHERE region_id = $1', [
    region,
    parent,
  ]);
  await test.database.rows('SELECT geo.refresh_region_members()');
}

function ask(service: TileService, tile: TileId): Promise<CachedTile> {
  return service.accounts({
    tile,
    filter: {},
    policy: { kind: 'all' },
    measure: 'count',
    as: undefined,
  });
}

function tileAt(lon: number, lat: number, z: number): TileId {
  const { x, y } = toWorld(lon, lat);
  return { z, x: tileOf(x, z), y: tileOf(y, z) };
}

/** At every zoom the tile of a point and that of its cell. */
function tilesOf(lon: number, lat: number): TileId[] {
  return Array.from({ length: maxTileZoom + 1 }, (_, z) => {
    const resolution = resolutionAt(z);
    const centre = cellCentre(parentKey(cellKeyAt(lon, lat), resolution), resolution);
    return [tileAt(lon, lat, z), { z, x: tileOf(centre.x, z), y: tileOf(centre.y, z) }];
  }).flat();
}
