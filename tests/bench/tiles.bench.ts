import { accountsSource } from '../../server/column-store/accounts.source.js';
import { ColumnStore } from '../../server/column-store/column-store.js';
import type { Selection } from '../../server/column-store/view.js';
import { tileOf, toWorld, type TileId } from '../../server/column-store/world.js';
import type { Database } from '../../server/db/database.js';
import { accountTile } from '../../server/modules/tiles/point-tiles.js';
import { shapeTile } from '../../server/modules/tiles/shape-tile.js';
import { shapeLayers } from '../../server/modules/tiles/shape-layers.js';
import { testDatabase } from '../support/database.js';
import { fillAccounts, wideBox } from './fill-accounts.js';
import { fillBuildings } from './fill-buildings.js';
import { fillRegions } from './fill-regions.js';
import { startMapServer } from './peers/map-server.js';
import { reportRatio, takeTurns } from './report.js';
import { serveApp, serveBytes } from './serving.js';
import { spreadPoints } from './spread-points.js';
import { accountsMvt, buildingsMvt, regionsMvt } from './tile-sql.js';

const accountCount = 1_000_000;
const rounds = 5;
const everything: Selection = { key: 'everything', testOf: () => undefined };

/**
 * Prints how tiles of a million accounts, of 14,000 regions and of buildings compare with ST_AsMVT of the same
 * tiles, how a cached one compares with a bare server, and how the endpoint compares with MapServer.
 */
export async function run(): Promise<void> {
  const { database, url, close } = await testDatabase();
  try {
    await fillAccounts(database, accountCount);
    await benchAccounts(database);
    await benchCache(database);
    await benchMapServer(database, url);
    await fillRegions(database, [140, 100]);
    await database.rows(`SELECT geo.refresh_shapes('regions')`);
    await fillBuildings(database);
    await database.rows('ANALYZE');
    await benchShapes(database);
  } finally {
    await close();
  }
}

/** Tiles where people look: those around points drawn as the accounts are, each once. */
function busyTiles(z: number, count: number, seed = 3): TileId[] {
  const { lon, lat } = spreadPoints(count * 4, wideBox, seed);
  const tiles = new Map<string, TileId>();
  for (let point = 0; tiles.size < count && point < lon.length; point++) {
    const { x, y } = toWorld(lon[point]!, lat[point]!);
    const tile = { z, x: tileOf(x, z), y: tileOf(y, z) };
    tiles.set(`${tile.x}/${tile.y}`, tile);
  }
  return [...tiles.values()];
}

async function each(tiles: readonly TileId[], work: (tile: TileId) => unknown): Promise<void> {
  for (const tile of tiles) await work(tile);
}

async function benchAccounts(database: Database): Promise<void> {
  const store = new ColumnStore(database, accountsSource);
  await store.load();
  const pointZoom = store.pointZoom(everything);
  for (const z of [6, 8, 10, 12, 14]) {
    const tiles = busyTiles(z, z < 8 ? 10 : 40);
    const times = await takeTurns(
      () => each(tiles, (tile) => accountTile(store, everything, tile, { measure: 'count' })),
      () => each(tiles, ({ x, y }) => database.rows(accountsMvt, [z, x, y])),
      { rounds },
    );
    const kind = z < pointZoom ? 'cells' : 'points';
    reportRatio({
      bench: 'tiles',
      what: `${tiles.length} account tiles z${z} (${kind}) from the column store`,
      beside: 'lean ST_AsMVT of all points',
      ...times,
      goal: '≤ 0.25',
    });
  }
}

async function benchShapes(database: Database): Promise<void> {
  for (const [layer, zooms, sql] of [
    ['regions', [6, 8, 10], regionsMvt],
    ['buildings', [13, 14, 15], buildingsMvt],
  ] as const) {
    for (const z of zooms) {
      const tiles = layer === 'buildings' ? [tileAt(-96, 40, z)] : busyTiles(z, z < 8 ? 8 : 20);
      const level = layer === 'regions' ? 1 : null;
      const times = await takeTurns(
        () => each(tiles, (tile) => shapeTile(database, shapeLayers[layer], tile, level)),
        () => each(tiles, ({ x, y }) => database.rows(sql, [z, x, y])),
        { rounds, warmUps: 2 },
      );
      reportRatio({
        bench: 'tiles',
        what: `${tiles.length} tiles of ${layer} z${z}, cold`,
        beside: 'ST_AsMVT of the same table',
        ...times,
        goal: z >= 12 ? '≤ 1.5' : '≤ 1.3',
      });
    }
  }
}

function tileAt(lon: number, lat: number, z: number): TileId {
  const { x, y } = toWorld(lon, lat);
  return { z, x: tileOf(x, z), y: tileOf(y, z) };
}

const requestsPerRound = 500;

/** Requests a second of a tile that is in the cache, through sign-in and all, against a bare server's. */
async function benchCache(database: Database): Promise<void> {
  const app = await serveApp(database);
  const [tile] = busyTiles(10, 1);
  const path = pathOf(tile!);
  const bare = await serveBytes(await app.get(path));
  const repeat = async (get: (path: string) => Promise<Buffer>) => {
    for (let n = 0; n < requestsPerRound; n++) await get(path);
  };
  const times = await takeTurns(
    () => repeat(app.get),
    () => repeat(bare.get),
    { rounds },
  );
  await app.close();
  await bare.close();
  reportRatio({
    bench: 'tiles',
    what: 'cached account tile over HTTP, signed in',
    beside: 'bare Node server of the same bytes',
    ours: times.ours.map(perSecond),
    reference: times.reference.map(perSecond),
    unit: 'per second',
    goal: '≥ 0.5',
  });
}

function perSecond(ms: number): number {
  return (requestsPerRound * 1000) / ms;
}

async function benchMapServer(database: Database, databaseUrl: string): Promise<void> {
  await database.rows(
    `CREATE TABLE peer_points AS SELECT account_id, lifecycle, segment, housing_type,
       ST_Transform(geom, 3857)::geometry(Point, 3857) AS geom FROM crm.accounts`,
  );
  await database.rows('CREATE INDEX ON peer_points USING gist (geom)');
  await database.rows('ANALYZE peer_points');
  const columns = ['lifecycle', 'segment', 'housing_type'];
  const layer = { databaseUrl, table: 'peer_points', idColumn: 'account_id', columns };
  const peer = await startMapServer(layer);
  if (peer === undefined) return console.log('MapServer is not installed (Debian: cgi-mapserver).');
  for (const z of [10, 12, 14]) await benchAgainst(database, peer.tile, z);
  peer.stop();
  await database.rows('DROP TABLE peer_points');
}

/** Tiles that nobody asked for before, the same ones in the same order on both sides. */
async function benchAgainst(
  database: Database,
  peerTile: (tile: TileId) => Promise<Buffer>,
  z: number,
): Promise<void> {
  const app = await serveApp(database);
  const size = 60;
  const tiles = busyTiles(z, size * (rounds + 1), 5);
  const lists = Array.from({ length: rounds + 1 }, (_, n) => tiles.slice(n * size, (n + 1) * size));
  const [ours, theirs] = [[...lists], [...lists]];
  const times = await takeTurns(
    () => each(ours.shift()!, (tile) => app.get(pathOf(tile))),
    () => each(theirs.shift()!, peerTile),
    { rounds },
  );
  await app.close();
  reportRatio({
    bench: 'tiles',
    what: `account tiles z${z} over HTTP, cold`,
    beside: 'MapServer over FastCGI',
    ours: times.ours.map((ms) => (size * 1000) / ms),
    reference: times.reference.map((ms) => (size * 1000) / ms),
    unit: 'per second',
    goal: '≥ 3',
  });
}

function pathOf({ z, x, y }: TileId): string {
  return `/tiles/accounts/${z}/${x}/${y}.mvt`;
}
