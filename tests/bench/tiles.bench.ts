import http from 'node:http';
import { performance } from 'node:perf_hooks';
import { accountsSource } from '../../server/column-store/accounts.source.js';
import { ColumnStore } from '../../server/column-store/column-store.js';
import type { Selection } from '../../server/column-store/view.js';
import { tileOf, toWorld, type TileId } from '../../server/column-store/world.js';
import type { Database } from '../../server/db/database.js';
import { accountTile } from '../../server/modules/tiles/point-tiles.js';
import { shapeTile } from '../../server/modules/tiles/shape-tile.js';
import { shapeLayers } from '../../server/modules/tiles/shape-layers.js';
import { TileCache } from '../../server/modules/tiles/tile-cache.js';
import { testDatabase } from '../support/database.js';

const accountCount = 100_000;
const buildingCount = 20_000;
const rounds = 15;
const warmUps = 5;

const everything: Selection = { key: 'everything', testOf: () => undefined };

/**
 * Prints how tiles compare with the database's own, measured side by side on the same rows: points of the
 * column store and shapes against ST_AsMVT (goals 0.25 and 1.3), and a cached tile against a bare server.
 */
export async function run(): Promise<void> {
  const { database, close } = await testDatabase();
  try {
    await fill(database);
    await benchPoints(database);
    await benchShapes(database);
    await benchCache();
  } finally {
    await close();
  }
}

async function benchPoints(database: Database): Promise<void> {
  const store = new ColumnStore(database, accountsSource);
  const started = performance.now();
  await store.load();
  console.log(`column store: ${accountCount} rows read in ${ms(performance.now() - started)}`);
  const pointZoom = store.pointZoom(everything);
  for (const z of [pointZoom, pointZoom + 2]) {
    const tile = tileAt(4.9, 52.37, z);
    const [ours, theirs] = await compare(
      async () => void accountTile(store, everything, tile, 'count'),
      () => database.rows(leanPoints, [tile.z, tile.x, tile.y]),
    );
    print(`points z${z}, column store / ST_AsMVT`, ours, theirs, 0.25);
  }
}

async function benchShapes(database: Database): Promise<void> {
  for (const z of [14, 15]) {
    const tile = tileAt(4.9, 52.37, z);
    const [ours, theirs] = await compare(
      () => shapeTile(database, shapeLayers.buildings, tile, null),
      () => database.rows(buildingsMvt, [tile.z, tile.x, tile.y]),
    );
    print(`buildings z${z}, ours / ST_AsMVT`, ours, theirs, 1.3);
  }
}

/** Requests a second of a tile from the cache against those of a server that holds one buffer. */
async function benchCache(): Promise<void> {
  const body = Buffer.alloc(8192, 1);
  const cache = new TileCache('bench', 2 ** 20);
  cache.set('1/0/0', 'a', { body, isCompressed: true, etag: '"a"', omitted: 0 });
  const bare = await requestsPerSecond((response) => response.end(body));
  const cached = await requestsPerSecond((response) => {
    const tile = cache.get('1/0/0', 'a');
    response.setHeader('ETag', tile?.etag ?? '');
    response.end(tile?.body);
  });
  const ratio = (cached / bare).toFixed(2);
  console.log(`cached tile / bare server, requests a second: ${ratio} (goal at least 0.5)`);
}

async function requestsPerSecond(answer: (response: http.ServerResponse) => void): Promise<number> {
  const server = http.createServer((_request, response) => answer(response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  const requests = 2000;
  const started = performance.now();
  for (let n = 0; n < requests; n++) await request(port, agent);
  const seconds = (performance.now() - started) / 1000;
  agent.destroy();
  await new Promise((resolve) => server.close(resolve));
  return requests / seconds;
}

function request(port: number, agent: http.Agent): Promise<void> {
  return new Promise((resolve, reject) => {
    http
      .get({ host: '127.0.0.1', port, agent }, (response) => {
        response.resume();
        response.on('end', resolve);
      })
      .on('error', reject);
  });
}

type Work = () => Promise<unknown>;

/** The medians of several rounds in milliseconds, after some to warm up; both take turns. */
async function compare(ours: Work, theirs: Work): Promise<[ours: number, theirs: number]> {
  const times: [number[], number[]] = [[], []];
  for (let round = -warmUps; round < rounds; round++) {
    for (const [which, work] of [ours, theirs].entries()) {
      const started = performance.now();
      await work();
      if (round >= 0) times[which]!.push(performance.now() - started);
    }
  }
  return [median(times[0]), median(times[1])];
}

function median(times: number[]): number {
  return times.sort((a, b) => a - b)[Math.floor(times.length / 2)]!;
}

function print(name: string, ours: number, theirs: number, goal: number): void {
  const ratio = (ours / theirs).toFixed(2);
  console.log(`${name}: ${ms(ours)} / ${ms(theirs)} = ${ratio} (goal at most ${goal})`);
}

function ms(value: number): string {
  return `${value.toFixed(value < 10 ? 2 : 0)} ms`;
}

function tileAt(lon: number, lat: number, z: number): TileId {
  const { x, y } = toWorld(lon, lat);
  return { z, x: tileOf(x, z), y: tileOf(y, z) };
}

const leanPoints = `
  WITH tile AS (SELECT ST_TileEnvelope($1, $2, $3) AS box)
  SELECT ST_AsMVT(feature, 'accounts', 4096, 'geom', 'account_id') FROM (
    SELECT a.account_id, a.lifecycle AS kind, a.segment, a.housing_type,
           ST_AsMVTGeom(ST_Transform(a.geom, 3857), tile.box, 4096, 0, true) AS geom
    FROM crm.accounts a, tile WHERE a.geom && ST_Transform(tile.box, 4326)
  ) feature`;

const buildingsMvt = `
  WITH tile AS (SELECT ST_TileEnvelope($1, $2, $3) AS box,
                       ST_TileEnvelope($1, $2, $3, margin => 64.0 / 4096) AS wide)
  SELECT ST_AsMVT(feature, 'buildings', 4096, 'geom', 'id') FROM (
    SELECT s.building_id AS id, s.building_id, s.housing_type, s.year, s.levels,
           ST_AsMVTGeom(s.geom, tile.box, 4096, 64, true) AS geom
    FROM geo.building_shapes s, tile WHERE s.band = 5 AND s.geom && tile.wide
  ) feature`;

/** A town of accounts around 4.9, 52.37 and a dense block of buildings in its middle. */
async function fill(database: Database): Promise<void> {
  await database.rows(
    `INSERT INTO crm.accounts (name, geom, placement, lifecycle, segment, housing_type)
     SELECT 'Account ' || n,
            ST_SetSRID(ST_MakePoint(4.9 + (random() - 0.5) * 0.3, 52.37 + (random() - 0.5) * 0.2), 4326),
            'exact', (ARRAY['lead', 'prospect', 'customer'])[1 + n % 3], 'segment ' || n % 7, 'detached'
     FROM generate_series(1, ${accountCount}) n`,
  );
  await database.rows(
    `INSERT INTO geo.buildings (source_key, housing_type, year, levels, geom)
     SELECT 'b' || n, 'terrace', 1900 + n % 120, n % 5,
            ST_Multi(ST_SetSRID(ST_MakeEnvelope(lon, lat, lon + 0.0001, lat + 0.00006), 4326))
     FROM generate_series(0, ${buildingCount - 1}) n,
          LATERAL (SELECT 4.88 + (n % 200) * 0.0002 AS lon, 52.36 + (n / 200) * 0.0002 AS lat) at`,
  );
  await database.rows(`SELECT geo.refresh_shapes('buildings')`);
  await database.rows('ANALYZE');
}
