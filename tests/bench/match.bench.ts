import { performance } from 'node:perf_hooks';
import { matchAccounts } from '../../geodata/matching/match-accounts.js';
import { createPointStage, dropPointStage } from '../../geodata/matching/point-stage.js';
import { stageRegions } from '../../geodata/matching/regions/stage-regions.js';
import type { Database } from '../../server/db/database.js';
import { testDatabase } from '../support/database.js';
import { fillAccounts } from './fill-accounts.js';
import { fillRegions } from './fill-regions.js';
import { reportFigure, reportRatio, takeTurns } from './report.js';

const bench = 'match';
const accountCount = 100_000;
/** 14,000 regions of some 150 corners. */
const regionGrid = [140, 100] as const;
const lookups = 300;

/**
 * Prints how giving accounts their region compares with the quickest SQL (polygons outside, points inside),
 * for all accounts and for one, and what matching all aspects takes.
 */
export async function run(): Promise<void> {
  const { database, close } = await testDatabase();
  try {
    await fillRegions(database, regionGrid);
    await fillAccounts(database, accountCount);
    await database.rows('VACUUM ANALYZE');
    await benchAll(database);
    await benchOne(database);
    await benchWhole(database);
  } finally {
    await close();
  }
}

const points = 'SELECT account_id AS row_id, geom FROM crm.accounts WHERE geom IS NOT NULL';

async function benchAll(database: Database): Promise<void> {
  const { pool } = database;
  const turns = await takeTurns(
    async () => {
      const stage = await createPointStage(pool, points, []);
      await stageRegions(pool, stage);
      await dropPointStage(pool, stage);
    },
    async () => {
      await database.rows('DROP TABLE IF EXISTS bench_points, bench_regions_found');
      await database.rows(`CREATE UNLOGGED TABLE bench_points AS ${points} ORDER BY geom`);
      await database.rows('CREATE INDEX ON bench_points USING gist (geom)');
      await database.rows('ANALYZE bench_points');
      await database.rows(
        `CREATE UNLOGGED TABLE bench_regions_found AS
         SELECT p.row_id, r.region_id FROM geo.regions r
         CROSS JOIN LATERAL (
           SELECT b.row_id FROM bench_points b WHERE ST_Contains(r.geom, b.geom) OFFSET 0
         ) p WHERE r.level = 1`,
      );
    },
  );
  reportRatio({
    bench,
    what: `${accountCount.toLocaleString('en')} accounts × 14,000 regions`,
    beside: 'SQL with the polygons outside',
    ...turns,
    goal: '≤ 1.3',
  });
}

async function benchOne(database: Database): Promise<void> {
  const rows = await database.rows<{ account_id: number; lon: number; lat: number }>(
    `SELECT account_id, ST_X(geom) AS lon, ST_Y(geom) AS lat FROM crm.accounts
     ORDER BY hashint8(account_id) LIMIT ${lookups}`,
  );
  const client = await database.pool.connect();
  const point = 'ST_SetSRID(ST_MakePoint($1, $2), 4326)';
  const each = (name: string, text: string) => async () => {
    for (const { lon, lat } of rows) await client.query({ name, text, values: [lon, lat] });
  };
  const turns = await takeTurns(
    each('ours', `SELECT region_id FROM geo.region_at(${point})`),
    each('raw', `SELECT region_id FROM geo.regions WHERE ST_Contains(geom, ${point}) LIMIT 1`),
  );
  client.release();
  reportRatio({
    bench,
    what: `region of one account, ${lookups} times`,
    beside: 'prepared lookup',
    ...turns,
    goal: '≤ 2',
  });
  const started = performance.now();
  for (const { account_id: id } of rows) await matchAccounts(database.pool, [id]);
  const each1 = (performance.now() - started) / rows.length;
  reportFigure({
    bench,
    what: 'all aspects of one account, written',
    value: `${each1.toFixed(2)} ms`,
  });
}

async function benchWhole(database: Database): Promise<void> {
  await database.rows('UPDATE crm.accounts SET region_id = NULL, matched_at = NULL');
  await database.rows('VACUUM ANALYZE crm.accounts');
  const started = performance.now();
  const report = await matchAccounts(database.pool, 'all');
  const seconds = (performance.now() - started) / 1000;
  reportFigure({
    bench,
    what: `${report.examined.toLocaleString('en')} accounts matched and written`,
    value: `${seconds.toFixed(1)} s, ${((seconds * 1e6) / report.examined).toFixed(0)} s a million`,
  });
}
